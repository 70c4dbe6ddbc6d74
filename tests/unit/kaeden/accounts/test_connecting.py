"""A login file is used whole, or refused whole with every problem and its line."""

import re

import pytest

from kaeden.accounts.connecting import connections
from kaeden.shared.errors import BadInput
from tests.builders import logins
from tests.builders.logins import OIDC, OIOSAML, a_login_file
from tests.docs.reading import read


def problems_of(path):
    with pytest.raises(BadInput) as refused:
        connections(path)
    head, *problems = str(refused.value.message).splitlines()
    assert head == "login.yaml can't be used. Mend this and try again:"
    return problems


def test_a_file_is_read_with_what_lies_beside_it(tmp_path):
    saml, oidc = connections(a_login_file(tmp_path))

    assert (saml.login.id, saml.login.municipality) == ("os2faktor", "999")
    assert saml.texts["key"] == logins.a_pair(logins.OURS).key.strip()
    assert oidc.texts == {"secret": "a secret"}
    assert oidc.lines[0] == "line 33, logins → 2 → posts → 1"
    assert "a secret" not in repr(oidc)


def test_a_file_is_read_once(tmp_path):
    path = a_login_file(tmp_path)
    first = connections(path)

    path.write_text("")

    assert connections(path) is first


CHANGES = {
    "kind: oidc": (
        "kind: ldap",
        "line 23, logins → 2: the kind ldap is unknown. Use one of 'oidc', 'saml'",
    ),
    "server: {server}": (
        "server: http://oidc.dk",
        "line 27, logins → 2 → server: must be an address that begins with https://",
    ),
    "client_id: kaeden": (
        "klient: kaeden",
        "line 23, logins → 2 → client_id: is missing. Add it.",
    ),
    "municipality: 999\n    server": (
        "municipality: 9\n    server",
        "a municipality's code",
    ),
    "secret: entra.secret": (
        "secret: ../entra.secret",
        "line 29, logins → 2 → secret: must be the name of a file",
    ),
    "id: entra": ("id: os2faktor", "two logins are called “os2faktor”"),
    "post: director\n      - claim: kaeden-skolechef\n        post: chief-schools": (
        "post: director\n      - claim: kaeden-direktoer\n        post: director",
        "“kaeden-direktoer” gives director twice. Keep one of them.",
    ),
    "tid: fjordby": ("tid:", "line 31, logins → 2 → required → tid: is empty."),
}


@pytest.mark.parametrize("good", CHANGES)
def test_what_is_wrong_is_told_with_its_line(tmp_path, good):
    bad, told = CHANGES[good]
    assert good in OIDC

    problems = problems_of(a_login_file(tmp_path, OIOSAML, OIDC.replace(good, bad)))

    assert [one for one in problems if told in one], problems
    assert all("entra.secret" not in one for one in problems)


def test_every_problem_is_told_at_once(tmp_path):
    text = OIOSAML.replace("cvr: 29189999", "cvr: 1").replace("os2faktor", "OS2")

    assert len(problems_of(a_login_file(tmp_path, text))) == 2


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("kaeden.key", "nothing", "the file is not in PEM"),
        ("kaeden.crt", "nothing", "the file is not in PEM"),
        ("entra.secret", " \n", "the file is empty."),
        ("idp.crt", None, "The file can't be read."),
    ],
)
def test_a_file_beside_it_that_cannot_be_used_is_told(tmp_path, name, content, told):
    path = a_login_file(tmp_path)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_text(content)

    (problem,) = problems_of(path)

    assert told in problem
    assert problem.startswith("- line ")


def test_a_login_that_gives_no_post_is_refused(tmp_path):
    text = OIDC.split("    posts")[0] + "    posts: []"

    assert "gives no post. Add a claim" in problems_of(a_login_file(tmp_path, text))[0]


def test_a_certificate_that_has_run_out_is_told(tmp_path):
    path = a_login_file(tmp_path)
    old = logins.a_pair("old", days=-3).certificate
    (tmp_path / "idp.crt").write_text(old)

    (problem,) = problems_of(path)

    assert "the certificate has not been valid since 20" in problem


def test_a_file_that_says_nothing_is_refused(tmp_path):
    path = tmp_path / "login.yaml"
    path.write_text("")

    assert "line 1" in problems_of(path)[0]


def test_a_key_that_is_protected_by_a_password_is_told(tmp_path):
    path = a_login_file(tmp_path)
    (tmp_path / "kaeden.key").write_text(logins.a_protected_key())

    (problem,) = problems_of(path)

    assert "protected by a password" in problem


def test_the_example_in_the_handbook_can_be_used(tmp_path):
    path = a_login_file(tmp_path)
    path.write_text(
        re.search(r"```yaml\n(.*?)```", read("docs/login.md"), re.DOTALL)[1]
    )

    kinds = [one.login.kind for one in connections(path)]

    assert kinds == ["oiosaml", "oidc", "saml"]
