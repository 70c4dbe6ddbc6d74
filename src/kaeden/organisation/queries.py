"""Read the organisation; each docstring ends with what it costs."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Post, Succession, Unit
from kaeden.organisation.rules import INSTITUTIONS, INVENTED, Kind
from kaeden.shared.words import fold

MOST_FOUND = 30


def within(town: Unit, of: str = "") -> Q:
    """Return the condition that a unit is a municipality or lies in it."""
    return Q(**{f"{of}path": town.path}) | Q(
        **{f"{of}path__startswith": f"{town.path}/"}
    )


def units_now() -> QuerySet[Unit]:
    """Return the units there are today (0 queries until it is read)."""
    return Unit.objects.filter(valid_to__isnull=True)


def municipalities(*, with_invented: bool = False) -> list[Unit]:
    """Return the real municipalities by name, and the invented one if asked (1 query)."""
    found = units_now().filter(kind=Kind.MUNICIPALITY.value)
    left_out = "" if with_invented else INVENTED
    return sorted(found.exclude(code=left_out), key=lambda unit: unit.name)


def is_there(code: str) -> bool:
    """Whether there is a municipality with a code today (1 query)."""
    return units_now().filter(kind=Kind.MUNICIPALITY.value, code=code).exists()


def get_municipality(code: str) -> Unit:
    """Return a municipality by its code (1 query).

    Raises
    ------
    NoSuchUnit
        If there is none today.
    """
    return _one(units_now().filter(kind=Kind.MUNICIPALITY.value, code=code))


def get_institution(code: str) -> Unit:
    """Return a school or a day-care institution by its code (1 query).

    Raises
    ------
    NoSuchUnit
        If there is none today.
    """
    return _one(
        units_now()
        .filter(kind__in=INSTITUTIONS, code=code)
        .select_related("parent__parent__parent")
    )


def find_institution(code: str) -> Unit:
    """Return an institution by its code, also one that has ended (1 query).

    Raises
    ------
    NoSuchUnit
        If there never was one.
    """
    there = Unit.objects.filter(kind__in=INSTITUTIONS, code=code)
    newest = there.order_by(F("valid_to").desc(nulls_first=True), "-pk")
    return _one(newest.select_related("parent__parent__parent"))


def _one(units: QuerySet[Unit]) -> Unit:
    found = units.first()
    if found is None:
        raise NoSuchUnit(_("There is no such place. Search for its name."))
    return found


def get_place(code: str) -> Unit:
    """Return a municipality or an institution by its code (1 query).

    Raises
    ------
    NoSuchUnit
        If there is none today.
    """
    kinds = (Kind.MUNICIPALITY.value, *INSTITUTIONS)
    return _one(
        units_now()
        .filter(kind__in=kinds, code=code)
        .select_related("parent__parent__parent")
    )


def get_unit(municipality: Unit, code: str) -> Unit:
    """Return a unit of a municipality, also one that has ended (1 query).

    Of several that have had the code, it is the newest.

    Raises
    ------
    NoSuchUnit
        If there never was one.
    """
    there = Unit.objects.filter(within(municipality), code=code)
    return _one(there.order_by(F("valid_to").desc(nulls_first=True), "-pk"))


def paths_of(unit: Unit) -> tuple[str, ...]:
    """Return where the rights to a unit lie today (a query for each generation).

    They lie at the unit itself; when it has ended, at the units that carry it on. One
    that nobody carries on belongs to those who were above it, and to nobody at a new
    unit with its code.
    """
    return _paths(
        unit,
        lambda ended: list(Unit.objects.filter(preceded_by__predecessor__in=ended)),
    )


def rights_in(municipality: Unit) -> dict[str, tuple[str, ...]]:
    """Return where the rights to each unit lie today, by code, ended too (2 queries)."""
    units: dict[str, Unit] = {}
    there = Unit.objects.filter(within(municipality)).select_related("parent")
    for unit in there.order_by(F("valid_to").asc(nulls_last=True), "pk"):
        units[unit.code] = unit
    after: dict[int, list[Unit]] = {}
    carried = Succession.objects.filter(within(municipality, "predecessor__"))
    for one in carried.select_related("successor__parent"):
        after.setdefault(one.predecessor_id, []).append(one.successor)
    return {
        code: _paths(unit, lambda ended: [u for pk in ended for u in after.get(pk, ())])
        for code, unit in units.items()
    }


def _paths(
    unit: Unit, carried_on: Callable[[list[int]], list[Unit]]
) -> tuple[str, ...]:
    """Follow a unit to those of today, through whoever carried it on."""
    paths: list[str] = []
    seen: set[int] = set()
    units = [unit]
    while units:
        paths += [one.path for one in units if one.valid_to is None]
        ended = [one.pk for one in units if one.valid_to and one.pk not in seen]
        seen.update(ended)
        units = carried_on(ended) if ended else []
    if not paths and unit.parent is not None:
        paths = [f"{above}/-{unit.code}" for above in _paths(unit.parent, carried_on)]
    return tuple(dict.fromkeys(paths))


def get_unit_by_id(pk: int) -> Unit:
    """Return a unit that something hangs on, also one that has ended (1 query)."""
    return Unit.objects.get(pk=pk)


def get_unit_at(path: str) -> Unit:
    """Return the unit of today at a path (1 query)."""
    return units_now().select_related("parent").get(path=path)


def institutions_of(municipality: Unit) -> list[Unit]:
    """Return a municipality's schools and day-care institutions by name (1 query)."""
    below = units_now().filter(
        kind__in=INSTITUTIONS, path__startswith=f"{municipality.path}/"
    )
    return sorted(below, key=lambda unit: unit.search_name)


