"""Leaders of Fjordby who plan and note, made with the verbs that people use."""

from datetime import date

from kaeden.access.rules import Actor, Role
from kaeden.accounts.models import User
from kaeden.conditions.actions import presence
from kaeden.conditions.models import PresenceNote, PresencePlan
from kaeden.conditions.rules.presence import PresenceKind, month_after, month_of
from kaeden.organisation.models import Holding, Link, Post
from kaeden.shared.clock import today
from tests.builders.places import LOADED, NORDSKOLEN, post_at

LONG_AGO = date(2024, 1, 1)
VISIT = PresenceKind.VISIT


def last_month() -> date:
    """The first day of the month that is just over."""
    return month_after(month_of(today()), -1)


def leaders(
    count: int, role: Role = Role.DEPARTMENT_LEADER, *, path: str = NORDSKOLEN
) -> list[Actor]:
    """So many leaders of a level, who have held their posts for long."""
    above, made = post_at(path, Role.LEADER), []
    for number in range(count):
        key = f"{role.value}-{number}"
        post = Post.objects.create(
            unit=above.unit, role=role.value, key=key, valid_from=LOADED
        )
        Link.objects.create(lower=post, upper=above, valid_from=LOADED)
        user = User.objects.create_user(key)
        Holding.objects.create(post=post, user=user, valid_from=LONG_AGO)
        made.append(
            Actor(user_id=user.pk, role=role, path=above.unit.path, post_id=post.pk)
        )
    return made


def holding_of(actor: Actor) -> int:
    return Holding.objects.get(post_id=actor.post_id, valid_to=None).pk


def planned(actor: Actor, count: int, *, month: date | None = None) -> None:
    """A leader has planned so many visits, from a month on."""
    PresencePlan.objects.create(
        holding_id=holding_of(actor),
        month=month or last_month(),
        visits=count,
        observations=0,
        feedback=0,
    )


def noted(actor: Actor, count: int, *, day: date | None = None) -> None:
    """A leader has noted so many visits on a day, of last month unless it is said."""
    PresenceNote.objects.bulk_create(
        PresenceNote(
            holding_id=holding_of(actor), day=day or last_month(), kind=VISIT.value
        )
        for _one in range(count)
    )


def a_note(actor: Actor) -> PresenceNote:
    return presence.note(VISIT, by=actor)
