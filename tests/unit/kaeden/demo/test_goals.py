"""What Fjordby wants: goals that go all the way down, but where they were stopped."""

import pytest

from kaeden.chaincheck.queries import check
from kaeden.goals.models import (
    CheckIn,
    Contribution,
    Deviation,
    Effort,
    Meaning,
    Strategy,
    Target,
    Value,
    VisionWords,
)
from kaeden.goals.queries import threads
from kaeden.goals.rules import TargetKind
from kaeden.shared.breaks import BreakKind
from tests.builders.fjordby import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]
PLANTED = {
    (BreakKind.GOAL_WITHOUT_OWNER, "unge-i-gang", "direktoer"),
    (BreakKind.GOAL_WITHOUT_INDICATOR, "en-voksen-at-stole-paa", "familiechef"),
    (BreakKind.GOAL_STOPS, "unge-i-gang", "direktoer"),
    (BreakKind.GOAL_STOPS, "unge-i-gang", "leder-sundhedsplejen"),
    (BreakKind.GOAL_STOPS, "wellbeing-in-school", "leder-strandskolen"),
    (BreakKind.DEVIATION_WORSE, "ingen-bekymring-ligger", "familiechef"),
    (
        BreakKind.DEVIATION_EXPIRED,
        "time-for-the-youngest",
        "leder-vuggestuen-svalereden",
    ),
}


def test_goals_break_where_it_was_planted_and_nowhere_else():
    kinds = {kind for kind, _goal, _owner in PLANTED}
    found = {
        (one.kind, one.about.removeprefix("goal:"), one.owner)
        for one in check(TODAY, "999").breaks
        if one.kind in kinds
    }

    assert found == PLANTED


def test_the_committee_has_eight_goals_and_a_vision():
    found = threads(TODAY)["999"]

    assert len(found) == 8
    assert VisionWords.objects.get().sentence.endswith("glæder sig til i morgen.")


def test_a_goal_means_something_at_every_level_it_comes_to():
    goal = next(one for one in threads(TODAY)["999"] if one.key == "language-for-all")

    for key in ("dagtilbudschef", "omraadeleder-nord", "leder-nordskolen-uds"):
        assert key in goal.taken_up
    days = [goal.taken_up[key] for key in ("dagtilbudschef", "omraadeleder-nord")]
    assert goal.since < days[0] < days[1] < TODAY
    assert not Meaning.objects.filter(words__contains="{").exists()


def test_a_cross_cutting_goal_has_contributors_with_words_of_their_own():
    brought = Contribution.objects.filter(goal__key="language-for-all")

    keys = set(brought.values_list("post__key", flat=True))
    assert keys == {"skolechef", "leder-ppr-fjordby", "leder-sundhedsplejen"}


def test_goal_strategy_and_effort_are_each_told():
    assert Strategy.objects.count() == 3
    assert Effort.objects.count() == 2
    assert Value.objects.count() == 3


def test_there_are_targets_of_every_kind():
    kinds = set(Target.objects.values_list("kind", flat=True))

    assert kinds == {kind.value for kind in TargetKind}
    assert Target.objects.filter(unit__code="999001").get().by_period == "2027/28"


def test_one_deviation_holds_one_got_worse_and_one_ran_out():
    ended = Deviation.objects.filter(valid_to__lte=TODAY)
    got_worse = CheckIn.objects.filter(target__unit__code="S99901").order_by("made_on")

    assert Deviation.objects.count() == 3
    assert ended.get().target.unit.code == "G99904"
    assert [one.state for one in got_worse] == ["on_the_way", "not_yet"]
