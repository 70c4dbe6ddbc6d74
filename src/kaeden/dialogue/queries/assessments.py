"""Read assessments and agendas; each docstring ends with what it costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import YES, Actor, Permission, Role, Verdict, may, may_at_any
from kaeden.dialogue.errors import NoSuchAgendaItem
from kaeden.dialogue.models import AgendaItem, Assessment
from kaeden.dialogue.queries.openings import newest_of, turns_after, turns_at
from kaeden.dialogue.rules.assessments import (
    JUDGEMENT_NAMES,
    LONGEST_QUEUE,
    SECTORS,
    Judgement,
)
from kaeden.goals.indicators import catalogue, published
from kaeden.organisation.models import Post, Unit
from kaeden.organisation.queries import paths_of
from kaeden.organisation.rules import Kind
from kaeden.publication import queries as publication
from kaeden.publication.models import Release
from kaeden.publication.queries import CurrentRelease, ReleasedFigure
from kaeden.shared.errors import Forbidden


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAssessment:
    """An assessment as those who may see it read it.

    `earlier` is what the post wrote of the same released result before, newest first.
    """

    id: int
    unit: int
    unit_code: str
    unit_name: str
    indicator: str
    period: str
    said: Judgement
    judgement: str
    sentence: str
    next_step: str
    post: str
    is_demo: bool
    made_at: datetime
    is_leaders: bool
    release: int
    earlier: tuple["WrittenAssessment", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedItem:
    """An agenda item with the assessment that it rests on."""

    id: int
    step: str
    proposed_at: datetime
    assessment: WrittenAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The results that a post is asked to assess, seven at most.

    Those that are open to it come first, each by strength. `leaders_until` are the
    results that a leader is to assess first, with the day they open in any case.
    """

    figures: tuple[ReleasedFigure, ...]
    waiting: int
    assessed: int
    leaders_until: Mapping[tuple[int, str], date] = field(default_factory=dict)


def may_assess(actor: Actor, figure: ReleasedFigure, release_id: int) -> Verdict:
    """Judge whether the actor can assess a result now (at most 4 queries)."""
    if figure.value is None:
        return Verdict(allowed=False, why_not=_("There is no number to assess here."))
    try:
        assessing_post(actor, figure)
    except Forbidden as error:
        return Verdict(allowed=False, why_not=error.message)
    if actor.role is Role.LEADER:
        return YES
    release = Release.objects.get(pk=release_id)
    return turns_at(release, [figure.unit.id]).at(figure).verdict


def own_words(
    actor: Actor, figure: ReleasedFigure, release_id: int
) -> Assessment | None:
    """Return what one's post wrote last of a released result (at most 1 query)."""
    if actor.post_id is None:
        return None
    return newest_of(release_id, figure).get(actor.post_id)


def assessing_post(by: Actor, figure: ReleasedFigure) -> Post:
    """Return the post of `by` that assesses this result (1 query).

    A leader assesses the results of the own institution; a chief the institutions of
    the area, and the municipality's own figures of the chief's sector.

    Raises
    ------
    Forbidden
        If it does not.
    """
    sector = catalogue()[figure.indicator].sector.value
    below = may(by, Permission.ASSESS_RESULT, at=figure.unit.path)
    if by.post_id is None or not (below or _owns_sector(by, figure, sector)):
        raise Forbidden(_("Your post does not assess this result."))
    return Post.objects.get(pk=by.post_id)


def _owns_sector(by: Actor, figure: ReleasedFigure, sector: str) -> bool:
    """Whether it is the municipality's own figure, of the chief's sector."""
    is_municipal = figure.unit.kind == Kind.MUNICIPALITY.value
    within = by.path.startswith(f"{figure.unit.path}/")
    return is_municipal and within and by.role in SECTORS and SECTORS[by.role] == sector


def assessments_at(
    actor: Actor, unit: Unit, indicator: str = ""
) -> list[WrittenAssessment]:
    """Return a unit's assessments, newest first, for those who may see them (1 query).

    What a post wrote anew of the same release comes with what stood before it.

    Those are the posts that reach the unit, and the post that wrote. A unit that has
    ended is reached by those who reach the units that carry it on (1 query more for
    each generation). An actor with no post is shown none, and nothing is asked of the
    database.
    """
    if actor.role is None:
        return []
    found = with_words(Assessment.objects.filter(unit=unit))
    if not may_at_any(actor, Permission.READ_ASSESSMENT, at=paths_of(unit)):
        found = found.filter(post_id=actor.post_id or 0)
    if indicator:
        found = found.filter(indicator=indicator)
    return newest_with_earlier(found.order_by("-made_at", "-number"))


def newest_with_earlier(found: Iterable[Assessment]) -> list[WrittenAssessment]:
    """Return each post's newest words on a released result, with those before them."""
    told: dict[tuple[int, str, int, int], list[Assessment]] = {}
    for one in found:
        place = one.unit_id, one.indicator, one.release_id, one.post_id
        told.setdefault(place, []).append(one)
    return [
        _written(newest, tuple(_written(one) for one in earlier))
        for newest, *earlier in told.values()
    ]


