"""Write down what was learnt, and take it back."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Verdict, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.learning.models import Lesson
from kaeden.learning.queries.lessons import get_lesson, may_write
from kaeden.learning.queries.practices import practices
from kaeden.learning.queries.tests_of_change import get_test
from kaeden.learning.rules.lessons import LONGEST, LONGEST_CONDITIONS
from kaeden.organisation.queries import get_municipality, get_unit_at
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What was learnt, when it holds, and the test or the practice that it is from."""

    words: str
    conditions: str
    test: int | None = None
    practice: str = ""


@transaction.atomic
def write(what: Learnt, *, by: Actor) -> Lesson:
    """Write down what one's unit has learnt.

    Raises
    ------
    Forbidden
        If one's post is none that writes lessons.
    NoSuchTest
        If one may not read the test that it is from.
    BadInput
        If the words can't be kept, or there is no such practice.
    """
    require(may_write(by))
    assert by.user_id is not None, "a post that writes lessons is somebody's"
    assert by.post_id is not None, "a post that writes lessons is somebody's"
    test = get_test(by, what.test) if what.test else None
    practice = what.practice or (test.practice if test else "")
    known(practice, by)
    made = Lesson.objects.create(
        post_id=by.post_id,
        unit=get_unit_at(by.path),
        words=whole(what.words, longest=LONGEST),
        conditions=whole(what.conditions, longest=LONGEST_CONDITIONS),
        test=test,
        practice=practice,
        made_by_id=by.user_id,
        written_on=today(),
    )
    record(Event.Kind.LESSON_WRITTEN, by=by, about=made)
    return made


def known(practice: str, by: Actor) -> None:
    """Refuse the key of a practice that the municipality has not (at most 2 queries)."""
    if practice and practice not in practices(get_municipality(by.path.split("/")[1])):
        raise BadInput(_("There is no such practice. Choose one from the list."))


@transaction.atomic
def withdraw(pk: int, *, by: Actor) -> None:
    """Take back what one's own post has written.

    Raises
    ------
    NoSuchLesson
        If one may not read it.
    Refused
        If another post wrote it.
    """
    one = get_lesson(by, pk)
    verdict = Verdict(
        allowed=one.post_id == by.post_id,
        why_not=_("Whoever wrote it takes it back."),
    )
    require(verdict, otherwise=Refused)
    Lesson.objects.filter(pk=pk).update(withdrawn_on=today())
    record(Event.Kind.LESSON_WITHDRAWN, by=by, about=one)
