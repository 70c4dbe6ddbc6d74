"""Who writes, reviews and decides on practices."""

import pytest

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.learning.actions import practices as actions
from kaeden.learning.errors import NoSuchPractice, SomebodyWasQuicker
from kaeden.learning.models import PracticeDecision, WrittenPractice
from kaeden.learning.queries import written as queries
from kaeden.learning.rules.practices import PracticeChoice, ReviewStep
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import holder_of
from tests.builders.places import DAYCARE, FAMILIES, NORDSKOLEN, TOWN, a_country
from tests.builders.practices import (
    REASON,
    TALKS,
    chief,
    decided,
    director,
    leader,
    other_leader,
    own_words,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_a_leader_writes_a_practice_that_waits_for_a_review():
    made = written(core_parts=("Fast time",), cost_per_child=20.0, sources="En bog")

    assert (made.title, made.step) == ("Læseklub om fredagen", "sent")
    assert (made.unit.path, made.municipality.code) == (NORDSKOLEN, "999")
    assert (made.core_parts, made.sectors) == (["Fast time"], ["school"])
    assert (made.cost_per_child, made.staff_hours) == (20.0, None)
    assert kinds()[-1] == "practice_written"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": " "}, "some words"),
        ({"method": ""}, "some words"),
        ({"mechanism": "x" * 1201}, "1201 characters"),
        ({"effect": "Som for 010203-1234."}, "CPR"),
        ({"core_parts": ("x" * 201,)}, "201 characters"),
        ({"indicators": ()}, "what it should move"),
        ({"indicators": ("joy",)}, "what it should move"),
        ({"sectors": ()}, "which sectors"),
        ({"competences": ("magic",)}, "from the list"),
        ({"cost_per_child": -1.0}, "0 or more"),
        ({"staff_hours": -0.5}, "0 or more"),
    ],
)
def test_what_is_missing_or_cannot_be_kept_is_refused_with_why(said, why):
    with pytest.raises(BadInput, match=why):
        written(**said)

    assert not WrittenPractice.objects.exists()


def test_the_director_and_politicians_write_none():
    for by in (director(), holder_of(Role.COMMITTEE, TOWN)):
        with pytest.raises(Forbidden):
            written(by)


def test_the_chief_accepts_and_it_stands_for_all():
    made = written()

    actions.accept(made.pk, by=chief())

    made.refresh_from_db()
    assert (made.step, made.reviewed_on) == ("accepted", today())
    assert made.reviewed_by_id == chief().post_id
    assert kinds()[-1] == "practice_accepted"


def test_it_is_returned_with_words_and_sent_again():
    made = written()

    with pytest.raises(BadInput):
        actions.send_back(made.pk, " ", by=chief())
    actions.send_back(made.pk, "Hvad koster det?", by=chief())
    with pytest.raises(Refused, match="returned"):
        actions.accept(made.pk, by=chief())
    actions.write_again(made.pk, own_words(economy="Ingen penge."), by=leader())

    made.refresh_from_db()
    assert (made.step, made.economy) == ("sent", "Ingen penge.")
    assert made.review == "Hvad koster det?"
    assert kinds()[-2:] == ["practice_returned", "practice_written"]


def test_a_chief_does_not_review_their_own_and_the_director_does():
    made = written(chief())

    with pytest.raises(Refused, match="above yours"):
        actions.accept(made.pk, by=chief())
    actions.accept(made.pk, by=director())


def test_only_the_writer_writes_it_again_or_takes_it_back():
    made = written()

    for verb in (
        lambda: actions.withdraw(made.pk, by=chief()),
        lambda: actions.write_again(made.pk, own_words(), by=chief()),
    ):
        with pytest.raises(Refused, match="that wrote it"):
            verb()
    actions.withdraw(made.pk, by=leader())

    made.refresh_from_db()
    assert (made.step, kinds()[-1]) == ("withdrawn", "practice_withdrawn")
    with pytest.raises(Refused, match="taken back"):
        actions.accept(made.pk, by=chief())


def test_for_others_it_is_not_there():
    made = written()
    others = (
        other_leader(),
        holder_of(Role.CHIEF_DAYCARE, DAYCARE),
        holder_of(Role.CHIEF_FAMILIES, FAMILIES),
    )

    for by in others:
        with pytest.raises(NoSuchPractice):
            actions.accept(made.pk, by=by)
        with pytest.raises(NoSuchPractice):
            queries.get_written(by, made.pk)
    with pytest.raises(NoSuchPractice):
        queries.get_written(chief(), 10**9)


def test_whoever_comes_second_is_told(monkeypatch):
    made = written()
    row = WrittenPractice.objects.get(pk=made.pk)
    monkeypatch.setattr(actions, "get_row", lambda _by, _pk: row)
    actions.accept(made.pk, by=chief())

    with pytest.raises(SomebodyWasQuicker):
        actions.send_back(made.pk, "Hvad koster det?", by=chief())


def test_a_post_reads_what_it_has_written_and_a_chief_what_waits():
    first, second = written(), written(other_leader(), title="Anden")
    actions.withdraw(first.pk, by=leader())
    third = written(title="Tredje")

    assert [one.id for one in queries.mine(leader())] == [third.pk]
    assert [one.id for one in queries.to_review(chief())] == [second.pk, third.pk]
    assert queries.to_review(leader()) == []
    seen = queries.get_written(chief(), third.pk)
    assert (seen.is_mine, bool(seen.verdicts[ReviewStep.ACCEPTED])) == (False, True)
    assert str(seen.practice.effect) == "Not looked into yet."


def test_a_decision_has_its_reason_and_the_post_that_made_it():
    made = decided(PracticeChoice.STOP)

    assert (made.choice, made.reason, made.decided_on) == ("stop", REASON, today())
    assert (made.post_id, kinds()[-1]) == (chief().post_id, "practice_decided")


@pytest.mark.parametrize("reason", ["", " ", "x" * 501])
def test_a_decision_without_a_reason_is_none(reason):
    with pytest.raises(BadInput):
        actions.decide(TALKS, PracticeChoice.SPREAD, reason, by=chief())

    assert not PracticeDecision.objects.exists()


def test_a_leader_decides_for_nobody_else_and_nobody_on_what_is_not_there():
    with pytest.raises(Forbidden):
        decided(by=leader())
    with pytest.raises(NoSuchPractice):
        decided(practice="magic")
