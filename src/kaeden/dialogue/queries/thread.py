"""Read what hangs on a political goal further down; each docstring ends with its cost.

The words of a commitment are for its two posts; posts above are told how many there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kaeden.access.rules import Actor, Permission, Role, may
from kaeden.dialogue.models import Commitment, Passage
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.commitments import TAKEN, Step
from kaeden.goals.models import Meaning
from kaeden.goals.queries import MunicipalGoal, goals_by_id, goals_of
from kaeden.goals.rules import LEVEL_OF, LeadershipLevel
from kaeden.organisation.models import Post
from kaeden.organisation.queries import get_municipality
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheGoal:
    """A commitment that hangs on a goal, for one of its two posts."""

    id: int
    words: str
    promiser: str
    receiver: str
    due: date
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """What hangs at a post: what one may read, and how many others have agreed on."""

    own: tuple[OnTheGoal, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUp:
    """A post on the way from a goal down; its words are empty where one can't read."""

    key: str
    name: str
    level: LeadershipLevel
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From which political goal something comes, and through which posts."""

    municipality: str
    key: str
    sentence: str
    steps: tuple[StepUp, ...]


def hanging_on(actor: Actor, goal: MunicipalGoal) -> Mapping[str, Hanging]:
    """Return the commitments on a goal or its results, by the lower post (1 query)."""
    town = "/".join(goal.unit_path.split("/")[:2])
    results = Q(indicator__in=[one.id for one in goal.indicators])
    about = Q(goal_id__in=goal.ids) | results
    rows = _commitments().filter(about, promiser__unit__path__startswith=town)
    found: dict[str, list[Commitment]] = {}
    for row in rows.order_by("due", "pk"):
        found.setdefault(_lower(row).key, []).append(row)
    return {key: _hanging(actor, same) for key, same in found.items()}


def origin_of_commitment(actor: Actor, pk: int) -> Origin | None:
    """Return the goal above a commitment of one's post (at most 7 queries)."""
    post = actor.post_id or 0
    theirs = Q(promiser_id=post) | Q(receiver_id=post)
    row = Commitment.objects.filter(theirs, pk=pk).first()
    if row is None:
        return None
    return _origin(
        actor, row.goal_id, row.indicator, (row.promiser_id, row.receiver_id)
    )


def origin_of_concern(actor: Actor, pk: int) -> Origin | None:
    """Return the goal above a concern that has passed one's post (at most 7 queries)."""
    post = actor.post_id or 0
    steps = list(Passage.objects.filter(concern_id=pk).select_related("concern"))
    posts = {end for one in steps for end in (one.sender_id, one.to_id)}
    if post not in posts:
        return None
    about = steps[0].concern
    return _origin(actor, about.goal_id, about.indicator, tuple(posts))


def _origin(
    actor: Actor, goal: int | None, indicator: str, posts: Sequence[int]
) -> Origin | None:
    """Return a goal with its posts' words (at most 6 queries).

    A result hangs on the first goal of the municipality that is measured by it.
    """
    found = _goal(actor, goal, indicator)
    if found is None:
        return None
    rows = Post.objects.filter(pk__in=posts).select_related("unit")
    said = Meaning.objects.at(today()).filter(goal_id__in=found.ids, post__in=posts)
    words = dict(said.values_list("post_id", "words"))
    return Origin(
        municipality=found.unit_path.split("/")[1],
        key=found.key,
        sentence=found.sentence,
        steps=tuple(
            _step(actor, post, words.get(post.pk, ""))
            for post in sorted(rows, key=_depth)
            if Role(post.role) in LEVEL_OF
        ),
    )


def _goal(actor: Actor, goal: int | None, indicator: str) -> MunicipalGoal | None:
    if goal is not None:
        return goals_by_id([goal]).get(goal)
    if not indicator:
        return None
    town = get_municipality(actor.path.split("/")[1])
    adopted = (one for one in goals_of(town) if one.is_adopted)
    measured = (o for o in adopted if indicator in {i.id for i in o.indicators})
    return next(measured, None)


def _step(actor: Actor, post: Post, words: str) -> StepUp:
    may_read = may(actor, Permission.READ_MEANING, at=post.unit.path)
    return StepUp(
        key=post.key,
        name=name_of(post),
        level=LEVEL_OF[Role(post.role)],
        words=words if may_read else "",
    )


def _commitments() -> QuerySet[Commitment]:
    steps = [step.value for step in (Step.PROPOSED, *TAKEN)]
    rows = Commitment.objects.filter(step__in=steps)
    return rows.select_related("promiser__unit", "receiver__unit")


def _depth(post: Post) -> tuple[int, int]:
    levels = list(LeadershipLevel)
    level = LEVEL_OF.get(Role(post.role), LeadershipLevel.DIRECTOR)
    return post.unit.path.count("/"), levels.index(level)


def _lower(row: Commitment) -> Post:
    return max((row.promiser, row.receiver), key=_depth)


def _hanging(actor: Actor, rows: Iterable[Commitment]) -> Hanging:
    rows = list(rows)
    mine = [one for one in rows if actor.post_id in {one.promiser_id, one.receiver_id}]
    at = _lower(rows[0]).unit.path
    sees = bool(may(actor, Permission.SEE_LINE, at=at)) if actor.role else False
    taken = [one for one in rows if one not in mine and one.accepted_on is not None]
    return Hanging(
        own=tuple(_one(one) for one in mine), others=len(taken) if sees else 0
    )


def _one(row: Commitment) -> OnTheGoal:
    return OnTheGoal(
        id=row.pk,
        words=row.words,
        promiser=name_of(row.promiser),
        receiver=name_of(row.receiver),
        due=row.due,
        step=Step(row.step),
    )
