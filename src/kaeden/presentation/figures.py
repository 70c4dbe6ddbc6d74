"""A released figure in words: the number as children, and why there is none."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.goals.indicators import Direction, Indicator, Level, Unit, WordingKind
from kaeden.organisation.rules import AREA_NAMES, Kind, municipality_name
from kaeden.presentation.numbers import Form, number
from kaeden.publication.queries import ReleasedFigure, ReleasedUnit
from kaeden.publication.series import CARRIED_ON, POOLED
from kaeden.shared.status import ValueStatus

FEWEST_AS_A_COUNT = 5
"""A count of fewer children is said per hundred instead."""
MOST_AS_A_COUNT = 5_000
"""Out of more children, a count would claim more than the rounded share knows."""


def form_of(indicator: Indicator, *, finer: int = 0) -> Form:
    """Return how the indicator's numbers are written."""
    sign = "%" if indicator.unit is Unit.PERCENT else ""
    return Form(decimals=indicator.decimals + finer, unit=sign)


def difference_form(indicator: Indicator, *, finer: int = 0) -> Form:
    """Return how differences are written: percentages differ by percentage points.

    One decimal more than the values have, but for values with a wide range.
    """
    if indicator.unit is Unit.PERCENT:
        unit = _("percentage points")
        return Form(decimals=indicator.decimals + finer, unit=unit)
    extra = 0 if indicator.unit in WIDE else 1
    return form_of(indicator, finer=finer + extra)


WIDE = {Unit.PERCENT, Unit.PER_1000, Unit.DAYS, Unit.PUPILS_PER_TEACHER}
"""Units whose values differ by so much that a further decimal says nothing."""


def unit_name(unit: ReleasedUnit) -> str:
    """Return the name a reader knows a unit by."""
    if unit.kind == Kind.COUNTRY.value:
        return _("Denmark")
    if unit.kind == Kind.AREA.value:
        return str(AREA_NAMES.get(unit.code, unit.name))
    if unit.kind == Kind.MUNICIPALITY.value:
        return municipality_name(unit.code, unit.name)
    return unit.name


def verdict_words(value: float) -> str:
    """Return the ministry's own verdict on a school's exam marks."""
    if value > 0:
        return _("above the level")
    return _("below the level") if value < 0 else _("at the level")


def value_words(indicator: Indicator, figure: ReleasedFigure) -> str:
    """Return the number with its unit, or in a word why there is none."""
    if figure.value is None:
        return status_phrase(figure.status)
    if indicator.wording.kind is WordingKind.VERDICT:
        return verdict_words(figure.value)
    return form_of(indicator).text(figure.value)


def status_phrase(status: ValueStatus) -> str:
    """Return a short phrase for a place without a number."""
    return {
        ValueStatus.HIDDEN: _("hidden"),
        ValueStatus.NOT_APPLICABLE: _("does not apply"),
    }.get(status, _("no number"))


def why_no_number(indicator: Indicator, status: ValueStatus) -> str:
    """Return a sentence that says why there is no number."""
    if status is ValueStatus.HIDDEN:
        return _(
            "The number is hidden, because fewer than %(most)s children may be behind it."
        ) % {"most": indicator.minimum_group}
    if status is ValueStatus.NOT_APPLICABLE:
        return _("The number is not made for this kind of place.")
    return _(
        "The source shows no number. It may be missing, or hidden there because there "
        "are few children."
    )


def headline(indicator: Indicator, figure: ReleasedFigure) -> str:
    """Return the finding as a sentence, in children where it can be."""
    if figure.value is None:
        return why_no_number(indicator, figure.status)
    wording = indicator.wording
    if wording.kind is WordingKind.VERDICT:
        return str(wording.says).format(value=verdict_words(figure.value))
    count = _count(indicator, figure)
    if wording.says_children and count >= FEWEST_AS_A_COUNT:
        return str(wording.says_children).format(
            count=number(count), n=number(figure.n or 0)
        )
    decimals = 0 if wording.kind in _PER_HUNDRED else indicator.decimals
    return str(wording.says).format(value=number(figure.value, decimals))


