"""Take a goal up where one leads, and say what one brings to it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.goals.actions.asked import (
    the_day,
    the_indicator,
    the_post,
    the_words,
    written_anew,
)
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import Contribution, Effort, Goal, Meaning, Strategy
from kaeden.organisation.models import Post
from kaeden.shared.errors import Refused


@transaction.atomic
def take_up(goal: Goal, words: str, *, by: Actor, on: date | None = None) -> Meaning:
    """Say what a goal means at the post one acts in; said again, it is said anew.

    Raises
    ------
    Forbidden
        If it is not a leading post.
    NoSuchGoal
        If the goal is another municipality's, or an area's that one is not in.
    Refused
        If the goal has ended.
    BadInput
        If there are no words.
    """
    post = _leading_post(by, goal, Permission.TAKE_UP_GOAL)
    said = the_words(
        words, longest=600, ask=_("Write what the goal means where you lead.")
    )
    day = the_day(on)
    meaning: Meaning = written_anew(
        Meaning.objects.filter(goal=goal, post=post),
        day,
        goal=goal,
        post=post,
        words=said,
    )
    record(Event.Kind.GOAL_TAKEN_UP, by=by, about=meaning)
    return meaning


def _leading_post(by: Actor, goal: Goal, permission: Permission) -> Post:
    """Return the post that acts, if it may and the goal can be its own."""
    require(may(by, permission, at=by.path))
    town, area = goal.municipality.path, goal.unit.path
    in_town = by.path == town or by.path.startswith(f"{town}/")
    in_line = f"{by.path}/".startswith(f"{area}/") or area.startswith(f"{by.path}/")
    if not (in_town and in_line):
        raise NoSuchGoal(_("There is no such goal here."))
    if goal.valid_to is not None:
        raise Refused(_("The goal has ended. Write a new one."))
    return the_post(by)


@transaction.atomic
def let_go(goal: Goal, *, by: Actor, on: date | None = None) -> None:
    """Say no longer what a goal means at the post; what was said is kept.

    Raises
    ------
    Forbidden
        If it is not a leading post.
    Refused
        If the post has not taken the goal up.
    """
    post = _leading_post(by, goal, Permission.TAKE_UP_GOAL)
    if not Meaning.objects.filter(goal=goal, post=post).end(the_day(on)):
        raise Refused(_("The goal has not been taken up here."))
    record(Event.Kind.GOAL_LET_GO, by=by, about=goal)


@transaction.atomic
def write_strategy(
    goal: Goal, words: str, *, by: Actor, on: date | None = None
) -> None:
    """Say which way the post means to reach a goal.

    Raises
    ------
    Forbidden
        If it is not a leading post.
    Refused
        If the goal has ended.
    BadInput
        If there are no words.
    """
    post = _leading_post(by, goal, Permission.TAKE_UP_GOAL)
    said = the_words(words, longest=600, ask=_("Write how you will reach the goal."))
    rows = Strategy.objects.filter(goal=goal, post=post)
    written_anew(rows, the_day(on), goal=goal, post=post, words=said)
    record(Event.Kind.STRATEGY_WRITTEN, by=by, about=goal)


@transaction.atomic
def begin_effort(
    goal: Goal, words: str, *, by: Actor, on: date | None = None
) -> Effort:
    """Note something the post does to reach a goal.

    Raises
    ------
    Forbidden
        If it is not a leading post.
    Refused
        If the goal has ended.
    BadInput
        If there are no words.
    """
    post = _leading_post(by, goal, Permission.TAKE_UP_GOAL)
    said = the_words(words, longest=300, ask=_("Write what you do."))
    effort = Effort.objects.create(
        goal=goal, post=post, words=said, valid_from=the_day(on)
    )
    record(Event.Kind.EFFORT_BEGUN, by=by, about=effort)
    return effort


@transaction.atomic
def end_effort(effort: Effort, *, by: Actor, on: date | None = None) -> None:
    """Note that something is no longer done.

    Raises
    ------
    NoSuchGoal
        If it is another post's.
    Refused
        If it has ended.
    """
    if effort.post_id != by.post_id:
        raise NoSuchGoal(_("There is no such effort here."))
    if not Effort.objects.filter(pk=effort.pk).end(the_day(on)):
        raise Refused(_("That has ended already."))
    record(Event.Kind.EFFORT_ENDED, by=by, about=effort)


@transaction.atomic
def contribute(
    goal: Goal, words: str, *, by: Actor, indicator: str = "", on: date | None = None
) -> Contribution:
    """Say what the post brings to a goal that another owns, and where it is seen.

    Raises
    ------
    Forbidden
        If it is not a leading post.
    Refused
        If the post owns the goal, or the goal has ended.
    BadInput
        If there are no words, or no such indicator.
    """
    post = _leading_post(by, goal, Permission.CONTRIBUTE)
    day = the_day(on)
    if goal.ownerships.filter(post=post, valid_to__isnull=True).exists():
        raise Refused(_("Your post owns the goal, so it need not contribute to it."))
    said = the_words(words, longest=600, ask=_("Write what you bring to the goal."))
    made: Contribution = written_anew(
        Contribution.objects.filter(goal=goal, post=post),
        day,
        goal=goal,
        post=post,
        words=said,
        indicator=the_indicator(indicator),
    )
    record(Event.Kind.CONTRIBUTION_WRITTEN, by=by, about=made)
    return made


@transaction.atomic
def end_contribution(goal: Goal, *, by: Actor, on: date | None = None) -> None:
    """Contribute no longer; what was brought is kept.

    Raises
    ------
    Refused
        If the post does not contribute.
    """
    mine = Contribution.objects.filter(goal=goal, post=the_post(by))
    if not mine.end(the_day(on)):
        raise Refused(_("Your post does not contribute to this goal."))
    record(Event.Kind.CONTRIBUTION_ENDED, by=by, about=goal)
