"""Tell what has gone up and down the line: concerns, and questions that were sent on."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import lru_cache

from kaeden.demo.cast import Line, from_file
from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions import concerns, inquiries
from kaeden.dialogue.models import Concern, Question
from kaeden.dialogue.rules.concerns import ANSWERED_WITHIN, Subject
from kaeden.goals.models import Goal
from kaeden.shared.clock import today


class StepLine(Line):
    """What the post that has a concern does: carries it further up, or answers."""

    ago: int
    words: str
    is_answer: bool = False


class BackLine(Line):
    """That a concern was taken back."""

    ago: int


class ConcernLine(Line):
    """A concern of a post, by its key, and what became of it."""

    by: str
    ago: int
    words: str
    goal: str = ""
    within: int = ANSWERED_WITHIN.days
    steps: tuple[StepLine, ...] = ()
    withdrawn: BackLine | None = None


class AnswerLine(Line):
    """What came from below."""

    ago: int
    words: str


class InquiryLine(Line):
    """A question, by its words, that its goal's owner sends on to a post below."""

    question: str
    to: str
    ago: int
    words: str
    answer: AnswerLine | None = None


class UpAndDown(Line):
    """Everything in the file."""

    concerns: tuple[ConcernLine, ...]
    inquiries: tuple[InquiryLine, ...]


@lru_cache(maxsize=1)
def up_and_down() -> UpAndDown:
    """Return what has gone up and down; read once."""
    return from_file("line.yaml", UpAndDown)


def tell_of_the_line(scene: Scene, goals: Mapping[str, Goal]) -> Iterator[Telling]:
    """Give what went up, then what was sent down."""
    for concern in up_and_down().concerns:
        yield _went_up(scene, goals, concern)
    for inquiry in up_and_down().inquiries:
        yield _was_sent_down(scene, inquiry)


def _went_up(scene: Scene, goals: Mapping[str, Goal], line: ConcernLine) -> Telling:
    by = scene.voices[line.by]
    subject = Subject(goal=goals[line.goal].pk) if line.goal else Subject()
    yield scene.day(line.ago)
    due = today() + timedelta(days=line.within)
    made = concerns.write(line.words, by=by, subject=subject, answer_by=due)
    for step in line.steps:
        yield scene.day(step.ago)
        at = Concern.objects.get(pk=made.pk).at
        act = concerns.answer if step.is_answer else concerns.carry
        act(made.pk, step.words, by=scene.voices[at.key])
    if line.withdrawn:
        yield scene.day(line.withdrawn.ago)
        concerns.withdraw(made.pk, by=by)


def _was_sent_down(scene: Scene, line: InquiryLine) -> Telling:
    yield scene.day(line.ago)
    asked = Question.objects.get(words=line.question)
    owner = asked.goal.ownerships.get(valid_to=None).post
    to = scene.posts[line.to].pk
    inquiries.send(asked.pk, to, line.words, by=scene.voices[owner.key])
    if line.answer:
        yield scene.day(line.answer.ago)
        inquiries.answer(asked.pk, line.answer.words, by=scene.voices[line.to])
