"""Bring the whole organisation up to date from registers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db import transaction

from kaeden.access.rules import Actor, Permission, Role, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.organisation.models import Link, Placement, Post, Unit
from kaeden.organisation.rules import (
    CHIEFS,
    INSTITUTIONS,
    Area,
    Hierarchy,
    Kind,
    Origin,
    area_of,
)
from kaeden.shared.clock import now
from kaeden.shared.database import refresh_statistics
from kaeden.shared.words import fold

BATCH = 500
Units: TypeAlias = dict[str, Unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """One line of a register: a school or a day-care institution."""

    code: str
    name: str
    is_school: bool
    form: str
    owner: str = ""
    municipality_code: str = ""
    town: str = ""
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def load_country(
    municipalities: Iterable[tuple[str, str]],
    institutions: Iterable[Institution],
    *,
    as_of: date,
    by: Actor,
) -> int:
    """Bring units and the template's vacant posts up to date; return new units.

    A unit that is there already is left as it is; one that is no longer in the
    registers ends on `as_of`. Holders are never touched. Where a municipality has
    brought a chain of its own, only its private institutions follow the registers.

    Raises
    ------
    Forbidden
        If `by` may not load the organisation.
    """
    require(may(by, Permission.LOAD_ORGANISATION, at="dk"))
    known = {unit.path: unit for unit in Unit.objects.filter(valid_to__isnull=True)}
    theirs = {path for path, unit in known.items() if not _is_from_register(unit)}
    wanted = {
        path: unit
        for path, unit in _wanted(municipalities, institutions, as_of=as_of).items()
        if path in theirs or not _has_own_chain(path, theirs)
    }
    gone = [known.pop(path) for path in set(known) - set(wanted) - theirs]
    _end(gone, on=as_of)
    fresh = {path: unit for path, unit in wanted.items() if path not in known}
    _add_level_by_level(fresh, known)
    _add_posts(known)
    if fresh or gone:
        refresh_statistics(Unit, Post)
        record(Event.Kind.ORGANISATION_LOADED, by=by, about=known["dk"])
    return len(fresh)


def _has_own_chain(path: str, theirs: Collection[str]) -> bool:
    """Whether a unit lies in a municipality that changes its chain itself."""
    parts = path.split("/")
    return "/".join(parts[:2]) in theirs and Area.OTHERS.value not in parts


def _wanted(
    municipalities: Iterable[tuple[str, str]],
    institutions: Iterable[Institution],
    *,
    as_of: date,
) -> Units:
    """Return every unit there should be, by path, parents before children."""
    stamp = now()

    def unit(path: str, kind: Kind, name: str, **facts: object) -> Unit:
        return Unit(
            path=path,
            code=path.rsplit("/", 1)[-1],
            kind=kind.value,
            name=name,
            search_name=fold(name),
            valid_from=as_of,
            recorded_at=stamp,
            **facts,
        )

    units = [unit("dk", Kind.COUNTRY, "Danmark")]
    codes = dict(municipalities)
    for code, name in codes.items():
        units.append(unit(f"dk/{code}", Kind.MUNICIPALITY, name))
        units += [unit(f"dk/{code}/{a.value}", Kind.AREA, a.value) for a in Area]
    for one in institutions:
        units.append(
            unit(
                _path(one, codes),
                Kind.SCHOOL if one.is_school else Kind.DAYCARE,
                one.name,
                form=one.form,
                owner=one.owner,
                town=one.town,
                latitude=one.latitude,
                longitude=one.longitude,
            )
        )
    return {unit.path: unit for unit in units}


def _path(one: Institution, municipalities: dict[str, str]) -> str:
    """Return where an institution belongs; outside all municipalities, the country."""
    if one.municipality_code not in municipalities:
        return f"dk/{Area.OTHERS.value}/{one.code}"
    area = area_of(is_school=one.is_school, form=one.form, owner=one.owner)
    return f"dk/{one.municipality_code}/{area.value}/{one.code}"


def _end(units: list[Unit], *, on: date) -> None:
    """Close units, their places, and the posts that led them, on a day."""
    ids = [unit.pk for unit in units]
    Link.objects.filter(lower__unit_id__in=ids).end(on)
    Link.objects.filter(upper__unit_id__in=ids).end(on)
    Post.objects.filter(unit_id__in=ids).end(on)
    Placement.objects.filter(unit_id__in=ids).end(on)
    Unit.objects.filter(pk__in=ids).end(on)


def _add_level_by_level(fresh: Units, known: Units) -> None:
    """Store new units, parents first; `known` grows to hold them all."""
    for depth in range(4):
        level = [unit for path, unit in fresh.items() if path.count("/") == depth]
        for unit in level:
            unit.parent = _nearest_known(unit.path, known)
        Unit.objects.bulk_create(level, batch_size=BATCH)
        Placement.objects.bulk_create(
            [_placement(unit) for unit in level if unit.parent], batch_size=BATCH
        )
        known.update({unit.path: unit for unit in level})


def _placement(unit: Unit) -> Placement:
    return Placement(
        unit=unit,
        parent=unit.parent,
        hierarchy=Hierarchy.LINE.value,
        valid_from=unit.valid_from,
    )


def _nearest_known(path: str, known: Units) -> Unit | None:
    """Return the closest unit above `path`."""
    while "/" in path:
        path = path.rsplit("/", 1)[0]
        if path in known:
            return known[path]
    return None


def _add_posts(units: Units) -> None:
    """Give each municipality the template's posts, all vacant, where they lack."""
    there = Post.objects.filter(valid_to__isnull=True).select_related("unit")
    posts = {(post.unit.path, post.role): post for post in there}
    for layer in (_committees, _directors, _chiefs, _leaders):
        fresh = [
            (post, above)
            for post, above in layer(units, posts)
            if (post.unit.path, post.role) not in posts
        ]
        Post.objects.bulk_create([post for post, _above in fresh], batch_size=BATCH)
        Link.objects.bulk_create(
            [
                Link(lower=post, upper=above, valid_from=post.valid_from)
                for post, above in fresh
                if above
            ],
            batch_size=BATCH,
        )
        posts.update({(post.unit.path, post.role): post for post, _above in fresh})


