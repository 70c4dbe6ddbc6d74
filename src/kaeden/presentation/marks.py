"""Three marks that answer three questions: development, target, comparison."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Direction, Indicator, WordingKind
from kaeden.goals.queries import MunicipalGoal, TargetNumber
from kaeden.goals.rules import TargetState, judge_target
from kaeden.organisation.rules import Kind
from kaeden.presentation.charts.marks import Mark, Tone
from kaeden.presentation.figures import WIDE, difference_form, form_of, years
from kaeden.presentation.numbers import NO_BREAK
from kaeden.presentation.words import GROUP_NAMES
from kaeden.publication.queries import ReleasedFigure


def marks_of(
    indicator: Indicator, figure: ReleasedFigure, goal: MunicipalGoal | None = None
) -> tuple[Mark, Mark, Mark] | None:
    """Return the three marks, or None where there is no number to mark."""
    if figure.value is None or indicator.wording.kind is WordingKind.VERDICT:
        return None
    return (
        development(indicator, figure),
        target(indicator, figure, goal),
        comparison(indicator, figure),
    )


def development(indicator: Indicator, figure: ReleasedFigure) -> Mark:
    """Return the first mark: has it changed."""
    label = _("Development")
    known = figure.points or 1
    if figure.preliminary or figure.slope is None or figure.slope_half is None:
        basis = _("%(years)s; five without a break are needed") % {
            "years": years(known, indicator)
        }
        return _silent(label, _("Too early to say"), basis)
    change = difference_form(indicator, finer=1 if indicator.unit in WIDE else 0)
    words = _("%(years)s · %(change)s a year (%(half)s)")
    if figure.change_of:
        words = _("%(years)s · %(change)s a year beyond the others (%(half)s)")
    basis = words % {
        "years": years(known, indicator),
        "change": change.signed(figure.slope),
        "half": f"±{NO_BREAK}{change.text(figure.slope_half)}",
    }
    if not figure.direction:
        return Mark(
            label=label, finding=_("No certain change"), basis=basis, tone=Tone.NEUTRAL
        )
    finding, tone = _moved(indicator.direction, rising=figure.direction > 0)
    return Mark(label=label, finding=finding, basis=basis, tone=tone)


def _silent(label: str, finding: str, basis: str) -> Mark:
    """Return a mark that has nothing to say; its colour is that of the paper."""
    return Mark(
        label=label, finding=finding, basis=basis, tone=Tone.NEUTRAL, symbol="○"
    )


def _moved(direction: Direction, *, rising: bool) -> tuple[str, Tone]:
    if not direction.judges:
        rises, falls = _("Rising, hardly by chance"), _("Falling, hardly by chance")
        return (rises if rising else falls), Tone.DIFFERS
    if rising is (direction is Direction.HIGHER):
        return _("Better, hardly by chance"), Tone.GOOD
    return _("Worse, hardly by chance"), Tone.BAD


def target(
    indicator: Indicator, figure: ReleasedFigure, goal: MunicipalGoal | None
) -> Mark:
    """Return the second mark: is it where the goal wants it."""
    number = goal.target if goal and goal.lead == indicator.id else None
    low, high = _interval(figure)
    state = judge_target(
        low=low,
        high=high,
        target=number.value if number else None,
        at_most=number.at_most if number else True,
    )
    finding, tone = {
        TargetState.MET: (_("The target is met"), Tone.GOOD),
        TargetState.NOT_MET: (_("The target is not met yet"), Tone.BAD),
        TargetState.UNCERTAIN: (_("Too close to say"), Tone.UNSURE),
    }.get(state, (_("No target"), Tone.NEUTRAL))
    return Mark(
        label=_("Target"),
        finding=finding,
        basis=_target_basis(indicator, number, goal),
        tone=tone,
        symbol="" if number else "○",
    )


def _interval(figure: ReleasedFigure) -> tuple[float | None, float | None]:
    """Return the figure's interval; without sampling uncertainty, the value twice."""
    if figure.low is None or figure.high is None:
        return figure.value, figure.value
    return figure.low, figure.high


def _target_basis(
    indicator: Indicator, number: TargetNumber | None, goal: MunicipalGoal | None
) -> str:
    if number:
        form = (
            _("at most %(value)s by %(period)s")
            if number.at_most
            else _("at least %(value)s by %(period)s")
        )
        return form % {
            "value": form_of(indicator).text(number.value),
            "period": number.by_period,
        }
    if goal and goal.is_adopted:
        return _("the goal is adopted without a number")
    return _("no goal with a number has been adopted")


def comparison(indicator: Indicator, figure: ReleasedFigure) -> Mark:
    """Return the third mark: is it like units like it."""
    label = _("Comparison")
    if figure.compared is None or figure.difference is None or figure.swing is None:
        is_alone = figure.unit.kind == Kind.MUNICIPALITY.value and not figure.peers
        basis = _("no other municipality is beside it")
        if not is_alone:
            basis = _("too few like it have a number")
        return _silent(label, _("Not compared"), basis)
    change = difference_form(indicator)
    basis = _(
        "%(difference)s from the mean of %(peers)s like it. They usually differ by "
        "%(swing)s."
    ) % {
        "peers": figure.peers,
        "difference": change.signed(figure.difference),
        "swing": f"±{NO_BREAK}{change.text(figure.swing)}",
    }
    if figure.group_mean is not None:
        group = f"{capfirst(str(GROUP_NAMES[figure.group]))}: {form_of(indicator, finer=0 if indicator.unit in WIDE else 1).text(figure.group_mean)}"
        basis = f"{basis} {group}."
    finding, tone = _beside(
        indicator.direction,
        figure.compared,
        figure.unit.kind == Kind.MUNICIPALITY.value,
    )
    return Mark(label=label, finding=finding, basis=basis, tone=tone)


def _beside(direction: Direction, side: int, is_town: bool) -> tuple[str, Tone]:
    if side == 0:
        like = (
            _("As municipalities like it") if is_town else _("As institutions like it")
        )
        return like, Tone.NEUTRAL
    if is_town:
        above, below = (
            _("Higher than municipalities like it"),
            _("Lower than municipalities like it"),
        )
    else:
        above, below = (
            _("Higher than institutions like it"),
            _("Lower than institutions like it"),
        )
    finding = above if side > 0 else below
    if not direction.judges:
        return finding, Tone.DIFFERS
    good = (side > 0) is (direction is Direction.HIGHER)
    return finding, Tone.GOOD if good else Tone.BAD
