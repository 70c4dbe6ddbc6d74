"""Tell Fjordby's year of meetings: what was proposed, said and decided."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time, timedelta
from functools import lru_cache

from kaeden.access.rules import Actor
from kaeden.demo.cast import Line, from_file
from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions import meetings, minutes
from kaeden.dialogue.actions.meetings import Appointment
from kaeden.dialogue.models import Meeting, MeetingItem
from kaeden.dialogue.queries.proposals import choices_for
from kaeden.goals.models import Goal

CALLED_BEFORE, AGREED_BEFORE, APPROVED_AFTER = 21, 7, 4
MOST_KEPT = 10
FRIDAY = 4


class CarriedLine(Line):
    """That a decision took longer: when it was said, by which day instead, and why."""

    after: int
    due: int
    reason: str


class DecidedLine(Line):
    """A decision: whose, due and done so many days after the meeting."""

    words: str
    owner: str
    due: int
    carried: CarriedLine | None = None
    done: int | None = None
    outcome: str = ""


class SaidLine(Line):
    """What was said about the item whose title begins so, and what was decided."""

    about: str
    words: str
    decided: tuple[DecidedLine, ...] = ()
    correction: str = ""


class MeetingLine(Line):
    """A meeting so many days ago; one to come has days below zero.

    The first of its own items is about `goal`, by the goal's key or its own name.
    """

    by: str
    ago: int
    starts: time = time(9)
    ends: time = time(11)
    place: str
    own: tuple[str, ...] = ()
    goal: str = ""
    said: tuple[SaidLine, ...] = ()
    waits: bool = False


class Year(Line):
    """Everything in the file."""

    meetings: tuple[MeetingLine, ...]


@lru_cache(maxsize=1)
def year() -> Year:
    """Return the year's meetings; read once."""
    return from_file("meetings.yaml", Year)


def tell_of_meetings(scene: Scene, goals: Mapping[str, Goal]) -> Iterator[Telling]:
    """Give every meeting, from the day it is called until what it decided is done."""
    for line in year().meetings:
        yield _held(scene, line, goals[line.goal].pk if line.goal else None)


def _held(scene: Scene, line: MeetingLine, goal: int | None) -> Telling:
    by, day = scene.voices[line.by], _weekday(scene, line.ago)
    yield _before(scene, day, CALLED_BEFORE)
    made = meetings.call(
        Appointment(day=day, starts=line.starts, ends=line.ends, place=line.place),
        by=by,
    )
    yield _before(scene, day, AGREED_BEFORE)
    for title in line.own:
        meetings.add_item(
            made.pk, title, goal=goal if title == line.own[0] else None, by=by
        )
    if line.waits:
        return
    keys = [key for key, *_rest, is_on in choices_for(made.pk) if is_on]
    own, others = _parted(keys)
    kept = [*own, *others][:MOST_KEPT]
    meetings.approve_agenda(
        made.pk, on=kept, off=[key for key in keys if key not in kept], by=by
    )
    if line.said:
        yield from _minuted(scene, made, line, by, day)


def _minuted(
    scene: Scene, made: Meeting, line: MeetingLine, by: Actor, day: date
) -> Telling:
    """Tell what was said on the day, and what became of what was decided."""
    yield day
    decided = []
    for said in line.said:
        rows = MeetingItem.objects.filter(meeting=made, is_on=True)
        item = rows.filter(title__startswith=said.about).first()
        if item is None:
            continue
        minutes.write(made.pk, item.pk, said.words, after=0, by=by)
        decided += [
            (_decided(scene, made, item.pk, one, by, day), one) for one in said.decided
        ]
    yield day + timedelta(days=APPROVED_AFTER)
    minutes.approve(made.pk, by=by)
    for said in line.said:
        if said.correction:
            rows = MeetingItem.objects.filter(meeting=made, is_on=True)
            item = rows.get(title__startswith=said.about)
            minutes.correct(made.pk, item.pk, said.correction, by=by)
    for after, verb in sorted(_fates(scene, decided, day), key=lambda one: one[0]):
        yield day + timedelta(days=after)
        verb()


def _decided(
    scene: Scene, made: Meeting, item: int, line: DecidedLine, by: Actor, day: date
) -> int:
    owner = scene.posts[line.owner].pk
    due = day + timedelta(days=line.due)
    return minutes.decide(made.pk, item, line.words, owner=owner, due=due, by=by).pk


def _fates(
    scene: Scene, decided: list[tuple[int, DecidedLine]], day: date
) -> Iterator[tuple[int, Callable[[], None]]]:
    """Give what the owners of decisions do, each with its day after the meeting."""
    for pk, line in decided:
        owner = scene.voices[line.owner]
        if line.carried:
            yield line.carried.after, _carry(pk, line.carried, owner, day)
        if line.done is not None:
            yield line.done, _finish(pk, line.outcome, owner)


def _carry(pk: int, line: CarriedLine, by: Actor, day: date) -> Callable[[], None]:
    due = day + timedelta(days=line.due)
    return lambda: minutes.carry_on(pk, line.reason, due=due, by=by)


def _finish(pk: int, outcome: str, by: Actor) -> Callable[[], None]:
    return lambda: minutes.finish(pk, outcome, by=by)


def _weekday(scene: Scene, ago: int) -> date:
    """Return the day, or the Friday before a weekend."""
    day = scene.day(ago)
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def _before(scene: Scene, day: date, days: int) -> date:
    """Return so many days before a meeting, and never after today."""
    return min(day - timedelta(days=days), scene.town.days.today)


def _parted(keys: list[str]) -> tuple[list[str], list[str]]:
    """Return the chair's own items, and those that were proposed."""
    own = [key for key in keys if key.startswith("own ")]
    return own, [key for key in keys if key not in own]
