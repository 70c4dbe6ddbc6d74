"""Tell what Fjordby's teams try and count, how each test ended, and what was learnt."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from kaeden.access.rules import Actor
from kaeden.demo.cast import Line, from_file
from kaeden.demo.scene import Scene, Telling
from kaeden.learning.actions import lessons, observations
from kaeden.learning.actions import tests_of_change as trying
from kaeden.learning.models import TestOfChange
from kaeden.learning.rules.tests_of_change import Audience, Decision, MeasureKind


class TestStep(StrEnum):
    """What happens to a test."""

    BEGIN = "begin"
    SHARE = "share"
    DECIDE = "decide"
    ASK = "ask"
    JOIN = "join"


class MeasureLine(Line):
    """How one of the three measures is known."""

    better: str
    indicator: str = ""
    words: str = ""
    counted: str = ""
    unit_of_measure: str = ""


class StepLine(Line):
    """A step of a test; `post` is who is asked or joins, the rest what is decided."""

    step: TestStep
    ago: int
    post: str = ""
    audience: Audience = Audience.NOBODY
    decision: Decision = Decision.ADOPT
    words: str = ""
    change: str = ""
    until: int = 0


class SeriesLine(Line):
    """What was counted of a measure at even distances, by the test's own post or `by`."""

    of: MeasureKind
    by: str = ""
    ago: int
    every: int
    counts: tuple[float | tuple[int, int], ...]


class LessonLine(Line):
    """What was learnt, and when it holds."""

    by: str
    ago: int
    words: str
    conditions: str
    practice: str = ""


class TestLine(Line):
    """A test of change from its plan to what was learnt by it."""

    name: str
    by: str
    ago: int
    practice: str = ""
    aim: str
    aim_value: float
    aim_by: int
    change: str
    ends: int
    measures: Mapping[MeasureKind, MeasureLine]
    steps: tuple[StepLine, ...] = ()
    counts: tuple[SeriesLine, ...] = ()
    lesson: LessonLine | None = None


class Tried(Line):
    """Everything in the file."""

    tests: tuple[TestLine, ...]
    lessons: tuple[LessonLine, ...]


@lru_cache(maxsize=1)
def tried() -> Tried:
    """Return what is tried and learnt; read once."""
    return from_file("tests_of_change.yaml", Tried)


Doing: TypeAlias = tuple[int, Callable[[], object]]
"""Something that is done so many days ago."""


def tell_of_tests(scene: Scene) -> Iterator[Telling]:
    """Give each test with every step, count and lesson."""
    for line in tried().tests:
        yield _tried(scene, line)


def tell_of_lessons(scene: Scene) -> Iterator[Telling]:
    """Give what was learnt without a test."""
    for line in tried().lessons:
        yield _learnt(scene, line)


def _tried(scene: Scene, line: TestLine) -> Telling:
    yield scene.day(line.ago)
    made = trying.plan(_plan(scene, line), by=scene.voices[line.by])
    things = [*_steps(scene, line, made), *_counts(scene, line, made)]
    for ago, do in sorted(things, key=lambda one: -one[0]):
        yield scene.day(ago)
        do()
    if line.lesson:
        yield from _learnt(scene, line.lesson, test=made.pk)


def _plan(scene: Scene, line: TestLine) -> trying.Plan:
    days = scene.town.days
    return trying.Plan(
        name=line.name,
        aim=line.aim,
        aim_value=line.aim_value,
        aim_by=days.ahead(line.aim_by),
        change=line.change,
        ends_on=days.ahead(line.ends),
        measures={
            kind: trying.Counting(**measure.model_dump())
            for kind, measure in line.measures.items()
        },
        practice=line.practice,
    )


def _steps(scene: Scene, line: TestLine, made: TestOfChange) -> Iterator[Doing]:
    for one in line.steps:
        yield one.ago, _step(scene, line, made.pk, one)


def _step(scene: Scene, line: TestLine, pk: int, one: StepLine) -> Callable[[], None]:
    by = scene.voices[one.post if one.step is TestStep.JOIN else line.by]
    return lambda: STEPS[one.step](scene, pk, one, by)


def _counts(scene: Scene, line: TestLine, made: TestOfChange) -> Iterator[Doing]:
    kinds = dict(made.measures.values_list("kind", "pk"))
    for series in line.counts:
        by = scene.voices[series.by or line.by]
        for number, counted in enumerate(series.counts):
            ago = series.ago - number * series.every
            day = scene.day(ago)
            number_of = counted if isinstance(counted, Sequence) else (counted, None)
            what = observations.Count(
                measure=kinds[series.of], day=day, number=number_of[0], of=number_of[1]
            )
            yield ago, _count(made.pk, what, by)


def _count(pk: int, what: observations.Count, by: Actor) -> Callable[[], object]:
    return lambda: observations.observe(pk, what, by=by)


def _learnt(scene: Scene, line: LessonLine, *, test: int | None = None) -> Telling:
    what = lessons.Learnt(
        words=line.words, conditions=line.conditions, test=test, practice=line.practice
    )
    yield scene.day(line.ago)
    lessons.write(what, by=scene.voices[line.by])


def _begin(scene: Scene, pk: int, one: StepLine, by: Actor) -> None:
    trying.begin(pk, scene.day(one.ago), by=by)


def _share(_scene: Scene, pk: int, one: StepLine, by: Actor) -> None:
    trying.share(pk, one.audience, by=by)


def _decide(scene: Scene, pk: int, one: StepLine, by: Actor) -> None:
    ends_on = scene.town.days.ahead(one.until)
    onward = trying.Onward(change=one.change, ends_on=ends_on) if one.change else None
    trying.decide(pk, one.decision, one.words, onward=onward, by=by)


def _ask(scene: Scene, pk: int, one: StepLine, by: Actor) -> None:
    observations.ask_to_join(pk, scene.posts[one.post].pk, by=by)


def _join(_scene: Scene, pk: int, _one: StepLine, by: Actor) -> None:
    observations.join(pk, by=by)


STEPS: Mapping[TestStep, Callable[[Scene, int, StepLine, Actor], None]] = {
    TestStep.BEGIN: _begin,
    TestStep.SHARE: _share,
    TestStep.DECIDE: _decide,
    TestStep.ASK: _ask,
    TestStep.JOIN: _join,
}
