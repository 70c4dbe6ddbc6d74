"""The page of what background means, at all units together and at each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kaeden.presentation.charts.caterpillar import (
    Caterpillar,
    CaterpillarData,
    CaterpillarRow,
    draw_caterpillar,
)
from kaeden.presentation.charts.fan import Fan, FanData, FanLine, draw_fan
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.differences.fair import href_of, is_home, name_of
from kaeden.presentation.differences.within import left_out, nobody_reached
from kaeden.presentation.differences.words import Subject
from kaeden.presentation.numbers import Form, number
from kaeden.publication.model_queries import ReleasedFair


@dataclass(frozen=True, slots=True, kw_only=True)
class GradientPage:
    """What background means, at all units together and at each."""

    title: str
    period: str
    common: str
    step: str
    said: tuple[str, ...]
    fan: Fan | None
    sure: Caterpillar | None
    left_out: str
    reads: tuple[str, ...]
    empty: str


def build(subject: Subject, units: Sequence[ReleasedFair], home: str) -> GradientPage:
    """Return the page of the units that the reader reaches, beside all together."""
    own = [one for one in units if one.is_own]
    told = [one for one in own if one.gradient is not None and one.fair is not None]
    return GradientPage(
        title=subject.title,
        period=subject.facts.period,
        common=_common(subject),
        step=_("One step in the pictures is %(step)s.") % {"step": _step(subject)},
        said=tuple(_gradient_of(subject, one) for one in told if is_home(one, home)),
        fan=_fan(subject, told, home) if told else None,
        sure=_gradients(subject, told, home) if told else None,
        left_out=left_out(subject, own, told) if subject.facts.gradient_of else "",
        empty=_empty(subject),
        reads=(
            _(
                "A steep line says that background means much for how children do there. A flat one says that it means little."
            ),
            _(
                "Compare the bars, and not only whether one of them holds nothing: that one bar is clear of 0 and another is not does not show that the two units differ."
            ),
            _("It says what goes together, and not what causes what."),
        ),
    )


def _empty(subject: Subject) -> str:
    """Say why no unit's line is drawn, where none is."""
    if not subject.facts.gradient_of:
        return _("What background means is not worked out unit by unit here.")
    return nobody_reached()


def _step(subject: Subject) -> str:
    """Say what one step of background is."""
    return subject.labels.step or _("one step more of background")


def _common_slope(subject: Subject) -> tuple[float, float, float] | None:
    """Return what one step means at all units together, with its interval."""
    facts = subject.facts
    for one in facts.coefficients:
        if one.column == facts.gradient_of and facts.gradient_step is not None:
            by = facts.gradient_step
            return one.estimate * by, one.low * by, one.high * by
    return None


def _common(subject: Subject) -> str:
    found = _common_slope(subject)
    if found is None:
        return ""
    slope, low, high = found
    return _(
        "At all together, %(step)s goes with %(slope)s, and most likely %(between)s."
    ) % {
        "step": _step(subject),
        "slope": spoken_form(subject).signed(slope),
        "between": spoken_form(subject).between(low, high),
    }


def _gradient_of(subject: Subject, one: ReleasedFair) -> str:
    form = spoken_form(subject)
    slope = form.signed(one.gradient or 0.0)
    words = {"unit": name_of(one), "slope": slope, "step": _step(subject)}
    if one.gradient_low is None or one.gradient_high is None:
        return _("%(unit)s: %(step)s goes with %(slope)s.") % words
    between = form.between(one.gradient_low, one.gradient_high)
    return _("%(unit)s: %(step)s goes with %(slope)s, and most likely %(between)s.") % (
        words | {"between": between}
    )


def slope_form(subject: Subject) -> Form:
    """Return how a slope is written: percentages differ by percentage points."""
    unit = _("percentage points") if subject.form.unit == "%" else subject.form.unit
    return Form(decimals=subject.finer.decimals, unit=unit)


def spoken_form(subject: Subject) -> Form:
    """Return how a slope is written in a sentence, where points are named too."""
    form = slope_form(subject)
    return replace(form, unit=form.unit or _("points"))


def _fan(subject: Subject, told: Sequence[ReleasedFair], home: str) -> Fan:
    lines = [
        FanLine(
            name=name_of(one),
            middle=one.fair or 0.0,
            slope=one.gradient or 0.0,
            low=one.gradient_low,
            high=one.gradient_high,
            basis=_children(subject, one),
            href=href_of(one),
            own=is_home(one, home),
        )
        for one in told
    ]
    common = _common_slope(subject)
    if common is not None:
        slope, low, high = common
        lines.append(
            FanLine(
                name=_("All together"),
                middle=subject.facts.mean,
                slope=slope,
                low=low,
                high=high,
                common=True,
            )
        )
    return draw_fan(
        FanData(
            title=_("What background means, unit by unit"),
            summary=_(
                "Each line is a unit: the steeper, the more background means there."
            ),
            form=subject.form,
            slope_form=slope_form(subject),
            lines=tuple(lines),
            less=_("a step less"),
            middling=_("middling background"),
            more=_("a step more"),
            slope_head=_("One step means"),
            name_head=_("Unit"),
        )
    )


def _gradients(
    subject: Subject, told: Sequence[ReleasedFair], home: str
) -> Caterpillar:
    found, form = _common_slope(subject), slope_form(subject)
    line = None
    if found is not None:
        label = _("all together %(slope)s") % {"slope": form.signed(found[0])}
        line = ReferenceLine(label=label, value=found[0])
    return draw_caterpillar(
        CaterpillarData(
            title=_("What one step of background means, and how sure it is"),
            form=form,
            reference=line,
            rows=tuple(
                CaterpillarRow(
                    name=name_of(one),
                    value=one.gradient,
                    low=one.gradient_low,
                    high=one.gradient_high,
                    basis=_children(subject, one),
                    href=href_of(one),
                    own=is_home(one, home),
                )
                for one in told
            ),
            summary=_(
                "The bar is what is most likely. Bars that mostly cover each other show no difference."
            ),
            name_head=_("Unit"),
            heads=(_("One step means"), _("Most likely between"), _("Basis")),
            signed=True,
        )
    )


def _children(subject: Subject, one: ReleasedFair) -> str:
    words = {"n": number(one.n or 0), "children": subject.children}
    return _("%(n)s %(children)s") % words
