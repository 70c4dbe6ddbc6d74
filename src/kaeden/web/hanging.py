"""The commitments that hang on what a page is about, for whoever reads it."""

from dataclasses import replace

from django.urls import reverse

from kaeden.access.rules import Actor
from kaeden.dialogue.queries.commitments import hanging_on
from kaeden.dialogue.queries.occasions import is_of_ones_own_town
from kaeden.dialogue.rules.commitments import About, Occasion
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.communities import SeenCommunity
from kaeden.organisation.models import Unit
from kaeden.presentation import commitments as page
from kaeden.presentation import effects, occasions
from kaeden.presentation.charts.curve_marks import CurveMark
from kaeden.presentation.commitments import HangingView


def on_result(
    actor: Actor, unit: Unit, indicator: str
) -> tuple[HangingView | None, tuple[CurveMark, ...]]:
    """Return what hangs on a result, and each as a mark on its curve.

    (At most 3 queries, and those of what they hang on.)
    """
    if not is_of_ones_own_town(actor, unit):
        return None, ()
    found = hanging_on(actor, About(unit_id=unit.pk, indicator=indicator))
    shown = page.hanging(found, Occasion.RESULT, unit.code, indicator)
    return shown, effects.marks(found.mine)


def on_goal(actor: Actor, town: Unit, goal: MunicipalGoal) -> HangingView | None:
    """Return what hangs on an adopted goal (as `on_result`)."""
    if goal.id is None or not is_of_ones_own_town(actor, town):
        return None
    found = hanging_on(actor, About(goal_id=goal.id))
    return page.hanging(found, Occasion.GOAL, goal.key)


def on_expectation(actor: Actor, link: int, expectation: int) -> HangingView:
    """Return what hangs on a wording of what is expected across a link (`on_result`)."""
    found = hanging_on(actor, About(expectation_id=expectation))
    shown = page.hanging(found, Occasion.EXPECTATION, expectation)
    href = reverse("web:new_commitment", args=[link])  # one knows with whom already
    name = occasions.token(Occasion.EXPECTATION, expectation)
    return replace(shown, begin_href=occasions.with_token(href, name))


def on_community(actor: Actor, community: SeenCommunity) -> HangingView:
    """Return what hangs on a community (as `on_result`)."""
    found = hanging_on(actor, About(community_id=community.row.pk))
    return page.hanging(found, Occasion.COMMUNITY, community.row.key)


def on_time_robber(actor: Actor, robber: int) -> HangingView | None:
    """Return what hangs on a time robber that one reads (as `on_result`)."""
    found = hanging_on(actor, About(time_robber_id=robber))
    return page.hanging(found, Occasion.TIME_ROBBER, robber)