Posts: TypeAlias = dict[tuple[str, str], Post]
Linked: TypeAlias = tuple[Post, Post | None]


def _post(unit: Unit, role: Role, above: Post | None) -> Linked:
    key = role.value.replace("_", "-")
    if role is Role.LEADER:
        key = f"{key}-{unit.code.lower()}"
    return Post(unit=unit, role=role.value, key=key, valid_from=unit.valid_from), above


def _municipalities(units: Units) -> list[Unit]:
    """Return those whose chain follows the template; others bring a chain of theirs."""
    return [
        unit
        for unit in units.values()
        if unit.kind == Kind.MUNICIPALITY.value and _is_from_register(unit)
    ]


def _is_from_register(unit: Unit) -> bool:
    return unit.origin == Origin.REGISTER.value


def _committees(units: Units, _posts: Posts) -> list[Linked]:
    return [_post(unit, Role.COMMITTEE, None) for unit in _municipalities(units)]


def _directors(units: Units, posts: Posts) -> list[Linked]:
    return [
        _post(unit, Role.DIRECTOR, posts[unit.path, Role.COMMITTEE.value])
        for unit in _municipalities(units)
    ]


def _chiefs(units: Units, posts: Posts) -> list[Linked]:
    return [
        _post(
            units[f"{unit.path}/{area.value}"],
            role,
            posts[unit.path, Role.DIRECTOR.value],
        )
        for unit in _municipalities(units)
        for area, role in CHIEFS.items()
    ]


def _leaders(units: Units, posts: Posts) -> list[Linked]:
    chiefs = {area.value: role.value for area, role in CHIEFS.items()}
    found = []
    for path, unit in units.items():
        home, _slash, _code = path.rpartition("/")
        area = home.rpartition("/")[2]
        is_led = unit.kind in INSTITUTIONS and area in chiefs
        if is_led and _is_from_register(unit):
            found.append(_post(unit, Role.LEADER, posts[home, chiefs[area]]))
    return found
