"""What is known of a practice's effect, in words first."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.engine.effects.values import (
    Comparison,
    Effect,
    EventPoint,
    Refusal,
    Refused,
)
from kaeden.goals.indicators import Indicator, Sector
from kaeden.learning.practices import Practice
from kaeden.learning.queries.evidence import Known, Weighed
from kaeden.learning.rules.evidence import RUNG_NAMES, Rung
from kaeden.presentation.charts.curve import (
    Curve,
    CurveBreak,
    CurveData,
    CurvePoint,
    draw_curve,
)
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.figures import difference_form
from kaeden.presentation.numbers import number

SURE = 0.05
ALREADY_MANY = 10.0
"""A hidden difference so many times larger is told as at least that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RungView:
    """A rung of the ladder, and whether what is known stands on it."""

    name: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One indicator that the practice should move, and what is known."""

    indicator: str
    title: str
    said: str
    has_effect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """All that is known of a practice, an indicator a line."""

    users: str
    rungs: tuple[RungView, ...]
    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectPage:
    """A practice's effect on an indicator; without one, `refused` says why."""

    refused: str
    said: tuple[str, ...]
    chart: Curve | None
    trust: tuple[str, ...]
    limits: tuple[str, ...]
    method: str


def build_all(
    known: Known, practice: Practice, indicators: Mapping[str, Indicator]
) -> EvidencePage:
    """Return the ladder, and a sentence for each indicator that it should move."""
    return EvidencePage(
        users=_users(known.users),
        rungs=tuple(
            RungView(name=str(name), is_here=rung is known.rung)
            for rung, name in RUNG_NAMES.items()
        ),
        lines=tuple(
            _line(indicators[name], known.by_indicator.get(name))
            for name in practice.indicators
            if name in indicators
        ),
    )


def rung_words(rung: Rung) -> str:
    """Return a rung's name."""
    return str(RUNG_NAMES[rung])


def _users(count: int) -> str:
    if not count:
        return _("Nobody here has used it yet.")
    return ngettext(
        "One unit here uses it or has used it.",
        "%(count)d units here use it or have used it.",
        count,
    ) % {"count": count}


def _line(indicator: Indicator, weighed: Weighed | None) -> EvidenceLine:
    return EvidenceLine(
        indicator=indicator.id,
        title=str(indicator.title),
        said=in_short(indicator, weighed),
        has_effect=bool(weighed and weighed.effect),
    )


def in_short(indicator: Indicator, weighed: Weighed | None) -> str:
    """Return what is known of one indicator in a sentence or two."""
    if weighed is None:
        return _("It has not been estimated yet.")
    if isinstance(weighed.found, Refused):
        return refused(weighed.found, indicator.sector)
    return " ".join(
        (
            _difference(indicator, weighed.found),
            _sure(indicator, weighed.found),
            _verdict(weighed.found),
        )
    )


def build(
    indicator: Indicator, practice: Practice, town: str, weighed: Weighed | None
) -> EffectPage:
    """Return the page of one effect."""
    found = weighed.found if weighed else None
    if weighed is None or not isinstance(found, Effect):
        return EffectPage(
            refused=in_short(indicator, weighed),
            said=(),
            chart=None,
            trust=(),
            limits=(),
            method="",
        )
    return EffectPage(
        refused="",
        said=tuple(_said(indicator, found)),
        chart=_chart(indicator, practice, found),
        trust=tuple(_trust(indicator, found, town)),
        limits=tuple(_limits(weighed)),
        method=_method(weighed),
    )


# Words -----------------------------------------------------------------------------------

COUNTED: Mapping[Sector, Callable[[int], str]] = {
    Sector.SCHOOL: lambda n: ngettext("%(n)d school", "%(n)d schools", n) % {"n": n},
    Sector.DAYCARE: lambda n: (
        ngettext("%(n)d institution", "%(n)d institutions", n) % {"n": n}
    ),
    Sector.SOCIAL: lambda n: ngettext("%(n)d unit", "%(n)d units", n) % {"n": n},
}


def refused(found: Refused, sector: Sector) -> str:
    """Return why there is no effect, with the number that is lacking."""
    told = {"there": COUNTED[sector](found.number), "needed": found.needed}
    return str(WHY[found.why]) % told


WHY: Mapping[Refusal, str | Promise] = {
    Refusal.TOO_FEW_ADOPTING: gettext_lazy(
        "No effect is estimated yet: %(there)s with figures have begun, and it takes "
        "%(needed)d. With fewer, one of them decides it all."
    ),
    Refusal.TOO_FEW_YEARS_BEFORE: gettext_lazy(
        "No effect can be estimated: only %(there)s have figures from before they "
        "began, and it takes %(needed)d."
    ),
    Refusal.TOO_FEW_YEARS_AFTER: gettext_lazy(
        "No effect is estimated yet: only %(there)s have figures from after they "
        "began, and it takes %(needed)d. Come back when there are more years."
    ),
    Refusal.NO_COMPARISON: gettext_lazy(
        "No effect can be estimated: only %(there)s had not begun yet, and it takes "
        "%(needed)d to compare with."
    ),
}


def _said(indicator: Indicator, found: Effect) -> Iterator[str]:
    counted = COUNTED[indicator.sector](found.adopting)
    yield _("%(counted)s have used it and can be followed.") % {"counted": counted}
    yield _difference(indicator, found)
    yield _sure(indicator, found)
    yield _verdict(found)


def _sure(indicator: Indicator, found: Effect) -> str:
    """Return between what the effect lies."""
    if not (math.isfinite(found.low) and math.isfinite(found.high)):
        return _("How large the effect may be at most can't be said from so few.")
    sure = difference_form(indicator).between(found.low, found.high)
    return _("With 95 per cent certainty the effect lies %(sure)s.") % {"sure": sure}


