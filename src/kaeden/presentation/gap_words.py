"""A gap between two groups of children, in sentences.

No sentence here holds two places' gaps beside each other but by the difference of the
gaps: that one is clear of nothing and another is not says nothing of the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.goals.indicators import Indicator, Unit
from kaeden.goals.rules import GROUP_NAMES
from kaeden.presentation.figures import difference_form, form_of
from kaeden.presentation.numbers import Form, number
from kaeden.publication.gap_queries import ReleasedGap

SURE = 0.05
"""Above this, that all units have one gap is not ruled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapForms:
    """How an indicator's values, and the differences between them, are written."""

    value: Form
    difference: Form
    is_share: bool


def forms_of(indicator: Indicator) -> GapForms:
    """Return the forms; a difference names its points where it has no other unit."""
    form = difference_form(indicator)
    if indicator.unit is Unit.PERCENT:
        form = replace(form, decimals=form.decimals + 1)
    return GapForms(
        value=form_of(indicator),
        difference=replace(form, unit=form.unit or _("points")),
        is_share=indicator.unit is Unit.PERCENT,
    )


def groups_of(one: ReleasedGap) -> tuple[str, str]:
    """Return what the two groups are called."""
    pair = one.pair
    assert pair is not None, "a slope is of no pair"
    return str(GROUP_NAMES[pair[0]]), str(GROUP_NAMES[pair[1]])


def is_clear(one: ReleasedGap) -> bool:
    """Whether the interval of a gap leaves out 0."""
    return one.low is not None and one.high is not None and not one.low <= 0 <= one.high


def is_apart(one: ReleasedGap) -> bool:
    """Whether a unit's gap differs from that of the others: the interval of their difference."""
    if one.apart_low is None or one.apart_high is None:
        return False
    return not one.apart_low <= 0 <= one.apart_high


def size(one: ReleasedGap, forms: GapForms) -> str:
    """Say how wide the gap is, and how sure that is."""
    if one.difference is None or one.low is None or one.high is None:
        return hidden(one)
    first, second = groups_of(one)
    if not is_clear(one):
        return _(
            "We can't say whether there is a gap between %(first)s and %(second)s. It most "
            "likely lies from %(low)s to %(high)s, seen from the first to the second."
        ) % {
            "first": first,
            "second": second,
            "low": forms.difference.signed(one.low),
            "high": forms.difference.signed(one.high),
        }
    upper, lower = (second, first) if one.difference > 0 else (first, second)
    ends = sorted((abs(one.low), abs(one.high)))
    return _(
        "%(upper)s lie %(size)s above %(lower)s. We are quite sure that the gap is "
        "%(between)s."
    ) % {
        "upper": capfirst(upper),
        "lower": lower,
        "size": forms.difference.text(abs(one.difference)),
        "between": forms.difference.between(*ends),
    }


def means(one: ReleasedGap, forms: GapForms) -> str:
    """Say what each group has, of how many and when."""
    if one.mean_first is None or one.mean_second is None:
        return ""
    first, second = groups_of(one)
    return _(
        "%(second)s: %(above)s. %(first)s: %(below)s. Rests on about %(n)s and %(m)s "
        "children, %(years)s."
    ) % {
        "first": capfirst(first),
        "second": capfirst(second),
        "above": forms.value.text(one.mean_second),
        "below": forms.value.text(one.mean_first),
        "n": number(one.n_second or 0),
        "m": number(one.n_first or 0),
        "years": years(one),
    }


def years(one: ReleasedGap) -> str:
    """Say which school years the gap is of, and that they are put together."""
    if one.years == 1:
        return _("in %(period)s") % {"period": one.period}
    return ngettext(
        "%(count)s school year put together, %(since)s to %(period)s",
        "%(count)s school years put together, %(since)s to %(period)s",
        one.years,
    ) % {"count": number(one.years), "since": one.since, "period": one.period}


def relative(one: ReleasedGap, forms: GapForms) -> str:
    """Say the gap as a ratio, and when not to lean on it."""
    if one.ratio is None or one.ratio_low is None or one.ratio_high is None:
        return ""
    first, second = groups_of(one)
    plain = Form(decimals=2)
    said = _(
        "In relation to each other: %(second)s have %(ratio)s times what %(first)s have, "
        "most likely %(between)s."
    ) % {
        "first": first,
        "second": second,
        "ratio": plain.text(one.ratio),
        "between": plain.between(one.ratio_low, one.ratio_high),
    }
    if forms.is_share:
        return said
    caution = _("The scale doesn't begin at 0, so lean on the difference.")
    return f"{said} {caution}"


