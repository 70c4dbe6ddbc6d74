"""The breaks of a chain: the gravest on the map with a number, the rest by kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.chaincheck.rules import KIND_NAMES
from kaeden.goals.way import Thread as Goal
from kaeden.goals.way import stops
from kaeden.organisation.chain import ChainPost
from kaeden.presentation.chain_view import COMMITTEE, LEVEL_OF, STATIONS, Laid
from kaeden.presentation.charts.chain_parts import ChainBreak, Where
from kaeden.shared.breaks import Break, BreakKind

MOST_NUMBERED = 7
"""More numbers than these are no longer read; the rest stands below, by kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A break, or several of a kind at one place, as a person reads it."""

    kind: BreakKind
    count: int
    sentence: str
    act: str
    href: str
    note: str
    places: tuple[Where, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfBreak:
    """All breaks of a kind that have no number of their own."""

    kind: str
    name: str
    count: int
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The breaks on the map, those below it, and how many there are in all."""

    numbered: tuple[ChainBreak, ...]
    others: tuple[KindOfBreak, ...]
    count: int


def sort_breaks(laid: Laid, breaks: Sequence[Break]) -> Sorted:
    """Return the gravest breaks with their numbers, one at each place, and the rest.

    They come gravest first already. In a chain that nobody has taken up there is one:
    that all posts are vacant.
    """
    if breaks and not laid.is_used:
        return Sorted(numbered=(_unused(laid),), others=(), count=1)
    numbered: list[ChainBreak] = []
    others: list[Told] = []
    busy: set[Where] = set()
    for one in told(laid, breaks):
        if len(numbered) < MOST_NUMBERED and one.places and not busy & {*one.places}:
            busy.update(one.places)
            numbered.append(_numbered(one, len(numbered) + 1))
        else:
            others.append(one)
    return Sorted(
        numbered=tuple(numbered), others=tuple(by_kind(others)), count=len(breaks)
    )


def _numbered(one: Told, number: int) -> ChainBreak:
    return ChainBreak(
        number=number,
        sentence=one.sentence,
        act=one.act,
        href=one.href,
        note=one.note,
        places=one.places,
    )


def _unused(laid: Laid) -> ChainBreak:
    """Return the one break of a chain as the template made it."""
    top = next((post.key for post in laid.stations), "")
    words = ngettext(
        "The %(count)d post is vacant: nobody has taken Kæden up here.",
        "All %(count)d posts are vacant: nobody has taken Kæden up here.",
        len(laid.chain.posts),
    )
    return ChainBreak(
        number=1,
        sentence=words % {"count": len(laid.chain.posts)},
        act=_("Fill the posts"),
        href=f"{reverse('web:chain', kwargs={'code': laid.chain.municipality})}#posts",
        places=(Where(station=top),),
    )


