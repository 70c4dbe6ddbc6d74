"""Support in Fjordby: offers that are used, kept in time or not, and one that is late."""

import pytest

from kaeden.chaincheck.queries import check
from kaeden.conditions.models import SupportNeed
from kaeden.conditions.queries.offers import offered_in
from kaeden.conditions.queries.support import mine, unmet_below
from kaeden.conditions.rules.support import Step
from kaeden.demo.scene import scene_of
from kaeden.shared.breaks import BreakKind
from tests.builders.fjordby import TODAY, the_town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture
def scene():
    return scene_of(the_town(), 1)


def test_each_offer_has_a_promise_and_two_have_enough_ratings(scene):
    found = offered_in(scene.voices["direktoer"], scene.units["999"])

    assert len(found.offers) == 5
    assert sum(one.kept.rating is not None for one in found.offers) >= 1
    assert any(one.kept.in_time < one.kept.answered for one in found.offers)
    assert found.for_anybody.waiting == 2


def test_needs_are_met_at_every_step_but_taken_back():
    steps = set(SupportNeed.objects.values_list("step", flat=True))

    assert steps == {step.value for step in Step} - {"withdrawn"}


def test_what_is_late_is_a_break_and_with_the_chief(scene):
    late = [
        one
        for one in check(TODAY, "999").breaks
        if one.kind is BreakKind.NEED_UNANSWERED
    ]

    assert {one.owner for one in late} >= {
        "leder-ppr-fjordby",
        "databeskyttelsesraadgiver",
    }
    unmet = unmet_below(scene.voices["skolechef"])
    assert {one.step for one in unmet} == {Step.ASKED, Step.NOT_MET}


def test_the_posts_that_visitors_enter_have_something_to_do(scene):
    assert mine(scene.voices["analytiker"]).put_to_me
    assert mine(scene.voices["leder-nordskolen"]).own
    assert mine(scene.voices["leder-boernehuset-solstraalen"]).own
