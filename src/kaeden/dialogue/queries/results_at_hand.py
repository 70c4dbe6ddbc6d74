"""Find the results that a meeting might talk about; each docstring ends with its cost."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kaeden.dialogue.models import AgendaItem, Assessment, MeetingItem
from kaeden.dialogue.rules.agenda import BY_JUDGEMENT, About, Candidate, Why
from kaeden.dialogue.rules.assessments import JUDGEMENT_NAMES, SECTORS, AgendaStep
from kaeden.dialogue.rules.meetings import Body
from kaeden.goals.indicators import catalogue, published
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.publication import queries as publication
from kaeden.publication.errors import NothingReleased
from kaeden.publication.queries import CurrentRelease, ReleasedFigure
from kaeden.shared.periods import Period

LATELY = timedelta(days=180)
WAITED_LONG = timedelta(days=30)
NEAR = timedelta(days=365)


def results_for(
    body: Body, unit: Unit, town: Unit, goals: Sequence[MunicipalGoal], day: date
) -> Iterator[Candidate]:
    """Give the results a body might talk about on a day (at most 4 queries).

    To the committee only the municipality's own, and only those of its goals.
    """
    yield from _near_their_year(goals, day)
    if body is Body.DIRECTORS:
        yield from _proposed_by_chiefs(town, goals, day)
    if body is Body.CHIEFS:
        yield from _assessed_below(unit, goals, day)
    try:
        release = publication.current_release(town.code)
    except NothingReleased:
        return
    figures = _signals(body, unit, town, release, goals)
    done = _assessed_in(release) if body in {Body.DIRECTORS, Body.CHIEFS} else set()
    is_old = localdate(release.made_at) + WAITED_LONG <= day
    why = Why.WAITS if body is Body.DIRECTORS else Why.SIGNAL
    for figure in figures if is_old or why is Why.SIGNAL else ():
        if (figure.unit.id, figure.indicator) not in done:
            yield _signal(figure, why, release, goals)


def _signals(
    body: Body,
    unit: Unit,
    town: Unit,
    release: CurrentRelease,
    goals: Sequence[MunicipalGoal],
) -> list[ReleasedFigure]:
    """Return the figures that stand out where the body leads (1 query)."""
    names = dict.fromkeys(published(), True)
    found = publication.signals_at(
        release.id, unit.path, unit_id=unit.pk, sectors=names
    )
    if body is Body.COMMITTEE:
        theirs = {one.id for goal in goals for one in goal.indicators}
        own = (one for one in found if one.unit.id == town.pk)
        return [one for one in own if one.indicator in theirs]
    return [one for one in found if "/others/" not in one.unit.path]


def _assessed_in(release: CurrentRelease) -> set[tuple[int, str]]:
    """Return the results that a chief has assessed in a release (1 query)."""
    chiefs = [role.value for role in SECTORS]
    rows = Assessment.objects.filter(release_id=release.id, post__role__in=chiefs)
    return set(rows.values_list("unit_id", "indicator"))


def _proposed_by_chiefs(
    town: Unit, goals: Sequence[MunicipalGoal], day: date
) -> Iterator[Candidate]:
    """Give what chiefs have proposed and no meeting has had yet (1 query)."""
    had = MeetingItem.objects.filter(is_on=True, assessment__isnull=False)
    rows = AgendaItem.objects.filter(
        municipality=town, assessment__made_at__date__gte=day - LATELY
    ).exclude(step=AgendaStep.DECLINED.value)
    fresh = rows.exclude(assessment__in=had.values("assessment_id"))
    for row in fresh.select_related("assessment__unit").order_by("-proposed_at"):
        yield _assessed(row.assessment, goals)


def _assessed_below(
    unit: Unit, goals: Sequence[MunicipalGoal], day: date
) -> Iterator[Candidate]:
    """Give what the chief has assessed lately, of each result the newest (1 query)."""
    rows = Assessment.objects.filter(
        post__unit=unit, made_at__date__gte=day - LATELY
    ).select_related("unit")
    newest: dict[tuple[int, str], Assessment] = {}
    for row in rows.order_by("-made_at", "-pk"):
        newest.setdefault((row.unit_id, row.indicator), row)
    for row in newest.values():
        yield _assessed(row, goals)


def _assessed(one: Assessment, goals: Sequence[MunicipalGoal]) -> Candidate:
    judged = JUDGEMENT_NAMES[one.judgement]
    return Candidate(
        key=_key(one.unit.code, one.indicator),
        stamp=f"assessed {one.pk}",
        why=BY_JUDGEMENT[one.judgement],
        title=_title(one.unit.kind, one.unit.name, one.indicator),
        said=f"{judged}. {one.sentence}"[:390],
        about=About(
            unit=one.unit_id,
            indicator=one.indicator,
            assessment=one.pk,
            goal=_goal_of(one.indicator, goals),
        ),
    )


def _signal(
    figure: ReleasedFigure,
    why: Why,
    release: CurrentRelease,
    goals: Sequence[MunicipalGoal],
) -> Candidate:
    moved = figure.signal == "development"
    words = (
        _("It has moved more than it usually swings (%(period)s).")
        if moved
        else _("It lies outside what chance explains (%(period)s).")
    )
    weight = abs(figure.slope or 0.0) / (figure.slope_half or 1.0)
    return Candidate(
        key=_key(figure.unit.code, figure.indicator),
        stamp=f"signal {figure.period}",
        why=why,
        title=_title(figure.unit.kind, figure.unit.name, figure.indicator),
        said=f"{words % {'period': figure.period}} {_one_of(figure, release)}",
        about=About(
            unit=figure.unit.id,
            indicator=figure.indicator,
            goal=_goal_of(figure.indicator, goals),
        ),
        strength=1000.0 * moved + weight,
    )


def _one_of(figure: ReleasedFigure, release: CurrentRelease) -> str:
    """Return how many children a signal is of, and how many results were held up."""
    words = _("It is one of %(signals)d that stand out among %(scanned)d results.")
    if figure.n:
        words = _(
            "It is about %(n)d children, and one of %(signals)d that stand out among "
            "%(scanned)d results."
        )
    return words % {
        "n": figure.n,
        "signals": release.signals,
        "scanned": release.scanned,
    }


def _near_their_year(goals: Sequence[MunicipalGoal], day: date) -> Iterator[Candidate]:
    """Give the goals whose year ends within a year (0 queries)."""
    for one in goals:
        ends = Period.parse(one.by_period).ends if one.by_period else None
        if one.id is not None and ends and day < ends <= day + NEAR:
            said = _("The goal is to be reached by %(year)s.")
            yield Candidate(
                key=f"goal {one.id}",
                stamp=one.by_period,
                why=Why.DEADLINE,
                title=one.sentence[:390],
                said=said % {"year": one.by_period},
                about=About(goal=one.id, indicator=one.lead),
                strength=-float((ends - day).days),
            )


def _goal_of(indicator: str, goals: Sequence[MunicipalGoal]) -> int | None:
    """Return the goal that an indicator is the first result of, else one it serves."""
    for one in goals:
        if one.lead == indicator:
            return one.id
    serves = (one for one in goals if indicator in {i.id for i in one.indicators})
    return next((one.id for one in serves), None)


def _title(kind: str, name: str, indicator: str) -> str:
    title = str(catalogue()[indicator].title)
    return title if kind == Kind.MUNICIPALITY.value else f"{name}: {title}"


def _key(code: str, indicator: str) -> str:
    return f"result {code} {indicator}"
