"""A municipality's chain as a map: posts as stations, adopted goals as threads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.access.rules import Role, Verdict
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import HeldPost
from kaeden.organisation.rules import CHIEFS
from kaeden.presentation.charts.chainmap import (
    ChainBreak,
    ChainLevel,
    ChainMap,
    ChainView,
    Leader,
    Station,
    Thread,
    draw_chainmap,
)

CHIEF_ROLES = tuple(role.value for role in CHIEFS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPage:
    """The chain map, and every post above the institutions with its holder."""

    chainmap: ChainMap
    posts: tuple[HeldPost, ...]
    vacant_leaders: str
    may_fill: Verdict | None


def build(
    town: Unit,
    posts: Sequence[HeldPost],
    goals: Sequence[MunicipalGoal],
    *,
    may_fill: Verdict | None = None,
) -> ChainPage:
    """Return the page of a municipality's chain."""
    leaders = [post for post in posts if post.role == Role.LEADER.value]
    vacant = sum(post.is_vacant for post in leaders)
    return ChainPage(
        chainmap=draw_chainmap(_view(town, posts, goals)),
        posts=tuple(post for post in posts if post.role != Role.LEADER.value),
        vacant_leaders=_("%(vacant)s of %(all)s leader posts have no holder in Kæden.")
        % {"vacant": vacant, "all": len(leaders)},
        may_fill=may_fill,
    )


def _view(
    town: Unit, posts: Sequence[HeldPost], goals: Sequence[MunicipalGoal]
) -> ChainView:
    above = [p for p in posts if p.role in {Role.DIRECTOR.value, *CHIEF_ROLES}]
    adopted = [goal for goal in goals if goal.is_adopted]
    return ChainView(
        title=_("The chain in %(name)s") % {"name": town.full_name},
        levels=(
            ChainLevel(key="committee", name=_("Committee")),
            ChainLevel(key="director", name=_("Director")),
            ChainLevel(key="chiefs", name=_("Chiefs")),
            ChainLevel(key="leaders", name=_("Leaders")),
        ),
        stations=tuple(_station(post, posts, goals) for post in above),
        threads=tuple(_thread(town, goal) for goal in goals),
        breaks=tuple(_breaks(town, above)),
        summary=_summary(above, adopted),
        included_words=_("the leader is in Kæden"),
        left_out_words=_("vacant leader post"),
    )


def _thread(town: Unit, goal: MunicipalGoal) -> Thread:
    return Thread(
        key=goal.key,
        name=goal.name,
        href=reverse("web:goal", kwargs={"code": town.code, "key": goal.key}),
        proposed=not goal.is_adopted,
    )


def _station(
    post: HeldPost, posts: Sequence[HeldPost], goals: Sequence[MunicipalGoal]
) -> Station:
    """Return a director's or a chief's station with the goals that reach it."""
    is_director = post.role == Role.DIRECTOR.value
    reach = tuple(g.key for g in goals if is_director or g.owner_role == post.role)
    taken = tuple(g.key for g in goals if g.is_adopted and g.key in reach)
    led = [one for one in posts if one.reports_to == post.id]
    leaders = [] if is_director else led
    return Station(
        key=str(post.id),
        level="director" if is_director else "chiefs",
        name=post.name,
        parent="" if is_director else str(post.reports_to),
        note=post.holder,
        vacant=post.is_vacant,
        expected=reach,
        taken_up=taken,
        leaders=tuple(
            Leader(
                name=one.unit_name,
                included=not one.is_vacant,
                vacant=one.is_vacant,
                href=reverse("web:institution", kwargs={"code": _code(one)}),
            )
            for one in leaders
        ),
        leaders_words=_leaders_words(leaders),
    )


def _code(post: HeldPost) -> str:
    return post.unit_path.rsplit("/", 1)[-1]


def _leaders_words(leaders: Sequence[HeldPost]) -> str:
    if not leaders:
        return _("no institutions in the public registers")
    held = sum(not one.is_vacant for one in leaders)
    return ngettext(
        "%(held)s of %(count)s leader has a login",
        "%(held)s of %(count)s leaders have a login",
        len(leaders),
    ) % {"held": held, "count": len(leaders)}


def _breaks(town: Unit, above: Sequence[HeldPost]) -> list[ChainBreak]:
    """Return the vacant posts as breaks, each with the act that mends it."""
    href = reverse("web:chain", kwargs={"code": town.code})
    vacant = [post for post in above if post.is_vacant]
    return [
        ChainBreak(
            number=place,
            sentence=_("%(post)s: nobody holds the post in Kæden.")
            % {"post": post.name},
            act=_("Fill the post"),
            href=f"{href}#post-{post.id}",
            station=str(post.id),
        )
        for place, post in enumerate(vacant, start=1)
    ]


def _summary(above: Sequence[HeldPost], adopted: Sequence[MunicipalGoal]) -> str:
    vacant = sum(post.is_vacant for post in above)
    goals = ngettext(
        "%(count)d goal is adopted.", "%(count)d goals are adopted.", len(adopted)
    ) % {"count": len(adopted)}
    posts = _("%(vacant)s of %(all)s posts above the institutions are vacant.") % {
        "vacant": vacant,
        "all": len(above),
    }
    return f"{goals} {posts}"
