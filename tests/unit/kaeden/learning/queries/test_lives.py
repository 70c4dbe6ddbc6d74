"""What is known of a municipality's practices, and what their stage is derived from."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.learning.actions import adoptions
from kaeden.learning.actions.practices import decide
from kaeden.learning.cards import catalogue
from kaeden.learning.queries.lives import lives
from kaeden.learning.queries.practices import (
    adoption_starts,
    adoptions_below,
    adoptions_of,
    practices,
)
from kaeden.learning.rules.practices import PracticeChoice
from kaeden.learning.rules.stages import Stage
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import HAVBY, NORDSKOLEN, SYDSKOLEN, TOWN, a_country, unit_at
from tests.builders.practices import (
    PAIRS,
    REASON,
    TALKS,
    accepted,
    adopted,
    chief,
    decided,
    director,
    leader,
    other_leader,
    written,
)

pytestmark = pytest.mark.django_db
BEFORE = today() - timedelta(days=400)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def town():
    return unit_at(TOWN)


def test_a_municipality_has_the_files_and_what_is_accepted_there():
    one, waits = accepted(), written(other_leader())

    found = practices(town())

    assert set(found) == {*catalogue(), one.key}
    assert waits.key not in found
    assert str(found[one.key].owner) == "Institution leader, Nordskolen"
    assert one.key not in practices(unit_at(f"dk/{HAVBY}"))


def test_what_is_not_written_is_said_to_be_unknown():
    made = accepted()

    found = practices(town())[made.key]

    assert str(found.effect) == "Not looked into yet."
    assert (found.cost_per_child, found.sources) == (None, ())


def test_who_uses_a_practice_and_from_when():
    adoptions.end(adopted(on=BEFORE).pk, "Ny plan", by=leader())
    adopted()
    adopted(by=other_leader())

    found = adoptions_of(TALKS, town())

    assert [one.unit for one in found] == ["Nordskolen", "Nordskolen", "Sydskolen"]
    assert (found[0].why_ended, found[1].ended) == ("Ny plan", None)
    starts = {unit_at(NORDSKOLEN).pk: BEFORE, unit_at(SYDSKOLEN).pk: today()}
    assert adoption_starts(TALKS, town()) == starts
    assert adoption_starts(PAIRS, town()) == {}


def test_a_post_reads_the_uses_at_its_unit_and_below():
    adopted()
    adopted(by=other_leader())

    def read(by):
        return {one.unit_code for one in adoptions_below(by, town())}

    assert read(leader()) == {"999001"}
    assert read(chief()) == read(director()) == {"999001", "999002"}
    assert read(holder_of(Role.COMMITTEE, TOWN)) == set()


def test_a_stage_follows_from_what_is_done_and_decided(django_assert_num_queries):
    assert lives(town())[TALKS].stage is Stage.IDEA
    made = adopted()
    assert lives(town())[TALKS].stage is Stage.TESTED
    adoptions.end(made.pk, by=leader())
    decided(PracticeChoice.SPREAD)
    decide(TALKS, PracticeChoice.STOP, "Det hjalp ikke.", by=director())

    there = town()
    with django_assert_num_queries(LIVES):
        life = lives(there)[TALKS]
    assert (life.stage, life.in_use) == (Stage.STOPPED, ())
    assert [one.reason for one in life.decisions] == ["Det hjalp ikke.", REASON]
    assert [one.unit for one in life.decisions] == ["Fjordby Municipality", "Schools"]


LIVES = 7
"""Practices, uses, decisions, evidence, tests, and two for rights; however many there are."""
