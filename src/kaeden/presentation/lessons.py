"""What was learnt, in words: what, where, under which conditions, and from what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.learning.practices import Practice
from kaeden.learning.queries.lessons import SeenLesson


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonView:
    """A lesson, ready to be read."""

    id: int
    words: str
    conditions: str
    source: str
    test: str
    test_href: str
    practice: str
    is_mine: bool


def views(
    found: Iterable[SeenLesson], practices: Mapping[str, Practice] | None = None
) -> tuple[LessonView, ...]:
    """Return lessons; `practices` give the titles of those that they are about."""
    return tuple(_view(one, practices or {}) for one in found)


def _view(one: SeenLesson, practices: Mapping[str, Practice]) -> LessonView:
    known = practices.get(one.practice)
    return LessonView(
        id=one.id,
        words=one.words,
        conditions=one.conditions,
        source=_("%(unit)s · %(who)s · %(day)s")
        % {"unit": one.unit, "who": one.who, "day": date_format(one.written_on)},
        test=one.test_name,
        test_href=reverse("web:test_of_change", args=[one.test_id])
        if one.test_id
        else "",
        practice=str(known.title) if known else "",
        is_mine=one.is_mine,
    )
