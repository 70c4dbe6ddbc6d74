"""The chain check, told to a person and to another system."""

from datetime import date

import pytest
from django.utils.translation import override

from kaeden.chaincheck.queries import Report
from kaeden.organisation.chain import Chain
from kaeden.presentation import chaincheck
from kaeden.shared.breaks import BreakKind
from tests.builders.breaks import a_break

DAY = date(2026, 11, 24)
KEYS = (
    *("kind", "object", "municipality", "unit", "owner", "owner_name", "since"),
    *("sentence", "act", "path"),
)


def a_chain(code="999", name="Fjordby"):
    return Chain(municipality=code, name=name, as_of=DAY, units=(), posts=())


def a_report(*breaks, chains=None):
    return Report(as_of=DAY, chains=chains or {"999": a_chain()}, breaks=breaks)


def test_another_system_reads_every_break_under_keys_that_stay():
    document = chaincheck.as_document(a_report(a_break()))

    (row,) = document["breaks"]
    assert tuple(row) == KEYS
    assert (row["kind"], row["object"]) == ("vacant_post", "post:chief-schools")
    assert (row["owner"], row["since"]) == ("director", "2026-08-01")
    assert (document["as_of"], document["municipalities"]) == ("2026-11-24", 1)


def test_what_is_not_known_is_null():
    (row,) = chaincheck.as_document(
        a_report(a_break(owner="", owner_name="", since=None))
    )["breaks"]

    assert row["owner"] is row["owner_name"] is row["since"] is None


def test_a_person_reads_municipality_by_municipality_and_kind_by_kind():
    here, again = a_break(), a_break(BreakKind.GOAL_STOPS, since=None, owner_name="")
    there = a_break(municipality="998", path="")
    chains = {"999": a_chain(), "998": a_chain("998", "Havby")}

    with override("en"):
        lines = list(chaincheck.as_lines(a_report(here, there, again, chains=chains)))

    assert lines[:2] == [
        "The chain check on 24. November 2026",
        "2 municipalities, 0 posts, 3 breaks",
    ]
    assert [line for line in lines if line.endswith(("breaks", "break"))][1:] == [
        "Fjordby Municipality (invented): 2 breaks",
        "Havby Municipality: 1 break",
    ]
    assert "  Goals that stop on their way down (1)" in lines
    assert (
        "    Owner: nobody · Udfyld stillingen: /kommune/999/stilling/chief-schools/"
        in lines
    )
    assert lines[-1].endswith("since 1. August 2026 · Udfyld stillingen")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no breaks"), ("da", "ingen brud")]
)
def test_a_chain_that_holds_is_said_to(language, words):
    with override(language):
        assert list(chaincheck.as_lines(a_report()))[-1].endswith(words)
