"""Claims that a number can test: written, met by their number, closed."""

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions.hypotheses import Claim, close, write
from kaeden.dialogue.errors import NoSuchHypothesis, OthersWereQuicker
from kaeden.dialogue.models import Hypothesis
from kaeden.dialogue.queries import hypotheses as queries
from kaeden.dialogue.rules.hypotheses import LONGEST, Evidence
from kaeden.publication.models import Figure, Release
from kaeden.publication.queries import get_figure
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import holder_of
from tests.builders.figures import a_release, a_result, a_town_result
from tests.builders.places import (
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db
CLAIM = {
    "words": "Flere voksne ved porten giver færre fraværsdage.",
    "expected": "falls",
    "by_period": "2025/26",
}


@pytest.fixture
def made(db):
    a_country()
    return a_release(
        a_result(low=7.0, high=8.0), a_result("999002", n=3.0), a_town_result()
    )


@pytest.fixture
def leader(made):
    return holder_of(Role.LEADER, NORDSKOLEN)


def claim(made, by, path=NORDSKOLEN, name="school-absence", **facts):
    figure = get_figure(made.pk, unit_at(path), name)
    return write(figure, Claim(**(CLAIM | facts)), release_id=made.pk, by=by)


def test_a_claim_is_written_and_begins_from_the_newest_number(made, leader):
    one = claim(made, leader)

    assert (one.words, one.by_period) == (CLAIM["words"], "2025/26")
    assert (one.release, one.made_on, one.closed_on) == (made, today(), None)
    assert str(one) == "school-absence falls 2025/26"
    event = Event.objects.get(kind=Event.Kind.HYPOTHESIS_WRITTEN)
    assert event.about == f"dialogue.hypothesis:{one.pk}"


@pytest.mark.parametrize(
    ("role", "home", "path", "can"),
    [
        (Role.LEADER, NORDSKOLEN, NORDSKOLEN, True),
        (Role.LEADER, NORDSKOLEN, TOWN, True),
        (Role.LEADER, SYDSKOLEN, NORDSKOLEN, False),
        (Role.CHIEF_SCHOOLS, SCHOOLS, NORDSKOLEN, True),
        (Role.DIRECTOR, TOWN, NORDSKOLEN, True),
        (Role.COMMITTEE, TOWN, TOWN, True),
        (Role.COMMITTEE, TOWN, NORDSKOLEN, False),
        (Role.DIRECTOR, f"dk/{HAVBY}", NORDSKOLEN, False),
    ],
)
def test_who_may_claim_something_of_a_unit_and_read_it(made, role, home, path, can):
    by = holder_of(role, home)
    name = "high-absence" if path == TOWN else "school-absence"

    if not can:
        with pytest.raises(Forbidden):
            claim(made, by, path, name)
        one = claim(made, holder_of(Role.CHIEF_SCHOOLS, SCHOOLS), path, name)
        with pytest.raises(NoSuchHypothesis, match="no such hypothesis in your line"):
            queries.get_seen(by, one.pk)
        assert queries.seen_by(by) == []
        return
    one = claim(made, by, path, name)
    assert queries.get_seen(by, one.pk).is_mine
    assert [seen.id for seen in queries.seen_by(by)] == [one.pk]


def test_who_is_not_signed_in_claims_and_reads_nothing(made, leader):
    claim(made, leader)

    with pytest.raises(Forbidden):
        claim(made, NOBODY)
    assert queries.seen_by(NOBODY) == []
    assert queries.hypotheses_at(NOBODY, unit_at(NORDSKOLEN), "school-absence") == []


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"words": " "}, "Write some words"),
        ({"words": "x" * (LONGEST + 1)}, "601 characters"),
        ({"words": "Barnet 010110-1234"}, "CPR number"),
        ({"expected": "sideways"}, "which way"),
        ({"by_period": "snart"}, "is not a year"),
        ({"by_period": "2024/25"}, "newest number is of 2024/25"),
        ({"by_period": "2026"}, "Name a later year"),
    ],
)
def test_a_claim_that_can_not_be_tested_is_refused(made, leader, facts, told):
    with pytest.raises(BadInput, match=told):
        claim(made, leader, **facts)

    assert not Hypothesis.objects.exists()


