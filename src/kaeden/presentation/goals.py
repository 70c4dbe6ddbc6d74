"""The municipality's goals as sentences: where we are, which way, how sure, for whom.

This is what politicians see first. It holds no efforts, no unit and no leader's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.goals.held import HeldVision
from kaeden.goals.indicators import catalogue
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.rules import CONFIDENCE_NAMES, STATE_NAMES, TargetKind
from kaeden.goals.standing import Standing
from kaeden.goals.targets import ToldState, UnitTarget
from kaeden.organisation.models import Unit
from kaeden.presentation import cards, gap_targets, gap_words
from kaeden.presentation.cards import Card
from kaeden.presentation.charts.marks import ListItem, Tone
from kaeden.presentation.gap_words import forms_of
from kaeden.presentation.targets import TONES, standing, wanted
from kaeden.publication.gap_queries import ReleasedGap
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One of the four short answers on a goal."""

    asks: str
    says: str
    sign: str = ""
    tone: Tone = Tone.NEUTRAL
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A goal as a sentence with its four answers."""

    key: str
    sentence: str
    href: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsPage:
    """The municipality's goals, those of its areas, and what could be adopted."""

    vision: HeldVision
    lines: tuple[GoalLine, ...]
    areas: tuple[ListItem, ...]
    proposals: tuple[ListItem, ...]


def build(
    stands: Standing,
    figures: Sequence[ReleasedFigure],
    release: CurrentRelease,
    gaps: Sequence[ReleasedGap] = (),
) -> GoalsPage:
    """Return the page; `gaps` are the municipality's newest."""
    series = cards.by_indicator(figures)
    return GoalsPage(
        vision=stands.vision,
        lines=tuple(
            _line(
                stands,
                goal,
                cards.lead_of(goal, series.get(goal.lead, []), release),
                figures,
                gaps,
            )
            for goal in stands.goals
            if goal.is_adopted
        ),
        areas=tuple(_item(stands.town, goal) for goal in stands.areas),
        proposals=tuple(
            _item(stands.town, goal) for goal in stands.goals if not goal.is_adopted
        ),
    )


def href(town: Unit, goal: MunicipalGoal) -> str:
    """Return the address of a goal's page."""
    return reverse("web:goal", kwargs={"code": town.code, "key": goal.key})


def _item(town: Unit, goal: MunicipalGoal) -> ListItem:
    owner = goal.owner.name if goal.owner else ""
    return ListItem(text=goal.sentence, href=href(town, goal), note=owner)


def _line(
    stands: Standing,
    goal: MunicipalGoal,
    card: Card | None,
    figures: Sequence[ReleasedFigure],
    gaps: Sequence[ReleasedGap],
) -> GoalLine:
    targets = [one for one in stands.targets if one.goal_id == goal.id]
    told = [one.newest for one in targets if one.newest]
    newest = max(told, key=lambda one: one.on, default=None)
    return GoalLine(
        key=goal.key,
        sentence=goal.sentence,
        href=href(stands.town, goal),
        answers=(
            _where(card, newest),
            _which_way(card),
            _how_sure(targets, newest, figures),
            _for_whom(
                targets, [one for one in gaps if one.indicator == goal.lead], gaps
            ),
        ),
    )


def _where(card: Card | None, newest: ToldState | None) -> Answer:
    """Return where we are: a released figure, else what was said last."""
    asks = _("Where are we?")
    if card is not None:
        return Answer(asks=asks, says=card.headline, note=card.period)
    if newest is not None:
        return Answer(asks=asks, says=newest.words, note=date_format(newest.on))
    return Answer(asks=asks, says=_("There is no released figure yet"))


def _which_way(card: Card | None) -> Answer:
    asks = _("Which way?")
    if card is None or card.marks is None:
        return Answer(asks=asks, says=_("It can't be told yet"), sign="○")
    mark = card.marks[0]
    return Answer(
        asks=asks, says=mark.finding, sign=mark.sign, tone=mark.tone, note=mark.basis
    )


def _how_sure(
    targets: Sequence[UnitTarget],
    newest: ToldState | None,
    figures: Sequence[ReleasedFigure],
) -> Answer:
    """Return whether the target will be met, and how sure its owner is."""
    asks = _("Will we get there?")
    own = [one for one in targets if one.kind is not TargetKind.GAP]
    sure = str(CONFIDENCE_NAMES[newest.confidence]) if newest else ""
    if not own:
        return Answer(asks=asks, says=sure or _("No target has been set"), sign="○")
    mark = standing(own[-1], figures)
    note = wanted(own[-1])
    if sure:
        note = _("%(target)s. The owner: %(sure)s.") % {"target": note, "sure": sure}
    return Answer(
        asks=asks, says=mark.finding, sign=mark.sign, tone=mark.tone, note=note
    )


def _for_whom(
    targets: Sequence[UnitTarget],
    of_lead: Sequence[ReleasedGap],
    gaps: Sequence[ReleasedGap],
) -> Answer:
    """Return what is wanted of the gap between groups of children, or what was found."""
    asks = _("Is it for all?")
    wish = next((one for one in targets if one.kind is TargetKind.GAP), None)
    found = gap_targets.gap_of(wish, gaps) if wish else None
    if wish and found:
        mark = standing(wish, (), gaps)
        return Answer(
            asks=asks,
            says=mark.finding,
            sign=mark.sign,
            tone=mark.tone,
            note=wanted(wish),
            href=gap_targets.href(found),
        )
    if wish and wish.newest:
        state = wish.newest.state
        return Answer(
            asks=asks,
            says=str(STATE_NAMES[state]),
            tone=TONES[state],
            note=wanted(wish),
        )
    if wish:
        says = _("There are no figures for the groups yet")
        return Answer(asks=asks, says=says, note=wanted(wish))
    return _found(asks, [one for one in of_lead if one.difference is not None])


def _found(asks: str, gaps: Sequence[ReleasedGap]) -> Answer:
    """Return the gaps that are sure, or that none is; the page itself says how wide."""
    if not gaps:
        return Answer(asks=asks, says=_("There are no figures for groups yet"))
    forms = forms_of(catalogue()[gaps[0].indicator])
    sure = [one for one in gaps if gap_words.is_clear(one)]
    says = " ".join(gap_words.size(one, forms) for one in sure[:1])
    return Answer(
        asks=asks,
        says=says or _("No gap between the groups is sure"),
        note=_("Open the gap: for whom is it so?"),
        href=gap_targets.href(gaps[0]),
    )
