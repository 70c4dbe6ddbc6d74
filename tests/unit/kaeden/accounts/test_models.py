from kaeden.accounts.models import User


def test_an_account_is_a_persons_own_unless_it_is_made_by_the_demo():
    assert not User(username="direktøren").is_demo


def test_somebody_is_called_by_their_own_name_where_it_is_known():
    assert str(User(username="nord", first_name="Kim", last_name="Å")) == "Kim Å"
    assert str(User(username="nord")) == "nord"
