"""Read whole chains as they were on a day, as we know it or as it was known then.

However large the municipality, and for all of them at once, this costs 12 queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from kaeden.access.rules import Role
from kaeden.organisation.chain import (
    Chain,
    ChainCharter,
    ChainCommunity,
    ChainPost,
    ChainUnit,
    NotMine,
)
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import (
    Bounds,
    Charter,
    Community,
    Holding,
    Link,
    Membership,
    Placement,
    Post,
    Succession,
    Unit,
    UnitName,
)
from kaeden.organisation.models import NotMine as NotMineRow
from kaeden.organisation.rules import Bound, Degree, Hierarchy, Kind, Task
from kaeden.shared.dated import valid_at

Ids: TypeAlias = Mapping[int, str]
TASKS = tuple(task.value for task in Task)
UNIT_FACTS = ("form", "owner", "latitude", "longitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Which day is asked about, what was known when, and below which path."""

    day: date
    known_at: datetime | None
    path: str

    def holds(self, of: str = "") -> Q:
        """Return the condition that a dated row holds then."""
        return valid_at(self.day, known_at=self.known_at, of=of)

    def within(self, of: str = "") -> Q:
        """Return the condition that a unit lies in what is asked about."""
        return Q(**{f"{of}path": self.path}) | Q(
            **{f"{of}path__startswith": f"{self.path}/"}
        )


def chain_of(
    municipality: Unit, day: date, *, known_at: datetime | None = None
) -> Chain:
    """Return a municipality's chain on a day (12 queries).

    With `known_at`, as it was known at that time.

    Raises
    ------
    NoSuchUnit
        If the municipality was not there then.
    """
    found = _chains(Moment(day=day, known_at=known_at, path=municipality.path))
    if municipality.code not in found:
        raise NoSuchUnit(_("The municipality was not there on that day."))
    return found[municipality.code]


def all_chains(day: date) -> dict[str, Chain]:
    """Return the chains of all municipalities on a day, by code (12 queries)."""
    return _chains(Moment(day=day, known_at=None, path="dk"))


def _chains(moment: Moment) -> dict[str, Chain]:
    facts = _unit_facts(moment)
    places = _places(moment)
    codes = {pk: row["code"] for pk, row in facts.items()}
    after = _successions(moment)
    units = _units(facts, places, after)
    homes = _homes(facts, places)
    posts = _posts(moment, codes, homes)
    communities = _communities(moment)
    bounds = _bounds(moment)
    return {
        row["code"]: Chain(
            municipality=row["code"],
            name=row["name"],
            as_of=moment.day,
            units=tuple(_in_order(units.get(pk, ()))),
            posts=tuple(_posts_in_order(posts.get(pk, ()))),
            communities=tuple(communities.get(pk, ())),
            bounds=bounds.get(pk, {}),
            carried_on=_carried_on(moment, row["code"], facts, after),
        )
        for pk, row in facts.items()
        if row["kind"] == Kind.MUNICIPALITY.value and pk in places[Hierarchy.LINE]
    }


def _unit_facts(moment: Moment) -> dict[int, dict[str, Any]]:
    """Return each unit's facts by id, with the name it had then (2 queries)."""
    columns = ("pk", "code", "kind", "name", "path", "valid_from", *UNIT_FACTS)
    rows = Unit.objects.filter(moment.within()).values(*columns)
    facts = {row.pop("pk"): row for row in rows.iterator()}
    names = UnitName.objects.filter(moment.holds(), moment.within("unit__"))
    for unit, name in names.values_list("unit_id", "name"):
        facts[unit]["name"] = name
    return facts


def _places(moment: Moment) -> dict[str, dict[int, int]]:
    """Return each unit's parent then, in each hierarchy (1 query)."""
    places: dict[str, dict[int, int]] = {one.value: {} for one in Hierarchy}
    rows = Placement.objects.filter(moment.holds(), moment.within("unit__"))
    for unit, hierarchy, parent in rows.values_list(
        "unit_id", "hierarchy", "parent_id"
    ):
        places[hierarchy][unit] = parent
    return places


