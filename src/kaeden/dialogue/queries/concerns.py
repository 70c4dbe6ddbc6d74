"""Read concerns; each docstring ends with what it costs.

The words are for the posts that a concern has passed, and for nobody else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Verdict
from kaeden.dialogue.errors import NoSuchConcern
from kaeden.dialogue.models import Concern, Passage
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.concerns import State, Subject, Verb, may_act, state_of
from kaeden.goals import queries as goals
from kaeden.goals.indicators import catalogue
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.queries import get_municipality, get_unit_at
from kaeden.publication import queries as publication
from kaeden.publication.errors import NothingReleased
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of a concern's way, and the words that whoever carried it added."""

    sender: str
    to: str
    words: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a concern is about, in the words of the catalogue or the goal."""

    words: str
    municipality: str
    goal: str = ""
    unit: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenConcern:
    """A concern as a post that it has passed sees it.

    `stages` is the way it has gone, the writing first. `age` is in days since it was
    written, until it was answered. `is_stranded` says that the post it waits for is no
    more.
    """

    id: int
    words: str
    about: About | None
    written_by: str
    is_mine: bool
    waits_for_me: bool
    written_on: date
    answer_by: date
    state: State
    stages: tuple[Stage, ...]
    at: str
    answer: str
    answered_on: date | None
    is_overdue: bool
    is_stranded: bool
    age: int
    verdicts: Mapping[Verb, Verdict]


def waiting_for(actor: Actor) -> list[SeenConcern]:
    """Return the open concerns that wait for one's post, oldest first (3 queries)."""
    return _seen(actor, _open().filter(at_id=actor.post_id or 0))


def open_at(actor: Actor) -> list[SeenConcern]:
    """Return the open ones that have passed one's post, oldest first (3 queries)."""
    return _seen(actor, _open().filter(_theirs(actor)))


def answered(actor: Actor) -> list[SeenConcern]:
    """Return the answered ones that have passed one's post, newest first (3 queries)."""
    found = _of(actor).filter(answered_on__isnull=False)
    return _seen(actor, found.order_by("-answered_on", "-pk"))


def on_goal(actor: Actor, goal: int) -> list[SeenConcern]:
    """Return those on a goal that have passed one's post, oldest first (3 queries)."""
    return _seen(actor, _of(actor).filter(goal_id=goal, withdrawn_on__isnull=True))


def get_concern(actor: Actor, pk: int) -> SeenConcern:
    """Return one concern, for the posts that it has passed (3 queries).

    Raises
    ------
    NoSuchConcern
        Also when it exists, so that a number tells nothing.
    """
    found = _seen(actor, _of(actor).filter(pk=pk))
    if not found:
        raise NoSuchConcern(_("There is no such concern for your post."))
    return found[0]


def subjects_of(actor: Actor) -> list[tuple[Subject, About]]:
    """Return what a post can write of: goals, and results of its unit (5 queries)."""
    unit = get_unit_at(actor.path)
    town = get_municipality(unit.municipality_code)
    adopted = [one for one in goals.goals_of(town) if one.is_adopted]
    results = [
        (
            Subject(unit=unit.pk, indicator=name),
            _result(unit.name, unit.code, town.code, name),
        )
        for name in _released_at(town.code, unit.pk)
    ]
    return [*((Subject(goal=one.id), _goal(one)) for one in adopted), *results]


def _released_at(municipality: str, unit: int) -> list[str]:
    """Return the indicators of which a unit has a number (2 queries)."""
    try:
        release = publication.current_release(municipality)
    except NothingReleased:
        return []
    figures = publication.of_units(release.id, [unit])
    shown = {
        one.indicator for one in figures if one.is_latest and one.value is not None
    }
    return [name for name in catalogue() if name in shown]


def _passed(**conditions: int) -> QuerySet[Passage, int]:
    found = Passage.objects.filter(**conditions)
    return found.values_list("concern_id", flat=True)


def _rows() -> QuerySet[Concern]:
    steps = Passage.objects.select_related("sender__unit", "to__unit")
    read = Concern.objects.select_related("post__unit", "at__unit", "unit")
    return read.prefetch_related(
        Prefetch("passages", steps.order_by("number"))
    ).order_by("written_on", "pk")


def _of(actor: Actor) -> QuerySet[Concern]:
    return _rows().filter(_theirs(actor))


def _theirs(actor: Actor) -> Q:
    """Return the condition that it has passed one's post."""
    post = actor.post_id or 0
    return Q(pk__in=_passed(sender_id=post)) | Q(pk__in=_passed(to_id=post))


def _open() -> QuerySet[Concern]:
    return _rows().filter(answered_on__isnull=True, withdrawn_on__isnull=True)


def _seen(actor: Actor, found: Iterable[Concern]) -> list[SeenConcern]:
    rows = list(found)
    ids = {one.goal_id for one in rows if one.goal_id}
    known = goals.goals_by_id(ids) if ids else {}
    return [_one(actor, row, known) for row in rows]


def _one(actor: Actor, row: Concern, known: Mapping[int, MunicipalGoal]) -> SeenConcern:
    state = state_of(answered_on=row.answered_on, withdrawn_on=row.withdrawn_on)
    is_mine, is_here = row.post_id == actor.post_id, row.at_id == actor.post_id
    theirs = {Verb.ANSWER: is_here, Verb.CARRY: is_here, Verb.WITHDRAW: is_mine}
    is_open = state is State.OPEN
    return SeenConcern(
        id=row.pk,
        words=row.words,
        about=_about(row, known),
        written_by=name_of(row.post),
        is_mine=is_mine,
        waits_for_me=is_here and is_open,
        written_on=row.written_on,
        answer_by=row.answer_by,
        state=state,
        stages=tuple(_stage(one) for one in row.passages.all()),
        at=name_of(row.at),
        answer=row.answer,
        answered_on=row.answered_on,
        is_overdue=is_open and row.answer_by < today(),
        is_stranded=is_open and not row.at.holds_on(today()),
        age=((row.answered_on or row.withdrawn_on or today()) - row.written_on).days,
        verdicts={verb: may_act(verb, state, is_theirs=theirs[verb]) for verb in Verb},
    )


def _stage(one: Passage) -> Stage:
    sender, to = name_of(one.sender), name_of(one.to)
    return Stage(sender=sender, to=to, words=one.words, on=one.sent_on)


def _about(row: Concern, known: Mapping[int, MunicipalGoal]) -> About | None:
    """Return what it is about; a goal that has ended is named no more."""
    if row.goal_id is not None and row.goal_id in known:
        return _goal(known[row.goal_id])
    if row.unit is None:
        return None
    unit = row.unit
    return _result(unit.name, unit.code, unit.municipality_code, row.indicator)


def _goal(goal: MunicipalGoal) -> About:
    town = goal.unit_path.split("/")[1]
    return About(words=goal.sentence, municipality=town, goal=goal.key)


def _result(name: str, code: str, municipality: str, indicator: str) -> About:
    known = catalogue().get(indicator)
    title = str(known.title) if known else indicator
    return About(
        words=f"{title}, {name}",
        municipality=municipality,
        unit=code,
        indicator=indicator,
    )