def moved(one: ReleasedGap) -> str:
    """Say whether the gap has grown or closed, by the rule of all developments."""
    if one.difference is None:
        return ""
    if one.points is None or one.preliminary:
        return ngettext(
            "Whether the gap is closing can't be told yet: there is %(count)s figure of it, "
            "and it takes 5.",
            "Whether the gap is closing can't be told yet: there are %(count)s figures of "
            "it, and it takes 5.",
            one.points or 1,
        ) % {"count": number(one.points or 1)}
    if not one.direction:
        return _("The gap has not moved more than it does by chance.")
    if one.direction * one.difference > 0:
        return _("The gap has grown over the years, also when each year is left out.")
    return _("The gap has closed over the years, also when each year is left out.")


def between_units(one: ReleasedGap, units: str) -> str:
    """Say whether the gaps of a municipality's units differ from each other at all."""
    if one.differ_p is None or one.compared is None:
        return ""
    words = {"units": units, "count": number(one.compared)}
    if one.differ_p > SURE:
        return (
            _(
                "The gaps of the %(count)s %(units)s can't be told from each other. That some "
                "bars reach 0 and others don't does not show that the %(units)s differ."
            )
            % words
        )
    return (
        _(
            "The gap is not equally wide at the %(count)s %(units)s: they lie further from "
            "each other than by chance."
        )
        % words
    )


def beside_others(one: ReleasedGap, forms: GapForms, units: str) -> str:
    """Say how a unit's gap lies to that of the others: by the difference of the two."""
    if one.apart is None or one.apart_low is None or one.apart_high is None:
        return ""
    words = {
        "unit": one.unit.name,
        "units": units,
        "apart": forms.difference.text(abs(one.apart)),
        "low": forms.difference.signed(one.apart_low),
        "high": forms.difference.signed(one.apart_high),
    }
    if not is_apart(one):
        return (
            _(
                "The gap at %(unit)s can't be told from that of the other %(units)s together: "
                "the difference between the gaps most likely lies from %(low)s to %(high)s."
            )
            % words
        )
    first, second = groups_of(one)
    upper, lower = (second, first) if one.apart > 0 else (first, second)
    return _(
        "At %(unit)s, %(upper)s lie %(apart)s higher, measured against %(lower)s, than at "
        "the other %(units)s together: the difference between the gaps most likely lies "
        "from %(low)s to %(high)s."
    ) % (words | {"upper": upper, "lower": lower})


def hidden(one: ReleasedGap) -> str:
    """Say why no gap is told of, without saying which group is small."""
    first, second = groups_of(one)
    return _(
        "The gap between %(first)s and %(second)s is not shown: there are too few children "
        "in one of the groups, also when school years are put together, or the number would "
        "give another small group away."
    ) % {"first": first, "second": second}


def slope(one: ReleasedGap, forms: GapForms) -> str:
    """Say what goes with social rank, from the lowest of all children to the highest."""
    if one.difference is None or one.low is None or one.high is None:
        return ""
    words = {
        "size": forms.difference.signed(one.difference),
        "low": forms.difference.signed(one.low),
        "high": forms.difference.signed(one.high),
        "period": one.period,
    }
    if not is_clear(one):
        return (
            _(
                "From the children whose parents have the shortest education to those with the "
                "longest, we can't say whether it rises or falls: most likely from %(low)s to "
                "%(high)s (%(period)s)."
            )
            % words
        )
    return (
        _(
            "From the children whose parents have the shortest education to those with the "
            "longest, it is %(size)s, most likely from %(low)s to %(high)s (%(period)s)."
        )
        % words
    )


def every_sentence(one: ReleasedGap, forms: GapForms, units: str) -> Iterator[str]:
    """Give all that is said of one gap."""
    yield size(one, forms)
    yield means(one, forms)
    yield relative(one, forms)
    yield moved(one)
    yield between_units(one, units)
    yield beside_others(one, forms, units)
