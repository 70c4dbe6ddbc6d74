"""What a login tells: whether it is enough, and which posts it gives."""

import base64

import pytest

from kaeden.accounts import claims
from kaeden.accounts.connecting import connections
from kaeden.accounts.errors import LoginRefused
from kaeden.accounts.login_file import Assurance
from tests.builders.logins import (
    CHIEF,
    CVR,
    DIRECTOR,
    a_login_file,
    an_employee,
    privilege_list,
)

LEVELS = ("low", "substantial", "high")
PERSON = {"sub": "1", "tid": "fjordby", "name": " Åse \n Ærø "}


@pytest.fixture
def oiosaml(tmp_path):
    return connections(a_login_file(tmp_path))[0].login


@pytest.fixture
def oidc(tmp_path):
    return connections(a_login_file(tmp_path))[1].login


def of(told):
    return claims.claims_from(told)


@pytest.mark.parametrize("wanted", LEVELS)
@pytest.mark.parametrize("told", LEVELS)
def test_a_level_is_reached_by_itself_and_those_above(wanted, told):
    enough = LEVELS.index(told) >= LEVELS.index(wanted)

    assert Assurance(wanted).is_reached_by(told.title()) is enough
    address = f"https://data.gov.dk/concept/core/nsis/loa/{told.title()}"
    assert Assurance(wanted).is_reached_by(address) is enough


@pytest.mark.parametrize("told", ["", "3", "Very high", "lowest"])
def test_what_is_no_level_reaches_none(told):
    assert not Assurance.LOW.is_reached_by(told)


def test_claims_are_words_whatever_they_were_told_as():
    told = {"a": "x", "b": ["x", 2], "c": {"groups": "src1"}, "d": True, "e": ()}

    assert of(told) == {
        "a": ("x",),
        "b": ("x", "2"),
        "c": ("groups",),
        "d": ("True",),
        "e": (),
    }


def test_a_login_that_tells_enough_is_let_through(oiosaml, oidc):
    claims.check(oiosaml, of(an_employee()))
    claims.check(oidc, of(PERSON))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"tid": "another"}, "does not tell what Kæden asks"),
        ({"tid": ["fjordby", "another"]}, "does not tell what Kæden asks"),
        ({"sub": " "}, "does not tell who you are"),
        ({"sub": ()}, "does not tell who you are"),
        ({"_claim_names": {"groups": "src1"}}, "in so many groups"),
    ],
)
def test_a_login_that_tells_too_little_is_refused(oidc, changed, why):
    with pytest.raises(LoginRefused, match=why):
        claims.check(oidc, of(PERSON | changed))


def test_a_group_that_was_held_back_and_is_not_asked_for_does_not_matter(oidc):
    claims.check(oidc, of(PERSON | {"_claim_names": {"wids": "src1"}}))


def test_posts_come_in_the_order_of_the_file_and_once(oidc):
    told = of({"groups": ["kaeden-skolechef", "kaeden-direktoer", "kaeden-direktoer"]})

    assert claims.granted(oidc, told) == ("director", "chief-schools")
    assert claims.granted(oidc, of({})) == ()


def test_privileges_give_posts(oiosaml):
    told = of(an_employee(CHIEF, "urn:dk:another:role"))

    assert claims.granted(oiosaml, told) == ("chief-schools",)


def test_a_plain_login_can_send_privileges_too_and_has_no_company(oidc):
    login = oidc.model_copy(update={"claim": claims.PRIVILEGES})
    told = of({claims.PRIVILEGES: privilege_list("kaeden-direktoer", cvr="")})

    assert claims.granted(login, told) == ("director",)


def test_privileges_of_another_company_count_for_nothing():
    assert claims.privileges(privilege_list(DIRECTOR), cvr=CVR) == {DIRECTOR}
    assert claims.privileges(privilege_list(DIRECTOR), cvr="12345678") == set()


def test_privileges_with_a_constraint_count_for_nothing():
    constraint = '<Constraint Name="urn:dk:kombit:orgUnit">999001</Constraint>'
    sent = privilege_list(DIRECTOR, extra=constraint)

    assert claims.privileges(sent, cvr=CVR) == set()


BOMB = """<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>
<a><PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:29189999">
<Privilege>&c;</Privilege></PrivilegeGroup></a>"""


@pytest.mark.parametrize("sent", ["%%%", "", "c29tZXRoaW5n"])
def test_privileges_that_cannot_be_read_are_refused(sent):
    with pytest.raises(LoginRefused, match="can't be read"):
        claims.privileges(sent, cvr=CVR)


def test_privileges_stand_for_nothing_but_themselves():
    sent = base64.b64encode(BOMB.encode()).decode()

    assert "bbbb" not in str(claims.privileges(sent, cvr=CVR))


def test_a_name_is_on_one_line_and_of_a_fair_length(oidc):
    assert claims.name_of(oidc, of(PERSON)) == "Åse Ærø"
    assert claims.name_of(oidc, of({})) == ""
    assert len(claims.name_of(oidc, of({"name": "Å" * 500}))) == 150
