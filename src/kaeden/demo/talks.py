"""Tell what the committee has asked, linked posts have promised, and a director drawn."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

from kaeden.access.rules import Actor
from kaeden.demo.cast import Line, from_file
from kaeden.demo.posts import COMMITTEE
from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions import commitments, questions
from kaeden.dialogue.models import Expectation
from kaeden.dialogue.rules.commitments import About
from kaeden.dialogue.rules.expectations import Way
from kaeden.dialogue.rules.links import End
from kaeden.goals.models import Goal
from kaeden.organisation import drafting
from kaeden.organisation.drafts import step_of
from kaeden.organisation.models import Community, Link


class StepName(StrEnum):
    """What became of a commitment."""

    ACCEPT = "accept"
    DECLINE = "decline"
    KEEP = "keep"
    GIVE_UP = "give_up"


class AnswerLine(Line):
    """How a question was answered."""

    ago: int
    words: str


class WithdrawnLine(Line):
    """That a question was taken back."""

    ago: int


class QuestionLine(Line):
    """A question on a goal, by the goal's key or its own name."""

    goal: str
    ago: int
    words: str
    answer: AnswerLine | None = None
    withdrawn: WithdrawnLine | None = None


class StepLine(Line):
    """A step of a commitment, and the reason it was given up."""

    step: StepName
    ago: int
    reason: str = ""


class InsteadLine(Line):
    """What was agreed on in the place of a commitment."""

    words: str
    due: int
    ago: int
    accepted: int


class AboutLine(Line):
    """What a commitment hangs on: a result, a goal, an expectation, or a community."""

    unit: str = ""
    indicator: str = ""
    goal: str = ""
    expected: Way | None = None
    community: str = ""


class CommitmentLine(Line):
    """A commitment across the link of a lower post, promised or asked for by one end."""

    link: str
    by: End
    asks: bool = False
    words: str
    ago: int
    due: int
    about: AboutLine = AboutLine()
    steps: tuple[StepLine, ...] = ()
    instead: InsteadLine | None = None


class DraftLine(Line):
    """A draft of another organisation, with its steps as they are kept."""

    by: str
    ago: int
    name: str
    steps: tuple[Mapping[str, str | int], ...]


class Talks(Line):
    """Everything in the file."""

    questions: tuple[QuestionLine, ...]
    commitments: tuple[CommitmentLine, ...]
    drafts: tuple[DraftLine, ...]


@lru_cache(maxsize=1)
def talks() -> Talks:
    """Return what was asked and promised; read once."""
    return from_file("talks.yaml", Talks)


def tell_of_questions(scene: Scene, goals: Mapping[str, Goal]) -> Iterator[Telling]:
    """Give what the committee asks, and how the goals' owners answer."""
    for line in talks().questions:
        yield _asked(scene, goals[line.goal], line)


def _asked(scene: Scene, goal: Goal, line: QuestionLine) -> Telling:
    town, committee = (
        scene.units[scene.town.chain.municipality],
        scene.voices[COMMITTEE],
    )
    yield scene.day(line.ago)
    made = questions.ask(town, goal.key, line.words, by=committee)
    if line.answer:
        yield scene.day(line.answer.ago)
        owner = goal.ownerships.get(valid_to=None).post
        questions.answer(made.pk, line.answer.words, by=scene.voices[owner.key])
    if line.withdrawn:
        yield scene.day(line.withdrawn.ago)
        questions.withdraw(made.pk, by=committee)


def tell_of_commitments(scene: Scene, goals: Mapping[str, Goal]) -> Iterator[Telling]:
    """Give what linked posts promise, with every step that they take since."""
    keys = {line.link for line in talks().commitments}
    lower = [post for key, post in scene.posts.items() if key in keys]
    links = Link.objects.filter(lower__in=lower, valid_to=None).select_related("upper")
    known = {one.lower_id: one for one in links}
    for line in talks().commitments:
        yield _promised(scene, goals, known[scene.posts[line.link].pk], line)


def _promised(
    scene: Scene, goals: Mapping[str, Goal], link: Link, line: CommitmentLine
) -> Telling:
    upper, lower = scene.voices[link.upper.key], scene.voices[line.link]
    first, other = (upper, lower) if line.by is End.UPPER else (lower, upper)
    promiser = other if line.asks else first
    due = scene.town.days.ahead(line.due)
    yield scene.day(line.ago)
    about = _about(scene, goals, link, line.about)
    made = commitments.promise(
        link.pk, line.words, due=due, by=first, asks=line.asks, about=about
    )
    for step in line.steps:
        yield scene.day(step.ago)
        answers = step.step in {StepName.ACCEPT, StepName.DECLINE}
        STEPS[step.step](made.pk, other if answers else promiser, step.reason)
    if line.instead:
        yield scene.day(line.instead.ago)
        due = scene.town.days.ahead(line.instead.due)
        newer = commitments.renegotiate(
            made.pk, line.instead.words, due=due, by=promiser
        )
        yield scene.day(line.instead.accepted)
        commitments.accept(newer.pk, by=other)


def _about(
    scene: Scene, goals: Mapping[str, Goal], link: Link, line: AboutLine
) -> About:
    """Return what a commitment hangs on, as it is there on the day it is made."""
    ends = Expectation.objects.filter(upper=link.upper, lower=link.lower)
    expected = ends.filter(way=line.expected.value).last() if line.expected else None
    communities = Community.objects.filter(key=line.community, valid_to=None)
    community = communities.get() if line.community else None
    return About(
        unit_id=scene.units[line.unit].pk if line.unit else None,
        indicator=line.indicator,
        goal_id=goals[line.goal].pk if line.goal else None,
        expectation_id=expected.pk if expected else None,
        community_id=community.pk if community else None,
    )


def tell_of_drafts(scene: Scene) -> Iterator[Telling]:
    """Give the drafts that are drawn beside today's organisation."""
    for line in talks().drafts:
        yield _drawn(scene, line)


def _drawn(scene: Scene, line: DraftLine) -> Telling:
    town, by = scene.units[scene.town.chain.municipality], scene.voices[line.by]
    yield scene.day(line.ago)
    draft = drafting.begin_draft(town, line.name, by=by)
    for step in line.steps:
        drafting.add_step(draft, step_of(step), by=by)
        draft.refresh_from_db()


def _accept(pk: int, by: Actor, _reason: str) -> None:
    commitments.accept(pk, by=by)


def _decline(pk: int, by: Actor, _reason: str) -> None:
    commitments.decline(pk, by=by)


def _keep(pk: int, by: Actor, _reason: str) -> None:
    commitments.keep(pk, by=by)


def _give_up(pk: int, by: Actor, reason: str) -> None:
    commitments.give_up(pk, reason, by=by)


STEPS: Mapping[StepName, Callable[[int, Actor, str], None]] = {
    StepName.ACCEPT: _accept,
    StepName.DECLINE: _decline,
    StepName.KEEP: _keep,
    StepName.GIVE_UP: _give_up,
}
