"""Read visits to colleagues; each docstring ends with what it costs.

A visit is the two posts' own. Within a community its members read what was planned and
what the visitor took home.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, Verdict, has
from kaeden.dialogue.errors import NoSuchVisit
from kaeden.dialogue.models import Visit
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.shared import FEWEST_MEMBERS, Rate
from kaeden.dialogue.rules.visits import (
    OPEN,
    WITH_A_DAY,
    Side,
    VisitStep,
    may_step,
    rate_of,
)
from kaeden.organisation.models import Community, Holding, Membership, Post, Unit
from kaeden.organisation.rules import LEADING
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenVisit:
    """A visit as one of the two sees it, or, with no `side`, another member."""

    id: int
    visitor: str
    host: str
    community: str
    why: str
    step: VisitStep
    day: date | None
    lesson: str
    asked_on: date
    side: Side | None
    verdicts: Mapping[VisitStep, Verdict]

    @property
    def is_past(self) -> bool:
        """Whether it was planned for a day that has come."""
        planned = self.step is VisitStep.PLANNED
        return planned and self.day is not None and self.day <= today()

    @property
    def waits_for_me(self) -> bool:
        """Whether one is to answer, or to say what one took home."""
        if self.step is VisitStep.ASKED:
            return self.side is Side.HOST
        return self.is_past and self.side is Side.VISITOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A post that can be visited, and the communities that one shares with it."""

    post: Post
    name: str
    communities: tuple[Community, ...]


def visits_of(actor: Actor) -> list[SeenVisit]:
    """Return one's visits, those that wait first, then by day (1 query)."""
    found = [_seen(actor, one) for one in _of(actor).order_by("-changed_on", "-pk")]
    return sorted(found, key=lambda one: not one.waits_for_me)


def unanswered(actor: Actor) -> int:
    """Return how many visits wait for one's answer, or one's words (1 query)."""
    post = actor.post_id or 0
    asked = Q(step=VisitStep.ASKED.value, host_id=post)
    past = Q(step=VisitStep.PLANNED.value, visitor_id=post, day__lte=today())
    return Visit.objects.filter(asked | past).count()


def get_visit(actor: Actor, pk: int) -> SeenVisit:
    """Return one visit, for the two posts (1 query).

    Raises
    ------
    NoSuchVisit
        Also when it is between two others, so that a number tells nothing.
    """
    return _seen(actor, get_row(actor, pk))


def get_row(actor: Actor, pk: int) -> Visit:
    """Return the row of a visit, for an action (1 query).

    Raises
    ------
    NoSuchVisit
        As `get_visit`.
    """
    found = _of(actor).filter(pk=pk).first()
    if found is None:
        raise NoSuchVisit(_("There is no such visit for your post."))
    return found


def in_community(actor: Actor, community: Community) -> list[SeenVisit]:
    """Return what is planned and was held in a community, the newest first (1 query)."""
    planned = [one.value for one in WITH_A_DAY]
    rows = _rows().filter(community=community, step__in=planned)
    return [_seen(actor, one) for one in rows.order_by("-day", "-pk")]


def held_of_planned(community: Community, members: int) -> Rate | None:
    """Return how many visits were held, of those whose day has come (1 query).

    None with so few members that it would tell of single persons.
    """
    if members < FEWEST_MEMBERS:
        return None
    rows = Visit.objects.filter(community=community).values_list("step", "day")
    return rate_of(((VisitStep(step), day) for step, day in rows), on=today())


def get_host(actor: Actor, pk: int) -> Host:
    """Return a post that one can ask for a visit (4 queries).

    Raises
    ------
    NoSuchVisit
        If it is no leading post of one's municipality, or nobody holds it, or it is
        one's own.
    """
    town = "/".join(actor.path.split("/")[:2])
    leads = [role.value for role in Role if has(Actor(role=role), Permission.VISIT)]
    there = Post.objects.at(today()).filter(
        Q(unit__path=town) | Q(unit__path__startswith=f"{town}/"), role__in=leads
    )
    found = there.select_related("unit").filter(pk=pk).exclude(pk=actor.post_id or 0)
    post = found.first()
    if post is None or not Holding.objects.at(today()).filter(post=post).exists():
        raise NoSuchVisit(_("There is no leader to visit there."))
    return Host(post=post, name=name_of(post), communities=tuple(_shared(actor, post)))


def leader_of(unit: Unit) -> int:
    """Return the id of the post that leads a unit today (1 query).

    Raises
    ------
    NoSuchVisit
        If there is none.
    """
    roles = [role.value for role in LEADING]
    there = Post.objects.at(today()).filter(unit=unit, role__in=roles)
    found = there.order_by("pk").first()
    if found is None:
        raise NoSuchVisit(_("There is no leader to visit there."))
    return int(found.pk)


def hosts_in(actor: Actor, posts: Collection[int]) -> set[int]:
    """Return those of some posts with which one has no open visit (1 query)."""
    still = [one.value for one in OPEN]
    taken = Visit.objects.filter(visitor_id=actor.post_id or 0, step__in=still)
    return set(posts) - {actor.post_id} - set(taken.values_list("host_id", flat=True))


def _shared(actor: Actor, post: Post) -> QuerySet[Community]:
    """Return the communities that both are in today (1 query)."""
    members = Membership.objects.at(today())
    own = members.filter(post_id=actor.post_id or 0).values("community_id")
    theirs = members.filter(post=post).values("community_id")
    both = Community.objects.at(today()).filter(pk__in=own).filter(pk__in=theirs)
    return both.order_by("name", "pk")


def _rows() -> QuerySet[Visit]:
    return Visit.objects.select_related("visitor__unit", "host__unit", "community")


def _of(actor: Actor) -> QuerySet[Visit]:
    post = actor.post_id or 0
    return _rows().filter(Q(visitor_id=post) | Q(host_id=post))


def _seen(actor: Actor, one: Visit) -> SeenVisit:
    sides = {one.visitor_id: Side.VISITOR, one.host_id: Side.HOST}
    side, now = sides.get(actor.post_id or 0), VisitStep(one.step)
    verdicts = {
        to: may_step(to, now, side=side, day=one.day, on=today())
        for to in VisitStep
        if side
    }
    return SeenVisit(
        id=one.pk,
        visitor=name_of(one.visitor),
        host=name_of(one.host),
        community=one.community.name if one.community else "",
        why=one.why,
        step=now,
        day=one.day,
        lesson=one.lesson,
        asked_on=one.asked_on,
        side=side,
        verdicts=verdicts,
    )