def by_kind(found: Iterable[Told]) -> Iterator[KindOfBreak]:
    """Give breaks by kind, in the order in which the kinds come."""
    kinds: dict[BreakKind, list[Told]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    for kind, same in kinds.items():
        yield KindOfBreak(
            kind=kind.value,
            name=str(KIND_NAMES[kind]),
            count=sum(one.count for one in same),
            told=tuple(same),
        )


def told(laid: Laid, breaks: Iterable[Break]) -> Iterator[Told]:
    """Give breaks as they are read; those of a kind at the same leaders are one."""
    groups: dict[object, tuple[tuple[Where, ...], list[Break]]] = {}
    for number, one in enumerate(breaks):
        places = tuple(dict.fromkeys(places_of(laid, one)))
        at_leaders = any(place.at_leaders for place in places)
        is_one_of_many = at_leaders and one.kind in GROUPED
        key = (one.kind, places) if is_one_of_many else number
        groups.setdefault(key, (places, []))[1].append(one)
    for places, same in groups.values():
        yield _grouped(laid, same, places) if len(same) > 1 else single(same[0], places)


def single(one: Break, places: tuple[Where, ...] = ()) -> Told:
    """Return one break as it is read."""
    return Told(
        kind=one.kind,
        count=1,
        sentence=str(one.sentence),
        act=str(one.act),
        href=one.path,
        note=owned(one),
        places=places,
    )


def owned(one: Break) -> str:
    """Return whose a break is, and since when."""
    owner = one.owner_name or _("nobody")
    said = _("Owner: %(owner)s") % {"owner": owner}
    if one.since is None:
        return said
    return f"{said} · {_('since %(day)s') % {'day': date_format(one.since)}}"


def _grouped(laid: Laid, same: Sequence[Break], places: tuple[Where, ...]) -> Told:
    """Return several breaks of a kind at the leaders below a post as one."""
    first, place = same[0], places[0]
    below = laid.below[place.station]
    post = laid.chain.post.get(place.station)
    facts = {
        "count": len(same),
        "all": len(below),
        "post": laid.chain.post_name(post.key) if post else _("nobody"),
    }
    owners = {one.owner_name for one in same}
    owner = first.owner_name if len(owners) == 1 else ""
    code = laid.chain.municipality
    return Told(
        kind=first.kind,
        count=len(same),
        sentence=GROUPED[first.kind](len(same)) % facts,
        act=_("See all %(count)d") % facts,
        href=f"{reverse('web:breaks', kwargs={'code': code})}#{first.kind.value}",
        note=_("Owner: %(owner)s") % {"owner": owner} if owner else "",
        places=places,
    )


# Where on the map ----------------------------------------------------------------------


def places_of(laid: Laid, one: Break) -> Iterator[Where]:
    """Give the places on the map where a break is seen."""
    what, _colon, key = one.about.partition(":")
    goals = {goal.key: goal for goal in laid.goals}
    post = laid.chain.post.get(key) if what in {"post", "link"} else None
    if post is not None:
        yield from at_post(laid, post)
    elif one.kind is BreakKind.GOAL_STOPS and key in goals:
        yield from _where_it_stops(laid, goals[key], one)
    elif what == "goal" and key in goals:
        yield Where(thread=key)
    elif what == "indicator":
        yield from (Where(thread=g.key) for g in laid.goals if g.indicator == key)
    else:
        yield from _at_unit(laid, one.unit)


def at_post(laid: Laid, post: ChainPost, thread: str = "") -> Iterator[Where]:
    """Give the place of a post: its own, or among the leaders of the one above.

    A post beside the levels, such as the analyst's, has none.
    """
    level = LEVEL_OF.get(post.role, COMMITTEE)
    if level in STATIONS:
        yield Where(station=post.key, thread=thread)
    elif level != COMMITTEE:
        yield Where(station=laid.home[post.key], thread=thread, at_leaders=True)


def _where_it_stops(laid: Laid, goal: Goal, one: Break) -> Iterator[Where]:
    """Give the posts that a goal does not get to, at the stop that the break is."""
    for stop in stops(goal, laid.chain):
        if one.owner in (stop.missing if len(stop.missing) == 1 else (stop.upper,)):
            for key in stop.missing:
                yield from at_post(laid, laid.chain.post[key], goal.key)


def _at_unit(laid: Laid, code: str) -> Iterator[Where]:
    """Give the place of the post that leads a unit, or the nearest one above."""
    for unit in laid.chain.up(code):
        for post in laid.chain.posts_at.get(unit.code, ()):
            found = tuple(at_post(laid, post))
            if found:
                yield from found
                return


# Several as one ------------------------------------------------------------------------


def _vacant(count: int) -> str:
    return ngettext(
        "%(count)d of %(all)d leader posts below %(post)s is vacant.",
        "%(count)d of %(all)d leader posts below %(post)s are vacant.",
        count,
    )


def _without_charter(count: int) -> str:
    return ngettext(
        "%(count)d of %(all)d leader posts below %(post)s has no charter.",
        "%(count)d of %(all)d leader posts below %(post)s have no charter.",
        count,
    )


def _not_assessed(count: int) -> str:
    return ngettext(
        "%(count)d result below %(post)s has not been assessed.",
        "%(count)d results below %(post)s have not been assessed.",
        count,
    )


def _not_confirmed(count: int) -> str:
    return ngettext(
        "Below %(post)s, expectations in %(count)d place are not confirmed by both.",
        "Below %(post)s, expectations in %(count)d places are not confirmed by both.",
        count,
    )


def _not_answered(count: int) -> str:
    return ngettext(
        "%(count)d question below %(post)s has no answer.",
        "%(count)d questions below %(post)s have no answer.",
        count,
    )


def _concerns(count: int) -> str:
    return ngettext(
        "%(count)d concern from below %(post)s has no answer.",
        "%(count)d concerns from below %(post)s have no answer.",
        count,
    )


def _overdue(count: int) -> str:
    return ngettext(
        "%(count)d commitment below %(post)s is past its day.",
        "%(count)d commitments below %(post)s are past their day.",
        count,
    )


def _not_decided(count: int) -> str:
    return ngettext(
        "%(count)d time robber below %(post)s is not decided on.",
        "%(count)d time robbers below %(post)s are not decided on.",
        count,
    )


def _needs(count: int) -> str:
    return ngettext(
        "%(count)d need below %(post)s has no answer.",
        "%(count)d needs below %(post)s have no answer.",
        count,
    )


def _outside_bounds(count: int) -> str:
    return ngettext(
        "%(count)d leader below %(post)s leads too few or too many.",
        "%(count)d leaders below %(post)s lead too few or too many.",
        count,
    )


def _too_much(count: int) -> str:
    return ngettext(
        "%(count)d unit below %(post)s runs too much at once.",
        "%(count)d units below %(post)s run too much at once.",
        count,
    )


GROUPED: Mapping[BreakKind, Callable[[int], str]] = {
    BreakKind.VACANT_POST: _vacant,
    BreakKind.POST_WITHOUT_CHARTER: _without_charter,
    BreakKind.RESULT_NOT_ASSESSED: _not_assessed,
    BreakKind.EXPECTATION_UNCONFIRMED: _not_confirmed,
    BreakKind.QUESTION_UNANSWERED: _not_answered,
    BreakKind.CONCERN_UNANSWERED: _concerns,
    BreakKind.COMMITMENT_OVERDUE: _overdue,
    BreakKind.TIME_ROBBER_UNDECIDED: _not_decided,
    BreakKind.NEED_UNANSWERED: _needs,
    BreakKind.TOO_MUCH_AT_ONCE: _too_much,
    BreakKind.SPAN_OUTSIDE_BOUNDS: _outside_bounds,
}
"""The kinds that can be many below one post, and how that is said."""
