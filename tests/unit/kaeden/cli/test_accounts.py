"""The operator's commands for accounts."""

import re

import pytest

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.cli import main
from kaeden.organisation.models import Holding
from tests.builders import logins
from tests.builders.accounts import a_second_factor
from tests.builders.places import TOWN, a_country, a_holder, an_account, post_at

pytestmark = pytest.mark.django_db


def run(*words):
    return main.main(["account", *words])


def test_an_account_is_made_with_a_password_and_a_post(capsys):
    a_country()

    done = run("add", "direktor", "--name", "Kim Ø. Å", "--post", "999/director")

    said = capsys.readouterr().out
    user = User.objects.get()
    password = re.search(r"only now: (\S+)", said)[1]
    assert done == 0
    assert user.check_password(password)
    assert str(user) == "Kim Ø. Å"
    assert Holding.objects.get().post == post_at(TOWN, Role.DIRECTOR)
    assert Holding.objects.get().holder_name == "Kim Ø. Å"


@pytest.mark.parametrize("post", ["999/king", "000/director", "director", "/", ""])
def test_an_account_for_a_post_that_is_not_there_is_not_made(capsys, post):
    a_country()

    assert run("add", "direktor", "--post", post) == 4
    assert f"no post called “{post}”" in capsys.readouterr().err
    assert not User.objects.exists()


def test_a_post_that_is_taken_is_not_given_away(capsys):
    a_country()
    a_holder(Role.DIRECTOR, TOWN)
    an_account("other")

    assert run("post", "other", "999/director") == 5
    assert Holding.objects.count() == 1


def test_an_account_is_given_a_post_later(capsys):
    a_country()
    an_account("other")

    assert run("post", "other", "999/chief-schools") == 0
    assert Holding.objects.get().user.username == "other"


def test_the_list_says_what_an_operator_asks(capsys):
    a_country()
    director = a_holder(Role.DIRECTOR, TOWN)
    a_second_factor(director)
    an_account("closed")
    an_account("demo", is_demo=True)
    run("disable", "closed")
    run("add", "new")
    capsys.readouterr()

    assert run("list") == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "closed: no second factor; disabled",
        "director dk/999: second factor; Director of children and youth, Fjordby",
        "new: no second factor; first password",
    ]


def test_disabling_says_which_posts_are_still_held(capsys):
    a_country()
    director = a_holder(Role.DIRECTOR, TOWN)

    assert run("disable", director.username) == 0

    said = capsys.readouterr().out
    assert "It still holds a post: Director of children and youth, Fjordby" in said
    assert not User.objects.get().is_active
    assert run("disable", director.username) == 5


def test_enabling_opens_again(capsys):
    an_account("nordskolen")
    run("disable", "nordskolen")

    assert run("enable", "NORDSKOLEN") == 0
    assert User.objects.get().is_active
    assert run("enable", "nordskolen") == 5


def test_a_new_password_is_printed_once(capsys):
    user = an_account("nordskolen")

    assert run("password", "nordskolen") == 0

    password = re.search(r"only now: (\S+)", capsys.readouterr().out)[1]
    user.refresh_from_db()
    assert user.check_password(password)


def test_a_lost_telephone_is_forgotten(capsys):
    a_second_factor(an_account("nordskolen"))

    assert run("reset-second-factor", "nordskolen") == 0
    assert run("reset-second-factor", "nordskolen") == 5


@pytest.mark.parametrize(
    "words", ["disable", "enable", "password", "reset-second-factor"]
)
def test_an_account_that_is_not_there_is_not_found(capsys, words):
    assert run(words, "nobody") == 4
    assert "no account of that name" in capsys.readouterr().err


def test_a_login_file_is_checked_against_the_chain(capsys, tmp_path):
    a_country()
    text = logins.OIOSAML.replace("mayor", "chief-daycare")
    path = logins.a_login_file(tmp_path, text, logins.OIDC)

    assert run("check", str(path)) == 0

    assert capsys.readouterr().out.splitlines() == [
        "os2faktor (oiosaml) gives 3 posts.",
        "entra (oidc) gives 2 posts.",
        "login.yaml can be used.",
    ]


@pytest.mark.parametrize("code", ["999", "461"])
def test_a_post_that_the_chain_does_not_have_is_refused_with_its_line(
    capsys, tmp_path, code
):
    a_country()
    text = logins.OIOSAML.replace("municipality: 999", f"municipality: {code}")
    path = logins.a_login_file(tmp_path, text)

    assert run("check", str(path)) == 6

    problems = capsys.readouterr().err.splitlines()[1:]
    assert problems[-1] == (
        f"- line 20, logins → 1 → posts → 3: municipality {code} has no post called "
        "“mayor”. Load its chain first, or correct the key."
    )
    assert len(problems) == (1 if code == "999" else 3)


def test_nothing_is_served_with_a_login_file_that_cannot_be_used(
    capsys, tmp_path, settings
):
    settings.KAEDEN_LOGIN = tmp_path / "nothing.yaml"

    assert main.main(["serve", "--check", "--port", "0"]) == 6
    assert "can't be read" in capsys.readouterr().err
