"""What an analyst is told about an indicator file before it is used."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kaeden.goals.indicators import (
    SHIPPED,
    Indicator,
    Status,
    UnknownVariance,
    inspect,
)
from kaeden.shared.clock import today
from kaeden.shared.status import ValueStatus

SHORT_WARNING = 40
LONGEST_REVIEW_DAYS = 3 * 366
MADE_UP_UNITS = 40
MADE_UP_MISSING = 4
VERDICTS = ((-1.0, 0.0, 1.0), (0.04, 0.89, 0.07))
"""Below, at and above the level, with about STIL's own shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What is wrong with a file, and what deserves a second thought."""

    path: Path
    problems: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether the file can be used."""
        return not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewValue:
    """One unit's place in the figures; `n` is the number of children behind it."""

    unit_code: str
    value: float | None
    n: int | None
    status: ValueStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How an indicator will look: places by status, the spread, and the text.

    Values with fewer children than the indicator's minimum count as hidden and are
    not in the spread. Nothing is said of the spread unless five units have a value.
    """

    indicator: Indicator
    counts: Mapping[ValueStatus, int]
    lowest: float | None
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None
    highest: float | None
    typical_n: int | None
    made_up: bool
    text: str


def check(
    path: Path,
    known_measures: Mapping[tuple[str, str], Collection[str]] | None = None,
    *,
    on: date | None = None,
) -> CheckReport:
    """Read a file and say all that is wrong or doubtful; a wrong file never raises.

    `known_measures` are the pairs of source and measure that the contracts offer, each
    with its breakdowns ("" is none); without them it isn't checked whether the figure
    exists.
    """
    reading = inspect(path)
    if reading.thing is None or reading.problems:
        return CheckReport(path=path, problems=reading.problems, warnings=())
    indicator = reading.thing
    problems, warnings = _unknown_measures(indicator, known_measures)
    return CheckReport(
        path=path,
        problems=(*_taken_id(path, indicator), *problems),
        warnings=(*warnings, *_doubts(indicator, on or today())),
    )


def preview(
    indicator: Indicator,
    values: Sequence[PreviewValue] | None = None,
    *,
    seed: int = 1,
) -> Preview:
    """Sum up an indicator's values as a reader will meet them.

    Without values some are made up within the plausible range, from the seed.
    """
    shown = _made_up(indicator, seed) if values is None else values
    safe = [_hidden_when_small(place, indicator.minimum_group) for place in shown]
    counts = MappingProxyType(Counter(place.status for place in safe))
    numbers = [p.value for p in safe if p.status.has_number and p.value is not None]
    spread = _spread(numbers)
    sizes = [place.n for place in safe if place.n is not None]
    typical_n = int(np.median(sizes)) if sizes else None
    lines = (
        *_definition(indicator),
        *_figures(indicator, counts, spread, typical_n),
        *([_("The figures are made up to show the form.")] if values is None else []),
    )
    return Preview(
        indicator=indicator,
        counts=counts,
        lowest=spread[0],
        lower_quartile=spread[1],
        median=spread[2],
        upper_quartile=spread[3],
        highest=spread[4],
        typical_n=typical_n,
        made_up=values is None,
        text="\n".join(lines),
    )


# Checks -----------------------------------------------------------------------------


def _taken_id(path: Path, indicator: Indicator) -> Iterator[str]:
    shipped = SHIPPED / path.name
    if shipped.exists() and path.resolve() != shipped.resolve():
        yield _(
            "id: “%(id)s” is already the id of a shipped indicator. Choose another."
        ) % {"id": indicator.id}


def _unknown_measures(
    indicator: Indicator, known: Mapping[tuple[str, str], Collection[str]] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return problems and warnings; a file in development may await its source."""
    if known is None:
        return (), ()
    sentences = tuple(
        _(
            "%(field)s: no source contract offers %(name)s in %(source)s. "
            "Check the names, or write the contract first."
        )
        % {"field": field, "source": source, "name": f"{name} {breakdown}".strip()}
        for field, source, name, breakdown in _wanted(indicator)
        if breakdown not in known.get((source, name), ())
    )
    if indicator.status is Status.IN_DEVELOPMENT:
        return (), sentences
    return sentences, ()


def _wanted(indicator: Indicator) -> Iterator[tuple[str, str, str, str]]:
    """Give field, source, measure and breakdown of each figure that is read."""
    measure, size = indicator.measure, indicator.size
    yield "measure", measure.source, measure.name, measure.breakdown
    if size is not None:
        yield "size", size.source, size.name, ""


def _doubts(indicator: Indicator, on: date) -> Iterator[str]:
    """Give a sentence for each thing that deserves a second thought."""
    if indicator.review_is_overdue(on):
        yield _(
            "review_due: %(date)s has passed. Review the file and set a new date."
        ) % {"date": indicator.review_due}
    if (indicator.review_due - indicator.reviewed).days > LONGEST_REVIEW_DAYS:
        yield _("review_due: more than three years is a long time. Can it be sooner?")
    if len(indicator.misuse.da) < SHORT_WARNING:
        yield _(
            "misuse: is very short. Name the misuse you fear, and who it would hurt."
        )
    if any(len(caveat.da) < SHORT_WARNING for caveat in indicator.caveats):
        yield _("caveats: one is very short. Say what can be misread, and why.")
    yield from _doubts_about_uncertainty(indicator)


