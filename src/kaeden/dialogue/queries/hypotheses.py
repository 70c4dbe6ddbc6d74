"""Read claims and the evidence that they meet; each docstring ends with its cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may, may_at_any
from kaeden.dialogue.errors import NoSuchHypothesis
from kaeden.dialogue.models import Hypothesis
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.hypotheses import Evidence, Expected, evidence, may_close
from kaeden.goals.indicators import catalogue
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import paths_of
from kaeden.publication import queries as publication
from kaeden.publication.errors import NothingReleased
from kaeden.publication.queries import ReleasedFigure
from kaeden.publication.since import moved_between
from kaeden.shared.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHypothesis:
    """A claim as a post in its line reads it.

    `begins` is the number it begins from and `met` the one that tests it, when it has
    come; then `evidence` is what that says.
    """

    id: int
    who: str
    is_mine: bool
    unit_code: str
    unit_name: str
    indicator: str
    words: str
    expected: Expected
    by_period: str
    made_on: date
    begins: ReleasedFigure | None
    met: ReleasedFigure | None
    evidence: Evidence | None
    learnt: str
    closed_on: date | None
    may_close: Verdict


def may_write(actor: Actor, unit_path: str) -> Verdict:
    """Judge whether a post may write a claim about a unit (0 queries)."""
    return may(actor, Permission.WRITE_HYPOTHESIS, at=unit_path)


def seen_by(actor: Actor) -> list[SeenHypothesis]:
    """Return the claims in one's line: open ones first, then the newest (4 queries)."""
    if actor.post_id is None:
        return []
    town = "/".join(actor.path.split("/")[:2])
    rows = _all().filter(unit__path__startswith=town)
    found = [one for one in rows if _is_seen(actor, one)]
    found.sort(key=lambda one: one.closed_on is not None)
    return _met(actor, found)


def hypotheses_at(actor: Actor, unit: Unit, indicator: str) -> list[SeenHypothesis]:
    """Return the claims on one result, newest first (at most 4 queries)."""
    if actor.post_id is None:
        return []
    rows = _all().filter(unit=unit, indicator=indicator)
    return _met(actor, [one for one in rows if _is_seen(actor, one)])


def get_seen(actor: Actor, pk: int) -> SeenHypothesis:
    """Return one claim with its evidence (4 queries).

    Raises
    ------
    NoSuchHypothesis
        Also when it exists outside one's line, so that a number tells nothing.
    """
    (found,) = _met(actor, [get_hypothesis(actor, pk)])
    return found


def get_hypothesis(actor: Actor, pk: int) -> Hypothesis:
    """Return the row of a claim that one may read, for an action (1 query).

    Raises
    ------
    NoSuchHypothesis
        As `get_seen`.
    """
    found = _all().filter(pk=pk).first()
    if found is None or not _is_seen(actor, found):
        raise NoSuchHypothesis(_("There is no such hypothesis in your line."))
    return found


def _all() -> QuerySet[Hypothesis]:
    rows = Hypothesis.objects.select_related("unit__parent", "post__unit")
    return rows.order_by("-made_on", "-pk")


def _is_seen(actor: Actor, one: Hypothesis) -> bool:
    if one.post_id == actor.post_id:
        return True
    at = paths_of(one.unit)
    return bool(may_at_any(actor, Permission.READ_HYPOTHESIS, at=at))


def _met(actor: Actor, found: Sequence[Hypothesis]) -> list[SeenHypothesis]:
    """Return claims with the numbers they begin from and meet (3 queries)."""
    if not found:
        return []
    begins = publication.latest_in(
        (one.release_id, one.unit_id, one.indicator) for one in found
    )
    now = _figures_now(found)
    return [
        _seen(
            actor,
            one,
            begins.get((one.release_id, one.unit_id, one.indicator)),
            [fig for fig in now if (fig.unit.id, fig.indicator) == _place(one)],
        )
        for one in found
    ]


def _place(one: Hypothesis) -> tuple[int, str]:
    return one.unit_id, one.indicator


def _figures_now(found: Sequence[Hypothesis]) -> list[ReleasedFigure]:
    """Return the current figures of the units of claims in one town (2 queries)."""
    try:
        release = publication.current_release(found[0].unit.municipality_code)
    except NothingReleased:
        return []
    return publication.of_units(release.id, {one.unit_id for one in found})


def _seen(
    actor: Actor,
    one: Hypothesis,
    begins: ReleasedFigure | None,
    series: Iterable[ReleasedFigure],
) -> SeenHypothesis:
    is_mine = one.post_id == actor.post_id
    met = _testing(one, series)
    return SeenHypothesis(
        id=one.pk,
        who=name_of(one.post),
        is_mine=is_mine,
        unit_code=one.unit.code,
        unit_name=one.unit.full_name,
        indicator=one.indicator,
        words=one.words,
        expected=Expected(one.expected),
        by_period=one.by_period,
        made_on=one.made_on,
        begins=begins,
        met=met,
        evidence=_says(one, begins, met) if begins and met else None,
        learnt=one.learnt,
        closed_on=one.closed_on,
        may_close=may_close(is_mine=is_mine, is_closed=one.closed_on is not None),
    )


def _testing(
    one: Hypothesis, series: Iterable[ReleasedFigure]
) -> ReleasedFigure | None:
    """Return the first number of the year that was named, or of a later one."""
    by = Period.parse(one.by_period)
    numbers = (fig for fig in series if fig.value is not None)
    return next((fig for fig in numbers if Period.parse(fig.period) >= by), None)


def _says(one: Hypothesis, begins: ReleasedFigure, met: ReleasedFigure) -> Evidence:
    breaks = {broken.between[1] for broken in catalogue()[one.indicator].breaks}
    rose = (met.value or 0.0) > (begins.value or 0.0)
    moved = moved_between(begins, met, breaks=breaks)
    return evidence(Expected(one.expected), moved, rose=rose)