def queue_of(role: Role, area: Unit, release: Release | CurrentRelease) -> Queue:
    """Return what a post has to assess in the current release (3 queries).

    For a chief, the signals at the institutions of the area, and the municipality's
    own figures of the chief's sector; for a leader, those of the own institution. What
    the post has assessed is left out.
    """
    found = _signals_for(role, area, release.id)
    done, leaders = _written_in(release.id, role, area)
    waiting = [one for one in found if (one.unit.id, one.indicator) not in done]
    closed = {}
    if role is not Role.LEADER and waiting:
        turns = turns_after(release, {one.unit.id for one in waiting}, leaders)
        turn = {(one.unit.id, one.indicator): turns.at(one) for one in waiting}
        closed = {key: one.day for key, one in turn.items() if not one.is_open}
    waiting.sort(key=_strength, reverse=True)
    waiting.sort(key=lambda one: (one.unit.id, one.indicator) in closed)
    return Queue(
        figures=tuple(waiting[:LONGEST_QUEUE]),
        waiting=len(waiting),
        assessed=len(done),
        leaders_until=closed,
    )


def _signals_for(role: Role, area: Unit, release_id: int) -> list[ReleasedFigure]:
    """Return the signals that a post at a unit assesses (1 query)."""
    sector = SECTORS.get(role)
    wanted = {
        one.id: sector in {None, one.sector.value} for one in published().values()
    }
    at = area.parent_id or 0 if sector else area.pk
    return publication.signals_at(release_id, area.path, unit_id=at, sectors=wanted)


Results: TypeAlias = frozenset[tuple[int, str]]
"""Results by unit and indicator."""


def _written_in(release_id: int, role: Role, area: Unit) -> tuple[Results, Results]:
    """Return what a post has assessed in a release, and what leaders have (1 query)."""
    own = Q(post__unit=area, post__role=role.value)
    leaders = Q(post__role=Role.LEADER.value, unit__path__startswith=f"{area.path}/")
    rows = Assessment.objects.filter(own | leaders, release_id=release_id).values_list(
        "unit_id", "indicator", "post__role"
    )
    return (
        frozenset((unit, name) for unit, name, by in rows if by == role.value),
        frozenset((unit, name) for unit, name, by in rows if by == Role.LEADER.value),
    )


def _strength(figure: ReleasedFigure) -> tuple[bool, float]:
    """Order signals: development first, then how far outside the usual swing."""
    if figure.signal == "development" and figure.slope and figure.slope_half:
        return True, abs(figure.slope) / figure.slope_half
    return False, abs(figure.difference or 0.0) / (figure.swing or 1.0)


def agenda_of(actor: Actor, municipality: Unit) -> list[ProposedItem]:
    """Return the items proposed for the agenda, newest first (1 query)."""
    if not may(actor, Permission.DECIDE_AGENDA, at=municipality.path):
        return []
    items = AgendaItem.objects.filter(municipality=municipality).select_related(
        "assessment__unit", "assessment__post__unit", "assessment__made_by"
    )
    return [_proposed(item) for item in items.order_by("-proposed_at")]


def get_item(actor: Actor, pk: int) -> AgendaItem:
    """Return an agenda item that the actor may decide (1 query).

    Raises
    ------
    NoSuchAgendaItem
        Also when it exists but is out of reach, so that a number tells nothing.
    """
    found = AgendaItem.objects.select_related("municipality").filter(pk=pk).first()
    if found is None or not may(
        actor, Permission.DECIDE_AGENDA, at=found.municipality.path
    ):
        raise NoSuchAgendaItem(_("There is no such agenda item."))
    return found


def with_words(found: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Return assessments with what their words are told with (0 queries)."""
    return found.select_related("unit", "post__unit", "made_by")


def _proposed(item: AgendaItem) -> ProposedItem:
    return ProposedItem(
        id=item.pk,
        step=item.step,
        proposed_at=item.proposed_at,
        assessment=_written(item.assessment),
    )


def _written(
    one: Assessment, earlier: tuple[WrittenAssessment, ...] = ()
) -> WrittenAssessment:
    return WrittenAssessment(
        id=one.pk,
        unit=one.unit_id,
        unit_code=one.unit.code,
        unit_name=one.unit.name,
        indicator=one.indicator,
        period=one.period,
        said=Judgement(one.judgement),
        judgement=str(JUDGEMENT_NAMES[one.judgement]),
        sentence=one.sentence,
        next_step=one.next_step,
        post=one.post.name,
        is_demo=one.made_by.is_demo and not one.unit.is_invented,
        made_at=one.made_at,
        is_leaders=one.post.role == Role.LEADER.value,
        release=one.release_id,
        earlier=earlier,
    )