def _homes(
    facts: Mapping[int, dict[str, Any]], places: Mapping[str, Mapping[int, int]]
) -> dict[int, int]:
    """Return the municipality of each unit then; those outside all are left out."""
    line = places[Hierarchy.LINE]
    found: dict[int, int] = {}
    for unit in line:
        at = unit
        while facts[at]["kind"] != Kind.MUNICIPALITY.value and line.get(at) in facts:
            at = line[at]
        if facts[at]["kind"] == Kind.MUNICIPALITY.value:
            found[unit] = at
    return found


def _units(
    facts: Mapping[int, dict[str, Any]],
    places: Mapping[str, Mapping[int, int]],
    after: Mapping[int, list[tuple[str, date]]],
) -> dict[int, list[ChainUnit]]:
    """Return the units of each municipality then."""
    line, cluster = places[Hierarchy.LINE], places[Hierarchy.CLUSTER]
    found: dict[int, list[ChainUnit]] = defaultdict(list)
    for unit, home in _homes(facts, places).items():
        row = facts[unit]
        above = "" if unit == home else facts[line[unit]]["code"]
        also = facts.get(cluster.get(unit, 0))
        found[home].append(
            ChainUnit(
                code=row["code"],
                kind=Kind(row["kind"]),
                name=row["name"],
                parent=above,
                cluster=also["code"] if also else "",
                since=row["valid_from"],
                successors=tuple(code for code, _on in after.get(unit, ())),
                **{fact: row[fact] for fact in UNIT_FACTS},
            )
        )
    return found


def _successions(moment: Moment) -> dict[int, list[tuple[str, date]]]:
    """Return the codes of the units that carry each unit on, and from when (1 query)."""
    rows = Succession.objects.filter(moment.within("predecessor__"))
    if moment.known_at is not None:
        rows = rows.filter(recorded_at__lte=moment.known_at)
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for unit, code, on in rows.order_by("pk").values_list(
        "predecessor_id", "successor__code", "on"
    ):
        found[unit].append((code, on))
    return found


def _carried_on(
    moment: Moment,
    municipality: str,
    facts: Mapping[int, dict[str, Any]],
    after: Mapping[int, list[tuple[str, date]]],
) -> dict[str, tuple[str, ...]]:
    """Return a municipality's units that had ended, with those that carry them on."""
    return {
        facts[unit]["code"]: tuple(code for code, on in later if on <= moment.day)
        for unit, later in after.items()
        if facts[unit]["path"].split("/")[1] == municipality
        and any(on <= moment.day for _code, on in later)
    }


def _in_order(units: Iterable[ChainUnit]) -> Iterator[ChainUnit]:
    """Give units parents first, sisters by name."""
    below: dict[str, list[ChainUnit]] = defaultdict(list)
    for unit in units:
        below[unit.parent].append(unit)
    waiting = list(below[""])
    while waiting:
        unit = waiting.pop(0)
        yield unit
        waiting += sorted(below[unit.code], key=lambda one: (one.name, one.code))


def _posts(
    moment: Moment, codes: Ids, homes: Mapping[int, int]
) -> dict[int, list[ChainPost]]:
    """Return the posts of each municipality then (6 queries)."""
    rows = list(
        Post.objects.filter(moment.holds(), moment.within("unit__"))
        .order_by("pk")
        .values_list("pk", "key", "role", "title", "unit_id", "staff", "valid_from")
    )
    keys = {row[0]: row[1] for row in rows}
    links = Link.objects.filter(moment.holds(), moment.within("lower__unit__"))
    above = dict(links.values_list("lower_id", "upper_id"))
    holders, left = _holders(moment), _last_left(moment)
    charters = _charters(moment, keys)
    found: dict[int, list[ChainPost]] = defaultdict(list)
    for pk, key, role, title, unit, staff, since in rows:
        if unit not in homes:
            continue
        holder, is_demo, held_since = holders.get(pk, ("", False, None))
        found[homes[unit]].append(
            ChainPost(
                key=key,
                role=Role(role),
                title=title,
                unit=codes[unit],
                reports_to=keys.get(above.get(pk, 0), ""),
                staff=staff,
                holder=holder,
                is_demo=is_demo,
                since=held_since or left.get(pk, since),
                charter=charters.get(pk),
            )
        )
    return found