def test_where_there_is_no_number_there_is_nothing_to_begin_from(made):
    with pytest.raises(Refused, match="no number here to begin from"):
        claim(made, holder_of(Role.LEADER, SYDSKOLEN), SYDSKOLEN)


# The evidence -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "period", "says"),
    [
        (6.0, "2025/26", Evidence.SPEAKS_FOR),
        (6.0, "2026/27", Evidence.SPEAKS_FOR),
        (9.0, "2025/26", Evidence.SPEAKS_AGAINST),
        (7.4, "2025/26", Evidence.UNDECIDED),
        (6.0, "2024/25", None),
    ],
)
def test_a_claim_meets_its_number(made, leader, value, period, says):
    one = claim(made, leader)

    a_release(a_result(period=period, value=value, low=value - 0.5, high=value + 0.5))

    seen = queries.get_seen(leader, one.pk)
    assert seen.evidence is says
    assert seen.begins.value == 7.5
    assert (seen.met.value if seen.met else None) == (value if says else None)


def test_all_claims_of_a_line_cost_no_more_than_one(
    made, leader, django_assert_num_queries
):
    claim(made, leader)
    claim(made, holder_of(Role.CHIEF_SCHOOLS, SCHOOLS))
    school = unit_at(NORDSKOLEN)

    with django_assert_num_queries(4):
        assert len(queries.seen_by(leader)) == 2
    with django_assert_num_queries(4):
        found = queries.hypotheses_at(leader, school, "school-absence")
    assert len(found) == 2


def test_a_claim_whose_release_is_gone_from_view_waits(made, leader):
    one = claim(made, leader)
    a_release(a_result("999002"))

    seen = queries.get_seen(leader, one.pk)

    assert (seen.met, seen.evidence) == (None, None)


# Closing ------------------------------------------------------------------------------


def test_whoever_wrote_a_claim_closes_it_with_what_was_learnt(made, leader):
    first, second = claim(made, leader), claim(made, leader)

    close(second.pk, " Det var vejret. ", by=leader)

    row = Hypothesis.objects.get(pk=second.pk)
    assert (row.learnt, row.closed_on) == ("Det var vejret.", today())
    assert Event.objects.filter(kind=Event.Kind.HYPOTHESIS_CLOSED).count() == 1
    assert [one.id for one in queries.seen_by(leader)] == [first.pk, second.pk]


def test_others_in_the_line_read_it_and_do_not_close_it(made, leader):
    one = claim(made, leader)

    with pytest.raises(Refused, match="Whoever wrote it closes it"):
        close(one.pk, "Det var os.", by=holder_of(Role.CHIEF_SCHOOLS, SCHOOLS))


def test_a_claim_is_closed_once(made, leader, monkeypatch):
    one = claim(made, leader)
    stale = queries.get_hypothesis(leader, one.pk)
    close(one.pk, "Det var vejret.", by=leader)

    with pytest.raises(Refused, match="closed already"):
        close(one.pk, "Noget andet.", by=leader)
    monkeypatch.setattr(
        "kaeden.dialogue.actions.hypotheses.get_hypothesis", lambda *_: stale
    )
    with pytest.raises(OthersWereQuicker, match="Read it again first"):
        close(one.pk, "Noget andet.", by=leader)

    assert Hypothesis.objects.get().learnt == "Det var vejret."


def test_the_database_takes_no_closing_without_what_was_learnt(made, leader):
    claim(made, leader)

    with pytest.raises(IntegrityError, match="learnt"), transaction.atomic():
        Hypothesis.objects.update(closed_on=today())


def test_before_anything_is_released_a_claim_has_no_number(made, leader, monkeypatch):
    one = claim(made, leader)

    def nothing(_town):
        raise queries.NothingReleased("")

    monkeypatch.setattr(queries.publication, "current_release", nothing)

    assert queries.get_seen(leader, one.pk).met is None
    assert (Release.objects.count(), Figure.objects.exists()) == (1, True)
