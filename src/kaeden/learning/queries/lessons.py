"""Read what was learnt, as far as each may read it; each docstring ends with its cost.

A lesson from a test is read by those who may read the test. It belongs to a unit, and
to those who carry the unit on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may
from kaeden.learning.errors import NoSuchLesson
from kaeden.learning.models import Lesson, TestOfChange, TestPart
from kaeden.learning.queries import tests_of_change as tests
from kaeden.learning.queries.tests_of_change import house_of
from kaeden.learning.rules.lessons import NEW_FOR_DAYS, holds_all, words_of
from kaeden.organisation.models import Holding, Succession, Unit
from kaeden.organisation.queries import name_of
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLesson:
    """What was learnt, where and under which conditions, and what it came from.

    `unit` is where it was learnt, also when that has another name today.
    """

    id: int
    words: str
    conditions: str
    who: str
    unit: str
    written_on: date
    test_id: int | None
    test_name: str
    practice: str
    is_mine: bool


def may_write(actor: Actor) -> Verdict:
    """Judge whether a post may write what it has learnt where it is (0 queries)."""
    return may(actor, Permission.WRITE_LESSON, at=actor.path)


def search(actor: Actor, asked: str = "") -> list[SeenLesson]:
    """Return the municipality's lessons that hold every word, newest first (2 queries).

    A test whose unit has ended costs as `tests_of_change.seen_by`.
    """
    wanted = words_of(asked)
    return [
        one
        for one in _seen(actor, _in_town(actor))
        if holds_all(
            wanted, one.words, one.conditions, one.unit, one.test_name, one.who
        )
    ]


def of_practice(actor: Actor, practice: str) -> list[SeenLesson]:
    """Return what was learnt of a practice (as `search`)."""
    return _seen(actor, _in_town(actor).filter(practice=practice))


def of_test(actor: Actor, test: int) -> list[SeenLesson]:
    """Return what was learnt from a test (as `search`)."""
    return _seen(actor, _in_town(actor).filter(test_id=test))


def at_my_unit(actor: Actor) -> list[SeenLesson]:
    """Return what was learnt at one's unit and below, and at those it carries on.

    (As `search`, and a query for each generation.)
    """
    if not actor.path:
        return []
    here = Unit.objects.filter(path__startswith=actor.path)
    units = _with_ancestors(
        [one.pk for one in here if f"{one.path}/".startswith(f"{actor.path}/")]
    )
    return _seen(actor, _in_town(actor).filter(unit_id__in=units))


def for_a_new_leader(actor: Actor) -> list[SeenLesson]:
    """Return what was learnt before whoever acts now began in the post.

    Empty for those who are no longer new (1 query, and those of `at_my_unit`).
    """
    day = today()
    held = Holding.objects.at(day).filter(post_id=actor.post_id or 0)
    since = held.values_list("valid_from", flat=True).first()
    if since is None or (day - since).days > NEW_FOR_DAYS:
        return []
    return [one for one in at_my_unit(actor) if one.written_on < since]


def get_lesson(actor: Actor, pk: int) -> Lesson:
    """Return the row of a lesson that one may read, for an action (as `search`).

    Raises
    ------
    NoSuchLesson
        Also when it exists and is not for one's post.
    """
    found = next(iter(_readable(actor, _in_town(actor).filter(pk=pk))), None)
    if found is None:
        raise NoSuchLesson(_("There is no such lesson for your post to read."))
    return found


def _with_ancestors(units: Sequence[int]) -> set[int]:
    """Return units and all that they carry on (a query for each generation)."""
    known, waiting = set(units), set(units)
    while waiting:
        rows = Succession.objects.filter(successor_id__in=waiting)
        waiting = set(rows.values_list("predecessor_id", flat=True)) - known
        known |= waiting
    return known


def _in_town(actor: Actor) -> QuerySet[Lesson]:
    town = "/".join(actor.path.split("/")[:2])
    parts = TestPart.objects.select_related("post__unit", "unit__parent")
    sources = TestOfChange.objects.select_related("post__unit")
    rows = Lesson.objects.filter(
        unit__path__startswith=f"{town}/", withdrawn_on__isnull=True
    )
    return (
        rows.select_related("post__unit", "unit__parent")
        .prefetch_related(
            Prefetch(
                "test",
                queryset=sources.prefetch_related(Prefetch("parts", queryset=parts)),
            )
        )
        .order_by("-written_on", "-pk")
    )


def _readable(actor: Actor, rows: Iterable[Lesson]) -> list[Lesson]:
    return [one for one in rows if _may_read(actor, one)]


def _may_read(actor: Actor, one: Lesson) -> bool:
    if actor.post_id is None:
        return False
    if one.test is not None:
        return tests.is_readable(actor, one.test)
    town = "/".join(one.unit.path.split("/")[:2])
    return bool(may(actor, Permission.READ_LESSON, at=town))


def _seen(actor: Actor, rows: Iterable[Lesson]) -> list[SeenLesson]:
    return [
        SeenLesson(
            id=one.pk,
            words=one.words,
            conditions=one.conditions,
            who=name_of(one.post),
            unit=house_of(one.unit).name,
            written_on=one.written_on,
            test_id=one.test_id,
            test_name=one.test.name if one.test else "",
            practice=one.practice,
            is_mine=one.post_id == actor.post_id,
        )
        for one in _readable(actor, rows)
    ]