def name_of(post: Post) -> str:
    """Return a post's name, with its institution's or cluster's (0 queries).

    The post's unit has to be read along.
    """
    if post.unit.kind in {*INSTITUTIONS, Kind.CLUSTER.value}:
        return f"{post.name}, {post.unit.name}"
    return str(post.name)


def institutions_ever_of(municipality: Unit) -> list[Unit]:
    """Return a municipality's institutions by code, ended ones too (1 query).

    Of several that have had a code, it is the one of today or else the newest.
    """
    there = Unit.objects.filter(within(municipality), kind__in=INSTITUTIONS)
    newest_last = there.order_by("code", F("valid_to").asc(nulls_last=True), "pk")
    return list({unit.code: unit for unit in newest_last}.values())


def names_of_posts(posts: Collection[int]) -> dict[int, str]:
    """Return what posts are called with their unit, also ended ones (1 query)."""
    found = Post.objects.filter(pk__in=posts).select_related("unit")
    return {post.pk: f"{post.name}, {post.unit.full_name}" for post in found}


def get_post(pk: int) -> Post:
    """Return a post of today with its unit (1 query).

    Raises
    ------
    NoSuchUnit
        If there is none today.
    """
    found: Post | None = (
        Post.objects.filter(pk=pk, valid_to__isnull=True).select_related("unit").first()
    )
    if found is None:
        raise NoSuchUnit(_("There is no such post."))
    return found


def get_named_post(name: str) -> Post:
    """Return a post of today by municipality and key: ``999/director`` (2 queries).

    Raises
    ------
    NoSuchUnit
        If there is none.
    """
    code, _slash, key = name.partition("/")
    town = units_now().filter(kind=Kind.MUNICIPALITY.value, code=code).first()
    post = posts_by_key(town).get(key) if town else None
    if post is None:
        raise NoSuchUnit(
            _(
                "There is no post called “%(name)s”. Write the municipality's code and "
                "the post's key, such as 999/director."
            )
            % {"name": name}
        )
    return post


def get_post_by_key(municipality: Unit, key: str) -> Post:
    """Return a municipality's post by its key, also one that has ended (1 query).

    Raises
    ------
    NoSuchUnit
        If there never was one.
    """
    there = Post.objects.filter(within(municipality, "unit__"), key=key)
    newest = there.order_by(F("valid_to").desc(nulls_first=True), "-pk")
    found: Post | None = newest.select_related("unit__parent").first()
    if found is None:
        raise NoSuchUnit(_("There is no such post."))
    return found


def key_of(pk: int | None, municipality: Unit) -> str:
    """Return the key of a post, "" if it lies outside the municipality (1 query).

    No post is not asked for.
    """
    if pk is None:
        return ""
    there = Post.objects.filter(within(municipality, "unit__"), pk=pk)
    return there.values_list("key", flat=True).first() or ""


def posts_by_key(municipality: Unit) -> dict[str, Post]:
    """Return a municipality's posts of today by key, with their units (1 query)."""
    there = Post.objects.filter(within(municipality, "unit__"), valid_to__isnull=True)
    return {post.key: post for post in there.select_related("unit")}


def search(words: str) -> list[Unit]:
    """Return municipalities and institutions whose name holds the words (1 query)."""
    folded = fold(words)
    if len(folded) < 2:
        return []
    kinds = (Kind.MUNICIPALITY.value, *INSTITUTIONS)
    found = (
        units_now()
        .filter(kind__in=kinds, search_name__contains=folded)
        .select_related("parent__parent__parent")
        .order_by("search_name")[: MOST_FOUND * 10]
    )
    ranked = sorted(
        found,
        key=lambda unit: (
            unit.kind != Kind.MUNICIPALITY.value,
            not unit.search_name.startswith(folded),
            unit.search_name,
        ),
    )
    return ranked[:MOST_FOUND]


def unit_ids(*, ever_in: str = "") -> Mapping[tuple[str, str], int]:
    """Return the id of each unit by level and code (1 query).

    Levels are those of the data: ``country``, ``municipality``, ``institution``. Units
    of the municipality `ever_in` are there also when they have ended.
    """
    level = {
        Kind.COUNTRY.value: "country",
        Kind.MUNICIPALITY.value: "municipality",
        Kind.SCHOOL.value: "institution",
        Kind.DAYCARE.value: "institution",
        Kind.SOCIAL.value: "institution",
    }
    counts = Q(valid_to__isnull=True)
    if ever_in:
        counts |= Q(path__startswith=f"dk/{ever_in}/")
    newest_last = F("valid_to").asc(nulls_last=True)
    there = Unit.objects.filter(counts).order_by(newest_last, "pk")
    rows = there.values_list("kind", "code", "pk")
    return {(level[kind], code): pk for kind, code, pk in rows if kind in level}