def _holders(moment: Moment) -> dict[int, tuple[str, bool, date]]:
    """Return who held each post, and since when (1 query)."""
    rows = Holding.objects.filter(moment.holds(), moment.within("post__unit__"))
    columns = ("post_id", "holder_name", "user__username", "user__is_demo")
    return {
        post: (name or (_("a demo login") if demo else login), bool(demo), since)
        for post, name, login, demo, since in rows.values_list(*columns, "valid_from")
    }


def _last_left(moment: Moment) -> dict[int, date]:
    """Return when each post was last left (1 query)."""
    rows = Holding.objects.filter(
        moment.within("post__unit__"), valid_to__lte=moment.day
    )
    return dict(rows.values_list("post_id").annotate(Max("valid_to")))


def _charters(moment: Moment, keys: Ids) -> dict[int, ChainCharter]:
    """Return the charter of each post (2 queries)."""
    there = Charter.objects.filter(moment.holds(), moment.within("post__unit__"))
    left: dict[int, list[NotMine]] = defaultdict(list)
    lines = NotMineRow.objects.filter(
        moment.holds("charter__"), moment.within("charter__post__unit__")
    )
    for charter, words, ask in lines.order_by("pk").values_list(
        "charter_id", "words", "ask_id"
    ):
        left[charter].append(NotMine(words=words, ask=keys.get(ask, "")))
    columns = ("pk", "post_id", "area", "decision_room", *TASKS)
    return {
        post: ChainCharter(
            area=area,
            decision_room=room,
            not_mine=tuple(left.get(pk, ())),
            tasks={
                task: Degree(part) for task, part in zip(Task, degrees, strict=True)
            },
        )
        for pk, post, area, room, *degrees in there.values_list(*columns)
    }


def _posts_in_order(posts: Iterable[ChainPost]) -> Iterator[ChainPost]:
    """Give posts uppermost first; a circle of links is given as it stands."""
    posts = list(posts)
    keys = {post.key for post in posts}
    below: dict[str, list[ChainPost]] = defaultdict(list)
    for post in posts:
        below[post.reports_to if post.reports_to in keys else ""].append(post)
    given: set[str] = set()
    waiting = list(below[""])
    while waiting:
        post = waiting.pop(0)
        given.add(post.key)
        yield post
        waiting += below[post.key]
    yield from (post for post in posts if post.key not in given)


def _communities(moment: Moment) -> dict[int, list[ChainCommunity]]:
    """Return the communities of each municipality then (2 queries)."""
    members: dict[int, list[str]] = defaultdict(list)
    rows = Membership.objects.filter(moment.holds(), moment.within("post__unit__"))
    for community, key in rows.order_by("post__key").values_list(
        "community_id", "post__key"
    ):
        members[community].append(key)
    found: dict[int, list[ChainCommunity]] = defaultdict(list)
    there = Community.objects.filter(moment.holds(), moment.within("municipality__"))
    for one in there.order_by("name"):
        found[one.municipality_id].append(
            ChainCommunity(
                key=one.key,
                name=one.name,
                purpose=one.purpose,
                members=tuple(members.get(one.pk, ())),
            )
        )
    return found


def _bounds(moment: Moment) -> dict[int, dict[Role, Bound]]:
    """Return the bounds that each municipality has set (1 query)."""
    found: dict[int, dict[Role, Bound]] = defaultdict(dict)
    for row in Bounds.objects.filter(moment.within("municipality__")):
        found[row.municipality_id][Role(row.role)] = Bound(
            row.span_from, row.span_to, row.farthest
        )
    return found