_PER_HUNDRED = {WordingKind.PER_100, WordingKind.AWAY_ON_A_DAY}


def _count(indicator: Indicator, figure: ReleasedFigure) -> int:
    """Return a share as a number of children; 0 where that would be too precise."""
    exact = indicator.size is not None and not indicator.size.is_approximate
    is_share = indicator.wording.kind in _PER_HUNDRED
    if not exact or not is_share or figure.n is None or figure.value is None:
        return 0
    if figure.n > MOST_AS_A_COUNT:
        return 0
    return round(figure.value / 100 * figure.n)


def count_words(indicator: Indicator, figure: ReleasedFigure) -> str:
    """Return a share as children of all, 7 of 23 pupils; empty where it is none."""
    count = _count(indicator, figure)
    if count < FEWEST_AS_A_COUNT or not indicator.wording.says_children:
        return ""
    return _("%(count)s of %(n)s %(noun)s") % {
        "count": number(count),
        "n": number(figure.n or 0),
        "noun": str(indicator.wording.noun),
    }


def children_words(indicator: Indicator, figure: ReleasedFigure) -> str:
    """Return how many children are behind a figure, and whether that is exact."""
    if figure.n is None:
        return ""
    noun = str(indicator.wording.noun)
    approximate = indicator.size is not None and indicator.size.is_approximate
    form = _("about %(n)s %(noun)s") if approximate else _("%(n)s %(noun)s")
    return form % {"n": number(figure.n), "noun": noun}


def beside_the_raw(indicator: Indicator, figure: ReleasedFigure) -> str:
    """Return the fair estimate with its interval, beside the raw number."""
    if figure.estimate is None or figure.low is None or figure.high is None:
        return ""
    finer = form_of(indicator, finer=0 if indicator.unit in WIDE else 1)
    return _("Fair estimate: %(estimate)s (%(interval)s)") % {
        "estimate": finer.text(figure.estimate),
        "interval": finer.between(*_outwards(figure.low, figure.high, finer.decimals)),
    }


def _outwards(low: float, high: float, decimals: int) -> tuple[float, float]:
    """Return an interval's ends rounded so that it never claims more."""
    scale = 10**decimals
    down, up = round(low * scale, 6), round(high * scale, 6)
    return math.floor(down) / scale, math.ceil(up) / scale


def reliability_words(reliability: str) -> str:
    """Return what a reliability class means to a leader."""
    return {
        "high": _("Many children: the number stands well by itself."),
        "medium": _("The number is drawn some way towards the municipality's schools."),
        "low": _("Few children: the number is drawn far towards the municipality's."),
    }.get(reliability, "")


def origin_words(indicator: Indicator, figure: ReleasedFigure) -> str:
    """Return where a figure comes from when it is not the source's own."""
    if figure.origin == POOLED:
        return _("Worked out by Kæden: the mean of the units before, by children.")
    if figure.origin == CARRIED_ON:
        return _("The figure of the unit that this one carries on.")
    if figure.origin != "computed":
        return ""
    if indicator.level is Level.INSTITUTION:
        return _("Worked out by Kæden: the institutions' mean by number of children.")
    return _("Worked out by Kæden: the municipalities' mean by number of children.")


def polarity(direction: Direction) -> str:
    """Return which way is better, in words."""
    return {
        Direction.HIGHER: _("higher is better"),
        Direction.LOWER: _("lower is better"),
        Direction.NO_JUDGEMENT: _("neither way is better"),
    }[direction]


def years(count: int, indicator: Indicator) -> str:
    """Return a number of years, school years where the indicator counts those."""
    if indicator.sector.value == "school":
        return ngettext("%(count)d school year", "%(count)d school years", count) % {
            "count": count
        }
    return ngettext("%(count)d year", "%(count)d years", count) % {"count": count}
