"""There is no door past the rules: no admin, no superuser, no words for the operator."""

import ast

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver

from kaeden.access.rules import GRANTS, SYSTEM, Permission, Role, has
from tests.architecture.reading import MODULES, name_of, tree_of
from tests.architecture.test_policies import routes
from tests.builders.places import a_country, an_account

WORDS = {
    *(Permission.READ_ASSESSMENT, Permission.READ_CHARTER, Permission.READ_MEANING),
    *(Permission.READ_EFFORT, Permission.READ_QUESTION, Permission.SEE_LINE),
}
"""What opens words that people have written to each other."""
WRITES = {
    one
    for one in Permission
    if one.value.split("_")[0] in {"write", "adopt", "assess", "decide", "ask", "take"}
}
DUMB = (Role.SYSTEM, Role.DATA_PROTECTION, Role.ANALYST)


def test_no_admin_is_installed_and_no_address_leads_to_one():
    assert not apps.is_installed("django.contrib.admin")
    assert not [
        one
        for one in routes(get_resolver().url_patterns)
        if "admin" in str(one.pattern) or "admin" in (one.callback.__module__ or "")
    ]


@pytest.mark.parametrize("role", DUMB)
def test_who_runs_watches_or_counts_reads_and_writes_no_words(role):
    assert not (WORDS | WRITES) & set(GRANTS[role])


@pytest.mark.parametrize("permission", sorted(WORDS | WRITES))
def test_the_command_line_reads_and_writes_no_words(permission):
    assert not has(SYSTEM, permission)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_nothing_asks_whether_somebody_is_a_superuser(module):
    asked = {
        node.attr
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Attribute)
    }

    assert not asked & {"is_superuser", "is_staff", "has_perm", "has_perms"}


@pytest.mark.django_db
def test_a_superuser_without_a_post_is_told_that_they_have_none():
    a_country()
    almighty = an_account("almægtig")
    type(almighty).objects.update(is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(almighty)

    assert client.get("/bord/").status_code == 200
    assert client.get("/forventninger/").status_code == 403
    assert client.get("/kommune/999/logbog/").status_code == 403
