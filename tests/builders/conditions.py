"""What robs the leaders of Fjordby of time, told with the verbs that people use."""

from kaeden.access.rules import Actor, Role
from kaeden.accounts.models import User
from kaeden.conditions.actions import time_robbers
from kaeden.conditions.actions.time_robbers import Remover
from kaeden.conditions.models import TimeRobber
from kaeden.conditions.rules.time_robbers import Decision
from kaeden.organisation.models import Holding, Link, Post
from tests.builders.dialogue import holder_of
from tests.builders.places import LOADED, NORDSKOLEN, SCHOOLS, TOWN, post_at

TITLE = "Indberetning af fravær i tre systemer"


def leader(path: str = NORDSKOLEN) -> Actor:
    """Who leads a school."""
    return holder_of(Role.LEADER, path)


def chief() -> Actor:
    """The chief of schools."""
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


def director() -> Actor:
    """The director."""
    return holder_of(Role.DIRECTOR, TOWN)


def a_time_robber(
    title: str = TITLE,
    *,
    by: Actor | None = None,
    minutes: int = 60,
    remover: Remover | None = None,
    more: str = "",
) -> TimeRobber:
    """One that a leader has reported; it waits for the chief of schools."""
    waits_for = chief().post_id
    assert waits_for is not None
    return time_robbers.report(
        title,
        minutes=minutes,
        remover=waits_for if remover is None else remover,
        by=by or leader(),
        more=more,
    )


def more_leaders(count: int) -> list[Actor]:
    """So many heads of department below the leader of Nordskolen, each with a post."""
    made = []
    for number in range(count):
        above = post_at(NORDSKOLEN, Role.LEADER)
        post = Post.objects.create(
            unit=above.unit,
            role=Role.DEPARTMENT_LEADER.value,
            key=f"afdeling-{number}",
            valid_from=LOADED,
        )
        Link.objects.create(lower=post, upper=above, valid_from=LOADED)
        made.append(_holding(post))
    return made


def _holding(post: Post) -> Actor:
    user = User.objects.create_user(post.key)
    Holding.objects.create(post=post, user=user, valid_from=LOADED)
    return Actor(
        user_id=user.pk,
        role=Role.DEPARTMENT_LEADER,
        path=post.unit.path,
        post_id=post.pk,
    )


def joined(made: TimeRobber, *minutes: int) -> list[Actor]:
    """As many more who lose these minutes to the same."""
    others = more_leaders(len(minutes))
    for by, lost in zip(others, minutes, strict=True):
        time_robbers.join(made.pk, "Det samme hos os", minutes=lost, by=by)
    return others


def decided(made: TimeRobber, decision: Decision = Decision.REMOVE) -> None:
    """What the chief of schools has decided."""
    time_robbers.decide(made.pk, decision, "Ét system er nok.", by=chief())
