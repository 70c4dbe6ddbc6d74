from kaeden.accounts.models import User


def test_an_account_is_a_persons_own_unless_it_is_made_by_the_demo():
    assert not User(username="direktøren").is_demo
