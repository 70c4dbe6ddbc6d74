"""Tell what Fjordby wants, from the committee's vision to a department's own words."""

from collections.abc import Callable, Iterator, Mapping

from kaeden.access.rules import Role
from kaeden.demo.charters import kind_of
from kaeden.demo.posts import COMMITTEE
from kaeden.demo.scene import Scene, Telling, tell
from kaeden.demo.wishes import (
    ContributionLine,
    DeviationLine,
    GoalLine,
    TargetLine,
    ValueLine,
    wishes,
)
from kaeden.goals.actions import following, meaning, values, writing
from kaeden.goals.actions.following import CheckInText, WantedTarget
from kaeden.goals.actions.writing import GoalText
from kaeden.goals.models import Goal, Target
from kaeden.goals.queries import threads
from kaeden.goals.way import concerned
from kaeden.organisation.chain import ChainPost
from kaeden.organisation.models import Unit

DAYS_PER_LEVEL = 12
"""How long a goal takes from one level to the next."""

LEVELS = (
    {Role.DIRECTOR},
    {Role.CHIEF_SCHOOLS, Role.CHIEF_DAYCARE, Role.CHIEF_FAMILIES},
    {Role.AREA_LEADER},
    {Role.LEADER},
    {Role.DEPARTMENT_LEADER},
)


def tell_goals(scene: Scene) -> Mapping[str, Goal]:
    """Write vision, values and goals; return the goals by what the files call them.

    That is their key in the starter set, or their own name.
    """
    goals: dict[str, Goal] = {}
    tell(
        [
            _vision(scene),
            *(_value(scene, value) for value in wishes().values),
            *(_goal(scene, line, goals) for line in wishes().goals),
        ]
    )
    return goals


def tell_of_goals(scene: Scene, goals: Mapping[str, Goal]) -> Iterator[Telling]:
    """Give how goals are taken up down the chain, worked for, and followed."""
    chain = scene.town.chain
    found = {one.id: one for one in threads(chain.as_of)[chain.municipality]}
    for line in wishes().goals:
        goal = goals[line.key or line.name]
        for place, post in enumerate(concerned(found[goal.pk], chain)):
            words = _words(scene, line, post, place)
            if words and post.key in scene.voices:
                yield _taken_up(scene, goal, post, words, line.ago)
        yield from _work(scene, goal, line)
    for wanted in wishes().targets:
        yield _target(scene, goals[wanted.goal], wanted)


def _town(scene: Scene) -> Unit:
    return scene.units[scene.town.chain.municipality]


def _vision(scene: Scene) -> Telling:
    vision, by = wishes().vision, scene.voices[COMMITTEE]
    yield scene.day(vision.ago)
    writing.write_vision(
        vision.sentence, why=vision.why, municipality=_town(scene), by=by
    )


def _value(scene: Scene, value: ValueLine) -> Telling:
    yield scene.day(value.ago)
    values.write_value(
        value.name,
        meaning=value.meaning,
        seen=value.seen,
        municipality=_town(scene),
        by=scene.voices[COMMITTEE],
    )


def _goal(scene: Scene, line: GoalLine, goals: dict[str, Goal]) -> Telling:
    """Let the committee adopt a goal of the starter set, or one of its own words."""
    town, by = _town(scene), scene.voices[COMMITTEE]
    yield scene.day(line.ago)
    if line.key:
        goals[line.key] = writing.adopt(line.key, municipality=town, by=by)
        return
    text = GoalText(
        sentence=line.sentence,
        name=line.name,
        here=line.here,
        for_whom=line.for_whom,
        sectors=line.sectors,
        indicator=line.indicator,
        by_period="" if line.by is None else scene.year(line.by),
    )
    owner = scene.posts.get(line.owner)
    goals[line.name] = writing.write_goal(text, unit=town, owner=owner, by=by)


def _taken_up(
    scene: Scene, goal: Goal, post: ChainPost, words: str, ago: int
) -> Telling:
    yield scene.day(ago - DAYS_PER_LEVEL * _depth(post))
    meaning.take_up(goal, words, by=scene.voices[post.key])


def _words(scene: Scene, line: GoalLine, post: ChainPost, place: int) -> str:
    """Return what a goal means at a post: its own words, or its kind's, or none."""
    if post.key in line.stops_at:
        return ""
    if post.key in line.meanings:
        return line.meanings[post.key]
    unit = scene.town.chain.unit[post.unit]
    known = line.by_kind.get(kind_of(post.role, unit.kind), ())
    return known[place % len(known)].format(unit=unit.name) if known else ""


def _depth(post: ChainPost) -> int:
    return next(depth for depth, roles in enumerate(LEVELS) if post.role in roles)


def _work(scene: Scene, goal: Goal, line: GoalLine) -> Iterator[Telling]:
    """Give the ways to a goal, what is done, and what others bring."""
    for key, words in line.strategies.items():
        yield _strategy(scene, goal, key, words, line.ago - 40)
    for key, efforts in line.efforts.items():
        for words in efforts:
            yield _effort(scene, goal, key, words, line.ago - 60)
    for key, brought in line.contributions.items():
        yield _contribution(scene, goal, key, brought, line.ago - 50)


def _strategy(scene: Scene, goal: Goal, key: str, words: str, ago: int) -> Telling:
    yield scene.day(ago)
    meaning.write_strategy(goal, words, by=scene.voices[key])


def _effort(scene: Scene, goal: Goal, key: str, words: str, ago: int) -> Telling:
    yield scene.day(ago)
    meaning.begin_effort(goal, words, by=scene.voices[key])


def _contribution(
    scene: Scene, goal: Goal, key: str, brought: ContributionLine, ago: int
) -> Telling:
    yield scene.day(ago)
    by = scene.voices[key]
    meaning.contribute(goal, brought.words, indicator=brought.indicator, by=by)


def _target(scene: Scene, goal: Goal, line: TargetLine) -> Telling:
    """Set a target, and tell how it goes with it, in the order of the days."""
    yield scene.day(line.ago)
    target = following.set_target(
        goal,
        WantedTarget(
            kind=line.kind,
            by_period=scene.year(line.by),
            indicator=line.indicator,
            value=line.value,
            since_period="" if line.since is None else scene.year(line.since),
            pair=line.pair,
            reached=line.reached,
            on_the_way=line.on_the_way,
            not_yet=line.not_yet,
        ),
        unit=scene.units[line.unit],
        by=scene.voices[line.set_by],
    )
    before = line.deviation.ago if line.deviation else 0
    yield from _checked_in(scene, target, line, lambda ago: ago > before)
    if line.deviation:
        yield from _accepted(scene, target, line.deviation)
    yield from _checked_in(scene, target, line, lambda ago: ago <= before)


def _accepted(scene: Scene, target: Target, line: DeviationLine) -> Telling:
    yield scene.day(line.ago)
    following.accept_deviation(
        target,
        reason=line.reason,
        until=scene.town.days.ago(line.ago - line.lasts),
        by=scene.voices[line.by],
    )


def _checked_in(
    scene: Scene, target: Target, line: TargetLine, fits: Callable[[int], bool]
) -> Telling:
    for one in line.check_ins:
        if fits(one.ago):
            yield scene.day(one.ago)
            text = CheckInText(
                state=one.state,
                confidence=one.confidence,
                words=one.words,
                hand_up=True,
            )
            following.check_in(target, text, by=scene.voices[one.by])
