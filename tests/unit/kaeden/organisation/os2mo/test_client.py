"""The client gets everything, whatever happens on the way, or says what happened."""

import re

import pytest
import urllib3
from django.utils import translation
from graphql import parse, validate

from kaeden.organisation.errors import NoAnswer
from kaeden.organisation.os2mo.client import QUERIES, Access, Os2mo
from kaeden.organisation.os2mo.facts import EVER, gather
from kaeden.shared.errors import BadInput
from tests.os2mo.server import CLIENT, QUICK, SCHEMA, SECRET, SILENT
from tests.os2mo.world import uuid

BUSY = (503, {"Retry-After": "0"}, {"detail": "busy"})


@pytest.fixture(autouse=True)
def _english():
    with translation.override("da"):
        yield


def units(source):
    return [one["uuid"] for one in source.objects("Units", filter=EVER)]


def test_the_queries_fit_the_schema():
    assert validate(SCHEMA, parse(QUERIES)) == []


def test_nobody_is_asked_for_a_civil_registration_number(source, world):
    gather(source)

    assert "cpr" not in QUERIES
    assert "cpr" not in str(world.asked)


@pytest.mark.parametrize(
    "pages", [(500,), (1,), (2,), (3, 0, 0, 1, 0, 2), (0, 0, 0, 500)]
)
def test_every_page_is_read_also_after_short_and_empty_ones(source, world, pages):
    world.pages = pages

    assert units(source) == [one["uuid"] for one in world.lists["org_units"]]


def test_history_is_asked_for_and_given(source, world):
    facts = gather(source)

    assert len(facts.units.facts[uuid("sol")]) == 2
    assert facts.classes[uuid("niveau1")] == "niveau1"
    assert uuid("timeansat") not in facts.classes


def test_only_those_who_are_or_were_managers_are_asked_for_by_name(source, world):
    facts = gather(source)

    assert uuid("L S") in facts.persons.facts
    assert uuid("U D") not in facts.persons.facts


def test_a_token_is_used_until_it_ends(source, world):
    gather(source)

    assert world.given == 1


def test_a_token_that_ends_soon_is_fetched_anew(source, world):
    world.lasts = 20

    units(source)

    assert world.given == len(world.asked) > 3


def test_a_token_that_is_taken_back_is_fetched_anew(source, world):
    units(source)
    world.taken_back.add("token-1")

    assert len(units(source)) == 10
    assert world.given == 2


def test_a_token_that_is_never_good_is_said(source, world):
    world.taken_back |= {f"token-{n}" for n in range(1, 9)}

    with pytest.raises(NoAnswer, match="koden 401"):
        units(source)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_os2mo_is_asked_again(source, world, status):
    world.faults = [(status, {"Retry-After": "0"}, {}), BUSY]

    assert len(units(source)) == 10


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        ([BUSY] * 9, "koden 503"),
        ([(404, {}, {})], "koden 404"),
        ([(302, {"Location": "http://127.0.0.1:1/"}, {})], "koden 302"),
        ([(200, {}, b"<html>")], "en form, Kæden ikke kender"),
        ([(200, {}, b"[1]")], "en form, Kæden ikke kender"),
        ([(200, {}, {"data": None})], "en form, Kæden ikke kender"),
        ([(200, {}, {"data": {"page": {"objects": []}}})], "en form, Kæden ikke"),
        (
            [(200, {}, {"errors": [{"message": "Cannot query field"}], "data": None})],
            "kunne ikke svare: Cannot query field",
        ),
    ],
)
def test_an_answer_that_is_none_is_said_in_a_sentence(source, world, faults, sentence):
    world.faults = list(faults)

    with pytest.raises(NoAnswer, match=re.escape(sentence)):
        units(source)


@pytest.mark.parametrize(
    ("what", "objects"),
    [
        ("classes", [{"uuid": "x", "current": {"name": "no key"}}]),
        ("org_units", [{"uuid": "x", "validities": [{"user_key": "x"}]}]),
        ("org_units", [{"uuid": "x"}]),
        ("org_units", [{"uuid": "x", "validities": 7}]),
    ],
)
def test_objects_of_another_form_are_said(source, world, what, objects):
    page = {"objects": objects, "page_info": {"next_cursor": None}}
    answer = (200, {}, {"data": {"page": page}})
    empty = {"objects": [], "page_info": {"next_cursor": None}}
    world.faults = (
        [answer]
        if what == "classes"
        else [
            (200, {}, {"data": {"page": empty}}),
            answer,
        ]
    )

    with pytest.raises(NoAnswer, match="en form, Kæden ikke kender"):
        gather(source)


def test_a_list_without_end_is_given_up(source, world, monkeypatch):
    monkeypatch.setattr("kaeden.organisation.os2mo.client.MOST_PAGES", 3)
    world.pages = (0,)

    with pytest.raises(NoAnswer, match="bliver ved med at give sider"):
        units(source)


def test_an_answer_that_is_far_too_large_is_refused(source, world, monkeypatch):
    monkeypatch.setattr("kaeden.organisation.os2mo.client.LARGEST", 100)

    with pytest.raises(NoAnswer, match="en form, Kæden ikke kender"):
        units(source)


@pytest.mark.parametrize("secret", ["wrong", ""])
def test_a_wrong_secret_is_said_and_not_repeated(url, secret):
    access = Access(url=url, client_id=CLIENT, client_secret=secret)

    with pytest.raises(NoAnswer, match="kender ikke klienten") as refused:
        units(Os2mo(access))
    assert secret == "" or secret not in refused.value.message
    assert "wrong" not in repr(access)


def test_a_login_that_answers_oddly_is_said(source, world):
    world.lasts = "for ever"

    with pytest.raises(NoAnswer, match="en form, Kæden ikke kender"):
        units(source)


def test_an_os2mo_that_is_not_there_is_said():
    nowhere = Access(url="http://127.0.0.1:1/", client_id=CLIENT, client_secret=SECRET)

    with pytest.raises(NoAnswer, match=r"svarer ikke på http://127\.0\.0\.1:1\."):
        units(Os2mo(nowhere, tries=QUICK))


def test_an_os2mo_that_falls_silent_is_not_waited_for_for_ever(url, world):
    world.faults = [(SILENT, {}, 0.5)] * 9
    access = Access(url=url, client_id=CLIENT, client_secret=SECRET)
    source = Os2mo(access, tries=QUICK, waits=urllib3.Timeout(0.1))

    with pytest.raises(NoAnswer, match="svarer ikke"):
        units(source)
    assert len(world.asked) == 3


@pytest.mark.parametrize("url", ["http://mo.example.org", "ftp://127.0.0.1", "mo"])
def test_a_secret_is_sent_only_over_https(url):
    with pytest.raises(BadInput, match="skal begynde med https://"):
        Os2mo(Access(url=url, client_id="x", client_secret="y"))


def test_an_address_with_https_is_good():
    Os2mo(Access(url="https://mo.example.org/", client_id="x", client_secret="y"))
