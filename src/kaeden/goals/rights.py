"""What a post may do with a goal or a target, asked by pages and held by actions."""

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Reach, Verdict, may, reaches
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.targets import UnitTarget
from kaeden.organisation.models import Unit


def in_line(actor: Actor, path: str) -> bool:
    """Whether a place lies above or below the post's own, or is it."""
    return bool(actor.path) and reaches(Reach.LINE, home=actor.path, at=path)


def may_write_in(actor: Actor, town: Unit) -> Verdict:
    """Judge whether the post writes goals in a municipality: of the whole, or its area."""
    within = reaches(Reach.BELOW, home=town.path, at=actor.path)
    return may(actor, Permission.WRITE_GOAL, at=actor.path if within else town.path)


def may_take_up(actor: Actor, goal: MunicipalGoal) -> Verdict:
    """Judge whether the post says what a goal means where it leads."""
    return _for_ones_own(actor, goal, Permission.TAKE_UP_GOAL)


def may_contribute(actor: Actor, goal: MunicipalGoal) -> Verdict:
    """Judge whether the post brings something to a goal that it does not own."""
    if goal.owner is not None and goal.owner.post_id == actor.post_id:
        why = _("Your post owns the goal, so it need not contribute to it.")
        return Verdict(allowed=False, why_not=why)
    return _for_ones_own(actor, goal, Permission.CONTRIBUTE)


def _for_ones_own(actor: Actor, goal: MunicipalGoal, permission: Permission) -> Verdict:
    if not goal.is_adopted:
        return Verdict(allowed=False, why_not=_("The goal has not been adopted."))
    if not in_line(actor, goal.unit_path):
        return Verdict(allowed=False, why_not=_("It is a goal of another place."))
    return may(actor, permission, at=actor.path)


def may_check_in(actor: Actor, target: UnitTarget) -> Verdict:
    """Judge whether the post says how it goes with a target."""
    if target.has_ended:
        why = _("The target has ended. Set a new one.")
        return Verdict(allowed=False, why_not=why)
    if target.post_id is None or target.post_id != actor.post_id:
        why = _("Another post answers for this target.")
        return Verdict(allowed=False, why_not=why)
    return may(actor, Permission.CHECK_IN, at=actor.path)


def may_accept(actor: Actor, target: UnitTarget) -> Verdict:
    """Judge whether the post can accept that a target is missed.

    The action also holds it to the links of the chain: the post must be above.
    """
    if target.has_ended:
        why = _("The target has ended. Set a new one.")
        return Verdict(allowed=False, why_not=why)
    if target.post_id is not None and target.post_id == actor.post_id:
        why = _("Only a post above the one that answers can accept this.")
        return Verdict(allowed=False, why_not=why)
    return may(actor, Permission.ACCEPT_DEVIATION, at=target.unit.path)
