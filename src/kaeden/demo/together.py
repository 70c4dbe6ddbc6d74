"""Tell what communities have agreed on, member by member, and who has visited whom."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache, partial

from kaeden.access.rules import Actor
from kaeden.demo.cast import Line, from_file
from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions import shared, visits
from kaeden.organisation.models import Community


class PartStep(StrEnum):
    """What a member does with their part."""

    ACCEPT = "accept"
    DECLINE = "decline"
    KEEP = "keep"
    GIVE_UP = "give_up"


class PartLine(Line):
    """One step of one member, and the reason why it was not done."""

    by: str
    step: PartStep
    ago: int
    reason: str = ""


class SharedLine(Line):
    """What a member has proposed that all do, and what becomes of it."""

    community: str
    by: str
    words: str
    ago: int
    due: int
    parts: tuple[PartLine, ...] = ()


class VisitLine(Line):
    """A visit: asked for, planned on a day for a day, held; or what stopped it."""

    by: str
    at: str
    why: str
    ago: int
    community: str = ""
    planned: int | None = None
    day: int = 0
    held: int | None = None
    lesson: str = ""
    declined: int | None = None
    called_off: int | None = None


class Together(Line):
    """Everything in the file."""

    shared: tuple[SharedLine, ...]
    visits: tuple[VisitLine, ...]


@lru_cache(maxsize=1)
def together() -> Together:
    """Return what is agreed on together, and who visits whom; read once."""
    return from_file("together.yaml", Together)


def tell_of_communities(scene: Scene) -> Iterator[Telling]:
    """Give each shared commitment and each visit, with all that becomes of it."""
    rows = Community.objects.filter(
        municipality=scene.units[scene.town.chain.municipality], valid_to=None
    )
    known = {row.key: row for row in rows}
    for agreed in together().shared:
        yield _agreed(scene, known[agreed.community], agreed)
    for visit in together().visits:
        yield _visited(scene, known, visit)


def _agreed(scene: Scene, community: Community, line: SharedLine) -> Telling:
    yield scene.day(line.ago)
    due = scene.town.days.ahead(line.due)
    made = shared.propose(community, line.words, due=due, by=scene.voices[line.by])
    for part in sorted(line.parts, key=lambda one: -one.ago):
        yield scene.day(part.ago)
        STEPS[part.step](made.pk, scene.voices[part.by], part.reason)


def _visited(
    scene: Scene, communities: Mapping[str, Community], line: VisitLine
) -> Telling:
    by, host = scene.voices[line.by], scene.voices[line.at]
    within = communities[line.community].pk if line.community else None
    yield scene.day(line.ago)
    made = visits.ask_for_visit(scene.posts[line.at], line.why, by=by, community=within)
    day = scene.town.days.ahead(line.day)
    steps: Iterable[tuple[int | None, Callable[[], None]]] = (
        (line.planned, partial(visits.plan, made.pk, day=day, by=host)),
        (line.held, partial(visits.hold, made.pk, line.lesson, by=by)),
        (line.declined, partial(visits.decline, made.pk, by=host)),
        (line.called_off, partial(visits.call_off, made.pk, by=by)),
    )
    for ago, step in steps:
        if ago is not None:
            yield scene.day(ago)
            step()


def _give_up(pk: int, by: Actor, reason: str) -> None:
    shared.give_up(pk, reason, by=by)


STEPS: Mapping[PartStep, Callable[[int, Actor, str], None]] = {
    PartStep.ACCEPT: lambda pk, by, _reason: shared.accept(pk, by=by),
    PartStep.DECLINE: lambda pk, by, _reason: shared.decline(pk, by=by),
    PartStep.KEEP: lambda pk, by, _reason: shared.keep(pk, by=by),
    PartStep.GIVE_UP: _give_up,
}
