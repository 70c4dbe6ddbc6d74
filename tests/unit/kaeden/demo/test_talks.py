"""What was asked and promised in Fjordby: some of it kept, one of each left undone."""

from collections import Counter

import pytest

from kaeden.chaincheck.queries import check
from kaeden.dialogue.models import Commitment, Question
from kaeden.dialogue.rules.commitments import Step
from kaeden.organisation.drafting import base_of, drawn_on
from kaeden.organisation.findings import findings
from kaeden.organisation.models import Draft
from kaeden.shared.breaks import BreakKind
from tests.builders.fjordby import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def owners_of(kind):
    return [one.owner for one in check(TODAY, "999").breaks if one.kind is kind]


def test_questions_are_answered_taken_back_waiting_and_late():
    answered = Question.objects.exclude(answered_on=None)
    withdrawn = Question.objects.exclude(withdrawn_on=None)

    assert answered.get().answered_by.key == "skolechef"
    assert withdrawn.get().goal.key == "language-for-all"
    assert Question.objects.count() == 4
    assert owners_of(BreakKind.QUESTION_UNANSWERED) == ["familiechef"]


def test_commitments_are_met_at_every_step_of_their_way():
    steps = Counter(Commitment.objects.values_list("step", flat=True))

    assert set(steps) == {step.value for step in Step}
    assert steps["accepted"] > 5


def test_one_commitment_is_overdue():
    assert owners_of(BreakKind.COMMITMENT_OVERDUE) == ["dagtilbudschef"]


def test_a_leader_and_its_chief_have_promised_each_other_something():
    between = Commitment.objects.filter(step=Step.ACCEPTED.value)
    ends = set(between.values_list("promiser__key", "receiver__key"))

    assert {
        ("skolechef", "leder-nordskolen"),
        ("leder-nordskolen", "skolechef"),
    } <= ends


def test_what_was_asked_for_is_promised_by_the_one_who_was_asked():
    asked = Commitment.objects.filter(step=Step.PROPOSED.value)

    assert {one.promiser.key for one in asked.select_related("promiser")} == {
        "leder-strandskolen",
        "team-999001-udskoling",
    }


def test_a_draft_is_drawn_that_mends_two_breaks_and_can_be_taken(told):
    draft = Draft.objects.get()
    base = base_of(draft)

    then = drawn_on(draft, base)

    assert then.why_not == {}
    gone = {one.kind for one in findings(base)} - {
        one.kind for one in findings(then.chain)
    }
    assert {BreakKind.POST_WITHOUT_LINK, BreakKind.UNIT_FAR_FROM_LEADER} <= gone
