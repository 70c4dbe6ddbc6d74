"""Tell what chiefs and leaders have talked about, from the planned day to both ends' yes."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from kaeden.access.rules import Actor, Role
from kaeden.demo.cast import Line, from_file
from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions import burdens, commitments, conversations
from kaeden.dialogue.actions.conversations import Words
from kaeden.dialogue.rules.conversations import Kind, Part
from kaeden.dialogue.rules.links import End
from kaeden.organisation.models import Link, Unit
from kaeden.publication import queries as publication

PLANNED, CONFIRMS, SPREAD = 30, 4, 3
"""How many days before a talk it is planned, how many after it both confirm, and how many
lie between two talks of the same kind."""

LOOKED_AT = ("school-absence", "wellbeing-general", "wellbeing-social")


class SideLine(Line):
    """What one end wrote."""

    focus: tuple[str, ...]
    tried: str = ""
    needs: str = ""


class PromiseLine(Line):
    """A commitment that came of a talk, so many days after it; with a reason, broken."""

    by: End
    words: str
    due: int
    settled: int | None = None
    reason: str = ""


class TalkLine(Line):
    """A conversation, as far as it has come: what is left out has not happened yet.

    `day` is counted back from today; below zero it lies ahead.
    """

    leader: str = ""
    day: int
    writes: Mapping[End, SideLine] = {}
    held: bool = False
    agreed: str = ""
    promises: tuple[PromiseLine, ...] = ()
    open_parts: tuple[Part, ...] = ()
    confirmed: tuple[End, ...] = ()
    added: str = ""
    weighs: str = ""


class UsualLine(TalkLine):
    """What is told of every leader of a kind who is not told of alone."""

    kind: Kind


class Conversations(Line):
    """Everything in the file; with the `silent` ones nothing has been held lately."""

    talks: tuple[TalkLine, ...]
    usual: UsualLine
    silent: tuple[str, ...]


@lru_cache(maxsize=1)
def told() -> Conversations:
    """Return what was talked about; read once."""
    return from_file("conversations.yaml", Conversations)


def tell_of_conversations(scene: Scene) -> Iterator[Telling]:
    """Give every conversation of the town, as far as it has come."""
    lines, links = told(), _links(scene)
    alone = {line.leader for line in lines.talks} | {*lines.silent}
    for line in lines.talks:
        yield _talk(scene, links[line.leader], line, line.day)
    usual = lines.usual
    schools = (
        key
        for key, link in links.items()
        if key not in alone and link.lower.unit.kind == usual.kind
    )
    for place, key in enumerate(sorted(schools)):
        yield _talk(scene, links[key], usual, usual.day + place * SPREAD)


def _links(scene: Scene) -> Mapping[str, Link]:
    """Return the links to leaders whose two ends somebody holds, by the leader's key."""
    rows = Link.objects.filter(
        lower__in=scene.posts.values(),
        lower__role=Role.LEADER.value,
        lower__unit__kind__in=[kind.value for kind in Kind],
        valid_to=None,
    ).select_related("upper", "lower__unit")
    return {
        row.lower.key: row
        for row in rows
        if {row.upper.key, row.lower.key} <= scene.voices.keys()
    }


def _talk(scene: Scene, link: Link, line: TalkLine, day: int) -> Telling:
    """Tell one conversation; `day` is when it was or will be held."""
    chief, leader = scene.voices[link.upper.key], scene.voices[link.lower.key]
    yield scene.day(day + PLANNED)
    pk = conversations.plan(link.pk, scene.day(day), by=chief).pk
    for end, by, before in ((End.LOWER, leader, 14), (End.UPPER, chief, 7)):
        side = line.writes.get(end)
        if side:
            yield scene.day(max(day + before, before // 7))
            results = _results(link.lower.unit) if end is End.LOWER else []
            _write(pk, side, results, by)
    if line.weighs:
        burdens.write(pk, line.weighs, after=0, by=leader)
    if line.held:
        yield scene.day(day)
        conversations.hold(pk, by=chief)
        yield from _agreed(scene, pk, line, day, {End.UPPER: chief, End.LOWER: leader})


def _write(pk: int, side: SideLine, results: list[str], by: Actor) -> None:
    words = Words(focus=side.focus, tried=side.tried, needs=side.needs, results=results)
    conversations.prepare(pk, words, after=0, by=by)


def _results(unit: Unit) -> list[str]:
    """Return the results to look at: those of the unit that have a number by then."""
    release = publication.current_release(unit.municipality_code)
    figures = publication.of_units(release.id, [unit.pk])
    shown = {
        one.indicator for one in figures if one.is_latest and one.value is not None
    }
    return [name for name in LOOKED_AT if name in shown]


def _agreed(
    scene: Scene, pk: int, line: TalkLine, day: int, ends: Mapping[End, Actor]
) -> Telling:
    """Tell what the two agreed on, what became of it, and who has confirmed."""
    if line.agreed:
        parts, by = line.open_parts, ends[End.LOWER]
        conversations.conclude(pk, line.agreed, open_parts=parts, after=0, by=by)
    made: list[tuple[int, PromiseLine]] = []
    for one in line.promises:
        due = scene.town.days.ago(day - one.due)
        made.append(
            (conversations.promise(pk, one.words, due=due, by=ends[one.by]).pk, one)
        )
    yield scene.day(max(day - CONFIRMS, 0))
    for number, one in made:
        commitments.accept(number, by=ends[one.by.other])
    for end in line.confirmed:
        conversations.confirm(pk, number=1, by=ends[end])
    if line.added:
        conversations.add(pk, line.added, by=ends[End.UPPER])
    settled = [(one.settled, number, one) for number, one in made if one.settled]
    for after, number, one in sorted(settled, key=lambda each: each[0]):
        yield scene.day(max(day - after, 0))
        _settle(number, one, ends[one.by])


def _settle(number: int, one: PromiseLine, by: Actor) -> None:
    if one.reason:
        commitments.give_up(number, one.reason, by=by)
    else:
        commitments.keep(number, by=by)