def _doubts_about_uncertainty(indicator: Indicator) -> Iterator[str]:
    if indicator.size is None:
        yield _(
            "size: it isn't known how many are behind each figure, so no uncertainty "
            "from small numbers can be shown."
        )
        return
    if indicator.size.is_approximate:
        yield _(
            "size: the number behind each figure is approximate; so is uncertainty."
        )
    if isinstance(indicator.within_variance, UnknownVariance):
        yield _(
            "within_variance: is unknown, so the uncertainty is judged from the spread."
        )


# Preview ----------------------------------------------------------------------------


def _hidden_when_small(place: PreviewValue, fewest: int) -> PreviewValue:
    if place.n is None or place.n >= fewest or not place.status.has_number:
        return place
    return PreviewValue(
        unit_code=place.unit_code, value=None, n=None, status=ValueStatus.HIDDEN
    )


def _made_up(indicator: Indicator, seed: int) -> list[PreviewValue]:
    rng = np.random.default_rng(seed)
    if indicator.plausible is None:
        numbers = rng.choice(VERDICTS[0], size=MADE_UP_UNITS, p=VERDICTS[1])
    else:
        low, high = indicator.plausible.lowest, indicator.plausible.highest
        numbers = low + (high - low) * rng.beta(4, 4, size=MADE_UP_UNITS)
    share = indicator.size.share if indicator.size else None
    places = [
        PreviewValue(
            unit_code=f"{row + 1:03d}",
            value=round(float(number), indicator.decimals),
            n=None if share is None else round(share * rng.integers(100, 700)),
            status=ValueStatus.VALUE,
        )
        for row, number in enumerate(numbers)
    ]
    missing = PreviewValue(unit_code="", value=None, n=None, status=ValueStatus.MISSING)
    return [*places, *[missing] * MADE_UP_MISSING]


def _spread(numbers: Sequence[float]) -> tuple[float | None, ...]:
    """Return lowest, quartiles and highest; five Nones for fewer than five."""
    if len(numbers) < 5:
        return (None,) * 5
    return tuple(float(q) for q in np.quantile(numbers, [0, 0.25, 0.5, 0.75, 1]))


def _definition(indicator: Indicator) -> Iterator[str]:
    """Give the definition in the order that a reader asks."""
    yield str(indicator.title)
    yield str(indicator.question)
    yield ""
    yield _("Why it matters: %(text)s") % {"text": indicator.why}
    yield _("Who is in it: %(text)s") % {"text": indicator.population}
    if indicator.numerator and indicator.denominator:
        yield _("What is counted: %(text)s") % {"text": indicator.numerator}
        yield _("Out of: %(text)s") % {"text": indicator.denominator}
    yield _("Axis: %(text)s") % {"text": indicator.axis}
    yield _("Comparison: %(text)s") % {"text": indicator.adjustment}
    if indicator.selected_group:
        yield _("Only some are measured: %(text)s") % {"text": indicator.selected_group}
    for caveat in indicator.caveats:
        yield _("Be careful: %(text)s") % {"text": caveat}
    yield _("Must not be misused: %(text)s") % {"text": indicator.misuse}
    yield ""


def _figures(
    indicator: Indicator,
    counts: Mapping[ValueStatus, int],
    spread: Sequence[float | None],
    typical_n: int | None,
) -> Iterator[str]:
    """Give the places by status, the spread, and the number behind a figure."""
    for status in ValueStatus:
        if counts.get(status):
            yield f"{_status_word(status)}: {counts[status]}"
    if indicator.plausible is not None:
        yield from _spread_line(spread, indicator.decimals)
    if typical_n is not None:
        yield _("Behind a typical figure: about %(n)d.") % {"n": typical_n}
    yield _("Hidden when fewer than %(n)d are behind.") % {"n": indicator.minimum_group}


def _spread_line(spread: Sequence[float | None], decimals: int) -> Iterator[str]:
    if spread[0] is None:
        yield _("Too few units have a value to show a spread.")
        return
    said = [number_format(number, decimals) for number in spread if number is not None]
    names = ("low", "lower", "middle", "upper", "high")
    yield _(
        "From %(low)s to %(high)s; half of the units lie from %(lower)s to %(upper)s, "
        "the middle is %(middle)s."
    ) % dict(zip(names, said, strict=True))


def _status_word(status: ValueStatus) -> str:
    words = {
        ValueStatus.VALUE: _("With a value"),
        ValueStatus.ZERO: _("With the value zero"),
        ValueStatus.MISSING: _("Missing"),
        ValueStatus.NOT_APPLICABLE: _("Does not apply"),
        ValueStatus.HIDDEN: _("Hidden"),
    }
    return words[status]
