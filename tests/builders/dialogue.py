"""What leaders of Fjordby have agreed on, made with the verbs that people use."""

from datetime import date, timedelta

from kaeden.access.rules import SYSTEM, Actor, Role
from kaeden.accounts.models import User
from kaeden.dialogue.actions import (
    commitments,
    concerns,
    expectations,
    pulse,
    questions,
)
from kaeden.dialogue.actions.concerns import NOTHING
from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.models import (
    Commitment,
    Concern,
    Expectation,
    PulseRound,
    Question,
)
from kaeden.dialogue.queries.links import SeenLink, links_of
from kaeden.dialogue.queries.pulse import invitation
from kaeden.dialogue.rules.concerns import Subject
from kaeden.dialogue.rules.expectations import Way
from kaeden.dialogue.rules.links import End
from kaeden.dialogue.rules.pulse import Side
from kaeden.goals.actions import writing
from kaeden.goals.models import Goal
from kaeden.organisation.models import Holding, Link, Post
from kaeden.shared.clock import today
from tests.builders.places import (
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_holder,
    an_actor,
    post_at,
    unit_at,
)

WORDS = "Vi taler om børnenes resultater hver måned."


def holder_of(role: Role, path: str) -> Actor:
    """Who holds a post; the first call lets somebody begin."""
    held = Holding.objects.filter(post=post_at(path, role), valid_to=None).first()
    user: User = held.user if held and held.user else a_holder(role, path)
    return an_actor(role, path, user=user)


def up_from(actor: Actor) -> SeenLink:
    """The link from a post to the one it reports to."""
    return next(one for one in links_of(actor) if one.end is End.LOWER)


def an_expectation(
    upper: Actor, lower: Actor, way: Way = Way.DOWN, *, words: str = WORDS
) -> Expectation:
    """Words that the end which expects them has proposed."""
    by = upper if way.expecting is End.UPPER else lower
    link = up_from(lower)
    newest = Expectation.objects.filter(
        upper_id=link.upper, lower_id=link.lower, way=way.value
    ).count()
    return expectations.propose(link.id, way, words, after=newest, by=by)


def agreed(upper: Actor, lower: Actor, way: Way = Way.DOWN) -> Expectation:
    """Words that both ends have talked about and confirmed today."""
    made = an_expectation(upper, lower, way)
    expectations.discuss(made.pk, by=lower)
    for end in (upper, lower):
        expectations.confirm(made.pk, by=end)
    return made


def days_ago(days: int) -> date:
    """The day that many days before today."""
    return today() - timedelta(days=days)


def replaced(role: Role, path: str) -> Actor:
    """Somebody new holds a post from today."""
    post = post_at(path, role)
    Holding.objects.filter(post=post).end(today())
    user = User.objects.create_user(f"new {role.value} {path}", password="x" * 12)
    Holding.objects.create(post=post, user=user, valid_from=today())
    return an_actor(role, path, user=user)


def a_team(path: str, size: int, *, role: Role = Role.TEAM) -> list[Actor]:
    """So many people below the leader of an institution, each with a post."""
    leader = post_at(path, Role.LEADER)
    made = []
    for number in range(1, size + 1):
        key = f"{role.value}-{leader.unit.code.lower()}-{number}"
        post = Post.objects.create(
            unit=leader.unit, role=role.value, key=key, valid_from=LOADED
        )
        Link.objects.create(lower=post, upper=leader, valid_from=LOADED)
        user = User.objects.create_user(key)
        Holding.objects.create(post=post, user=user, valid_from=LOADED)
        made.append(
            Actor(user_id=user.pk, role=role, path=leader.unit.path, post_id=post.pk)
        )
    return made


def an_open_pulse(municipality: str = TOWN) -> PulseRound:
    """This quarter's round, opened."""
    return pulse.open_pulse(unit_at(municipality), by=SYSTEM)


def a_closed_pulse(municipality: str = TOWN) -> PulseRound:
    """The open round, closed."""
    return pulse.close_pulse(unit_at(municipality), by=SYSTEM)


def answered(
    actor: Actor, *scores: int, down: tuple[int, ...] = (), tenths: int | None = None
) -> None:
    """Somebody answers: up with `scores`, as the leader of a link with `down`."""
    asked = invitation(actor)
    assert asked
    items = instrument().items
    given = {
        part.side: dict(
            zip(items, down if part.side is Side.UPPER else scores, strict=True)
        )
        for part in asked.parts
    }
    share = 3 if tenths is None and asked.time else tenths
    pulse.answer(given, by=actor, tenths=share)


GOAL = "in-school-every-day"


def an_adopted_goal() -> Goal:
    """The goal of absence, adopted by the director and owned by the chief of schools."""
    director = holder_of(Role.DIRECTOR, TOWN)
    return writing.adopt(GOAL, municipality=unit_at(TOWN), by=director)


def a_question(
    words: str = "Hvad gør I ved fraværet?", *, answer_by: date | None = None
) -> Question:
    """What the committee has asked about the goal of absence."""
    by = holder_of(Role.COMMITTEE, TOWN)
    return questions.ask(unit_at(TOWN), GOAL, words, answer_by=answer_by, by=by)


def a_commitment(
    by: Actor, lower: Actor, *, due: date | None = None, asks: bool = False
) -> Commitment:
    """What one end of a link has proposed to the other."""
    return commitments.promise(
        up_from(lower).id,
        "Støtte tirsdag formiddag fra uge 40.",
        due=due or today() + timedelta(days=14),
        by=by,
        asks=asks,
    )


def taken(by: Actor, lower: Actor, *, to: Actor, due: date | None = None) -> Commitment:
    """A commitment that both have agreed on."""
    made = a_commitment(by, lower, due=due)
    commitments.accept(made.pk, by=to)
    return made


def the_line() -> tuple[Actor, Actor, Actor]:
    """The leader of Nordskolen, the chief of schools and the director."""
    return (
        holder_of(Role.LEADER, NORDSKOLEN),
        holder_of(Role.CHIEF_SCHOOLS, SCHOOLS),
        holder_of(Role.DIRECTOR, TOWN),
    )


def a_concern(
    by: Actor,
    words: str = "Vi mangler en rådgiver om tirsdagen.",
    *,
    answer_by: date | None = None,
    subject: Subject = NOTHING,
) -> Concern:
    """What a post has written to the one above it."""
    return concerns.write(words, by=by, subject=subject, answer_by=answer_by)
