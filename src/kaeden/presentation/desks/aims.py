"""The goals that concern a post, and what they mean where it is. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor
from kaeden.goals.breaks import goal_path
from kaeden.goals.said import Said
from kaeden.goals.way import Thread, concerned, sectors_of
from kaeden.organisation.chain import Chain
from kaeden.organisation.rules import LEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A goal, what it means here, and whose words those are.

    `write_href` leads to the form of one's own words, where they are missing.
    """

    name: str
    sentence: str
    href: str
    words: str
    by: str
    write_href: str


def aims(
    goals: Iterable[Thread],
    chain: Chain,
    key: str,
    said: Mapping[str, Sequence[Said]],
    *,
    actor: Actor,
) -> tuple[Aim, ...]:
    """Return the goals of a post's unit, in the order they were adopted.

    `said` are the meanings that the post may read, by the goal's key. The nearest one
    up the line counts: a team reads its leader's words.
    """
    post = chain.post.get(key)
    if post is None:
        return ()
    here = sectors_of(chain)[post.unit]
    leads = post.role in LEADING
    found = []
    for goal in goals:
        is_mine = post in concerned(goal, chain) if leads else goal.sectors & here
        if is_mine or (not leads and not goal.sectors):
            found.append(_aim(goal, said.get(goal.key, ()), actor, leads=leads))
    return tuple(found)


def _aim(goal: Thread, said: Sequence[Said], actor: Actor, *, leads: bool) -> Aim:
    nearest = max(
        (one for one in said if _is_above(one.unit_path, actor.path)),
        key=lambda one: (one.unit_path.count("/"), one.post_id == actor.post_id),
        default=None,
    )
    is_own = nearest is not None and nearest.post_id == actor.post_id
    place = {"code": goal.municipality, "key": goal.key}
    return Aim(
        name=goal.name,
        sentence=goal.sentence,
        href=reverse("web:goal", kwargs=place),
        words=nearest.words if nearest else "",
        by=""
        if is_own or nearest is None
        else _("Said by %(post)s") % {"post": nearest.post},
        write_href=goal_path(goal, "hos-os/") if leads and not is_own else "",
    )


def _is_above(path: str, home: str) -> bool:
    return home == path or home.startswith(f"{path}/")
