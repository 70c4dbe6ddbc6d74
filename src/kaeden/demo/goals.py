"""Tell what Fjordby wants, from the committee's vision to a department's own words."""

from collections.abc import Mapping

from kaeden.access.rules import Role
from kaeden.demo.charters import kind_of
from kaeden.demo.posts import COMMITTEE
from kaeden.demo.scene import Scene
from kaeden.demo.wishes import CheckInLine, GoalLine, TargetLine, wishes
from kaeden.goals.actions import following, meaning, values, writing
from kaeden.goals.actions.following import CheckInText, WantedTarget
from kaeden.goals.actions.writing import GoalText
from kaeden.goals.models import Goal, Target
from kaeden.goals.queries import threads
from kaeden.goals.way import concerned
from kaeden.organisation.chain import ChainPost

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
    """Write vision and goals, take them up down the chain, and follow them.

    Return the goals by what the files call them: their key, or their own name.
    """
    _tell_direction(scene)
    goals = {line.key or line.name: _adopted(scene, line) for line in wishes().goals}
    _tell_meanings(scene, goals)
    for line in wishes().goals:
        _tell_work(scene, goals[line.key or line.name], line)
    for wanted in wishes().targets:
        _tell_target(scene, goals[wanted.goal], wanted)
    return goals


def _tell_direction(scene: Scene) -> None:
    town, committee = (
        scene.units[scene.town.chain.municipality],
        scene.voices[COMMITTEE],
    )
    vision = wishes().vision
    with scene.at(vision.ago):
        writing.write_vision(
            vision.sentence, why=vision.why, municipality=town, by=committee
        )
    for value in wishes().values:
        with scene.at(value.ago):
            values.write_value(
                value.name,
                meaning=value.meaning,
                seen=value.seen,
                municipality=town,
                by=committee,
            )


def _adopted(scene: Scene, line: GoalLine) -> Goal:
    """Let the committee adopt a goal of the starter set, or one of its own words."""
    town, committee = (
        scene.units[scene.town.chain.municipality],
        scene.voices[COMMITTEE],
    )
    with scene.at(line.ago):
        if line.key:
            return writing.adopt(line.key, municipality=town, by=committee)
        return writing.write_goal(
            GoalText(
                sentence=line.sentence,
                name=line.name,
                here=line.here,
                for_whom=line.for_whom,
                sectors=line.sectors,
                indicator=line.indicator,
                by_period="" if line.by is None else scene.year(line.by),
            ),
            unit=town,
            owner=scene.posts.get(line.owner),
            by=committee,
        )


def _tell_meanings(scene: Scene, goals: Mapping[str, Goal]) -> None:
    """Let every post that a goal concerns say what it means there, level by level."""
    chain = scene.town.chain
    found = {one.id: one for one in threads(chain.as_of)[chain.municipality]}
    for line in wishes().goals:
        goal = goals[line.key or line.name]
        for place, post in enumerate(concerned(found[goal.pk], chain)):
            words = _words(scene, line, post, place)
            if words and post.key in scene.voices:
                with scene.at(line.ago - DAYS_PER_LEVEL * _depth(post)):
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


def _tell_work(scene: Scene, goal: Goal, line: GoalLine) -> None:
    """Tell the way, what is done, and what others bring."""
    for key, words in line.strategies.items():
        with scene.at(line.ago - 40):
            meaning.write_strategy(goal, words, by=scene.voices[key])
    for key, efforts in line.efforts.items():
        for words in efforts:
            with scene.at(line.ago - 60):
                meaning.begin_effort(goal, words, by=scene.voices[key])
    for key, brought in line.contributions.items():
        with scene.at(line.ago - 50):
            meaning.contribute(
                goal, brought.words, indicator=brought.indicator, by=scene.voices[key]
            )


def _tell_target(scene: Scene, goal: Goal, line: TargetLine) -> None:
    """Set a target, and tell how it goes with it, in the order of the days."""
    with scene.at(line.ago):
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
    early = [one for one in line.check_ins if one.ago > before]
    late = [one for one in line.check_ins if one.ago <= before]
    _check_in(scene, target, early)
    if line.deviation:
        accepted = line.deviation
        with scene.at(accepted.ago):
            following.accept_deviation(
                target,
                reason=accepted.reason,
                until=scene.town.days.ago(accepted.ago - accepted.lasts),
                by=scene.voices[accepted.by],
            )
    _check_in(scene, target, late)


def _check_in(scene: Scene, target: Target, lines: list[CheckInLine]) -> None:
    for one in lines:
        with scene.at(one.ago):
            text = CheckInText(
                state=one.state,
                confidence=one.confidence,
                words=one.words,
                hand_up=True,
            )
            following.check_in(target, text, by=scene.voices[one.by])