def _difference(indicator: Indicator, found: Effect) -> str:
    """Return the effect in a sentence: beside those it is compared with."""
    form = difference_form(indicator)
    told = {"title": str(indicator.title), "size": form.text(abs(found.effect))}
    if form.text(abs(found.effect)) == form.text(0.0):
        return _("“%(title)s” has developed as it has where they had not begun.") % told
    if found.effect > 0:
        return (
            _(
                "“%(title)s” has come to lie %(size)s higher, beside those that had not "
                "begun."
            )
            % told
        )
    return (
        _(
            "“%(title)s” has come to lie %(size)s lower, beside those that had not begun."
        )
        % told
    )


def _verdict(found: Effect) -> str:
    if not found.is_certain:
        return _("It can be chance: no effect at all would also fit what is seen.")
    return {
        1: _("That is better, and more than chance usually gives."),
        -1: _("That is worse, and more than chance usually gives."),
        0: _("That is more than chance usually gives."),
    }[found.verdict]


def _trust(indicator: Indicator, found: Effect, town: str) -> Iterator[str]:
    """Say whom it is compared with, how they developed before, and what could hide."""
    others = COUNTED[indicator.sector](found.comparing)
    if found.comparison is Comparison.ALIKE:
        yield _("They are compared with the %(others)s that are most like them.") % {
            "others": others
        }
    else:
        yield _(
            "They are compared with %(others)s in %(town)s, each as long as it had not "
            "begun itself."
        ) % {"others": others, "town": town}
    yield (
        _("Units count by their number of children.")
        if found.by_children
        else _("Units count alike, whatever their size.")
    )
    yield _before(found)
    yield _hidden(found)
    yield from _second(indicator, found)
    if left := sum(found.left_out.values()):
        yield ngettext(
            "One unit that has begun is left out: it lacks figures before or after.",
            "%(count)d units that have begun are left out: they lack figures before or "
            "after.",
            left,
        ) % {"count": left}


def _before(found: Effect) -> str:
    if found.before_p is None:
        return _(
            "Whether they developed alike before can't be seen: there is only one year "
            "before the start."
        )
    if found.before_p < SURE:
        return _(
            "They developed differently already before the start. What came after may "
            "then have another cause than the practice."
        )
    return _("Before the start they developed alike, as far as can be seen.")


def _hidden(found: Effect) -> str:
    """Say how strong a hidden difference must be to explain the effect away."""
    if found.breakdown is None:
        return _(
            "How strong a hidden difference would have to be to explain it away can't be "
            "said: it takes more years before the start."
        )
    if not found.is_certain or not found.breakdown:
        return _("A hidden difference need not be large to explain it away.")
    if found.breakdown >= ALREADY_MANY:
        return _(
            "A hidden difference would have to be more than ten times larger than any "
            "that was seen between two years before the start, to explain it away."
        )
    return _(
        "A hidden difference explains it away if it is %(times)s times as large as the "
        "largest that was seen between two years before the start."
    ) % {"times": number(found.breakdown, 1)}


def _second(indicator: Indicator, found: Effect) -> Iterator[str]:
    if found.second is None:
        return
    told = {"value": difference_form(indicator).signed(found.second.effect)}
    if found.low <= found.second.effect <= found.high:
        yield _("Estimated in another way, the effect is %(value)s.") % told
    else:
        yield (
            _("Estimated in another way, it is %(value)s. The two do not agree: wait.")
            % told
        )


def _limits(weighed: Weighed) -> Iterator[str]:
    """Say what the numbers can't show."""
    if not weighed.drawn_by_lot:
        yield _(
            "They chose themselves to begin. What made them begin may be the cause, and "
            "not the practice."
        )
    yield _("Something else that was changed at the same time is counted along.")
    yield _("It says what happened here. It does not promise the same elsewhere.")
    yield _("It does not say what the practice does for the single child.")


def _method(weighed: Weighed) -> str:
    return _(
        "Estimated from release %(release)s by %(method)s. Input %(digest)s, snapshot "
        "%(snapshot)s."
    ) % {
        "release": weighed.release,
        "method": weighed.method,
        "digest": weighed.digest[:12],
        "snapshot": weighed.snapshot[:12],
    }


# The picture -------------------------------------------------------------------------------


def _chart(indicator: Indicator, practice: Practice, found: Effect) -> Curve:
    """Draw the difference by years since the start, measured from the year before it."""
    form = difference_form(indicator)
    points = {one.years_since: one for one in found.events}
    years = sorted({-1, *points})
    return draw_curve(
        CurveData(
            title=_("%(indicator)s beside those that had not begun")
            % {"indicator": indicator.title},
            form=form,
            points=tuple(_point(year, points.get(year)) for year in years),
            summary=_(
                "Each point is the difference to those that had not begun “%(practice)s”, "
                "counted in years from the start. Before the start it should lie near "
                "nothing."
            )
            % {"practice": practice.title},
            reference=ReferenceLine(label=_("no difference"), value=0.0),
            breaks=(CurveBreak(before=_year(-1), words=_("the start")),),
            period_head=_("Years from the start"),
        )
    )


def _year(year: int) -> str:
    return f"+{year}" if year > 0 else number(year)


def _point(year: int, one: EventPoint | None) -> CurvePoint:
    """Return a year's difference; the year before the start is what all start from."""
    if one is None:
        return CurvePoint(label=_year(year), value=0.0)
    is_known = math.isfinite(one.low) and math.isfinite(one.high)
    return CurvePoint(
        label=_year(year),
        value=one.effect,
        low=one.low if is_known else None,
        high=one.high if is_known else None,
    )
