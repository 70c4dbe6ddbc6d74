"""Tell what robs leaders of time: reported, joined, merged, decided, measured again."""

from collections.abc import Iterator
from functools import lru_cache

from kaeden.conditions.actions import time_robbers
from kaeden.conditions.models import TimeRobber
from kaeden.conditions.rules.time_robbers import Decision, Outside
from kaeden.demo.cast import Line, from_file
from kaeden.demo.scene import Scene, Telling


class JoinedLine(Line):
    """Somebody who loses time to the same."""

    by: str
    ago: int
    minutes: int
    words: str


class MergedLine(Line):
    """One that is reported by itself, and put together with the other on a day."""

    title: str
    by: str
    ago: int
    minutes: int
    merged: int


class DecidedLine(Line):
    """What the post decided that it waited for."""

    ago: int
    decision: Decision
    reason: str


class NowLine(Line):
    """What it takes somebody now."""

    by: str
    ago: int
    minutes: int


class RobberLine(Line):
    """A time robber: `to` is the key of a post above, or what lies outside."""

    title: str
    by: str
    to: str
    minutes: int
    ago: int
    more: str = ""
    joined: tuple[JoinedLine, ...] = ()
    merged: tuple[MergedLine, ...] = ()
    decided: DecidedLine | None = None
    now: tuple[NowLine, ...] = ()


class Robbers(Line):
    """Everything in the file."""

    robbers: tuple[RobberLine, ...]


@lru_cache(maxsize=1)
def robbers() -> tuple[RobberLine, ...]:
    """Return what robs leaders of time; read once."""
    return from_file("time_robbers.yaml", Robbers).robbers


def tell_of_time(scene: Scene) -> Iterator[Telling]:
    """Give each time robber, with everything that becomes of it."""
    for line in robbers():
        yield _told(scene, line)


def _told(scene: Scene, line: RobberLine) -> Telling:
    yield scene.day(line.ago)
    made = _report(scene, line, line.title, line.by, line.minutes)
    others: list[JoinedLine | MergedLine] = [*line.joined, *line.merged]
    for one in sorted(others, key=lambda one: -one.ago):
        yield scene.day(one.ago)
        if isinstance(one, MergedLine):
            yield from _merged(scene, line, made, one)
        else:
            by = scene.voices[one.by]
            time_robbers.join(made.pk, one.words, minutes=one.minutes, by=by)
    if line.decided:
        yield scene.day(line.decided.ago)
        said = line.decided
        by = scene.voices[_decider(scene, made)]
        time_robbers.decide(made.pk, said.decision, said.reason, by=by)
    for told in line.now:
        yield scene.day(told.ago)
        time_robbers.measure(made.pk, told.minutes, by=scene.voices[told.by])


def _report(
    scene: Scene, line: RobberLine, title: str, by: str, minutes: int
) -> TimeRobber:
    is_outside = line.to in {one.value for one in Outside}
    return time_robbers.report(
        title,
        minutes=minutes,
        remover=Outside(line.to) if is_outside else scene.posts[line.to].pk,
        by=scene.voices[by],
        more=line.more,
    )


def _merged(
    scene: Scene, line: RobberLine, made: TimeRobber, one: MergedLine
) -> Telling:
    alike = _report(scene, line, one.title, one.by, one.minutes)
    yield scene.day(one.merged)
    by = scene.voices[_decider(scene, made)]
    time_robbers.merge(alike.pk, made.pk, by=by)


def _decider(scene: Scene, made: TimeRobber) -> str:
    keys = {post.pk: key for key, post in scene.posts.items()}
    return keys[made.decider_id]
