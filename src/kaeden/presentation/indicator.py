"""The page of an indicator: definition, funnel, municipalities, run, and its file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.data.contracts import Contract
from kaeden.goals.indicators import Indicator, Unit
from kaeden.organisation.models import Unit as OrganisedUnit
from kaeden.organisation.rules import INSTITUTIONS, Kind
from kaeden.presentation.charts.caterpillar import (
    Caterpillar,
    CaterpillarData,
    CaterpillarRow,
    draw_caterpillar,
)
from kaeden.presentation.charts.funnel import (
    Funnel,
    FunnelData,
    FunnelDot,
    FunnelLimit,
    draw_funnel,
)
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.figures import (
    children_words,
    difference_form,
    form_of,
    headline,
    polarity,
    unit_name,
    value_words,
)
from kaeden.presentation.numbers import Form, number
from kaeden.presentation.words import SECTOR_NAMES, THEME_NAMES
from kaeden.publication.queries import CurrentRelease, ReleasedFigure

LIMIT_POINTS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """An indicator in a list."""

    id: str
    title: str
    question: str
    theme: str
    polarity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPage:
    """What the page shows."""

    country: str
    attribution: str
    polarity: str
    theme: str
    funnel: Funnel | None
    caterpillar: Caterpillar | None
    run: tuple[str, ...]
    download: str


def by_sector(
    indicators: Iterable[Indicator],
) -> list[tuple[str, list[IndicatorLine]]]:
    """Return the indicators by sector, in the catalogue's order."""
    groups: dict[str, list[IndicatorLine]] = {}
    for one in indicators:
        groups.setdefault(str(SECTOR_NAMES[one.sector]), []).append(
            IndicatorLine(
                id=one.id,
                title=str(one.title),
                question=str(one.question),
                theme=str(THEME_NAMES[one.theme]),
                polarity=polarity(one.direction),
            )
        )
    return list(groups.items())


def build(
    indicator: Indicator,
    release: CurrentRelease,
    figures: Sequence[ReleasedFigure],
    source: Contract,
    *,
    own: str = "",
) -> IndicatorPage:
    """Return the page; `own` is the code of a municipality to point out."""
    country = next((f for f in figures if f.unit.kind == Kind.COUNTRY.value), None)
    return IndicatorPage(
        country=headline(indicator, country) if country else "",
        attribution=str(source.attribution),
        polarity=polarity(indicator.direction),
        theme=str(THEME_NAMES[indicator.theme]),
        funnel=_funnel(indicator, figures, own),
        caterpillar=_caterpillar(indicator, figures, country, own),
        run=tuple(_run(release, release.notes.get(indicator.id, {}))),
        download=reverse("web:download", kwargs={"name": indicator.id}),
    )


def modelled(indicator: Indicator, towns: Iterable[OrganisedUnit]) -> list[ListItem]:
    """Return the municipalities that have a model of it, with the way there."""
    return [
        ListItem(
            text=town.full_name,
            href=reverse("web:differences", args=[town.code, indicator.id]),
        )
        for town in towns
    ]


def for_whom(indicator: Indicator, towns: Iterable[OrganisedUnit]) -> list[ListItem]:
    """Return the municipalities whose gaps between groups are told, with the way there."""
    return [
        ListItem(
            text=town.full_name,
            href=reverse("web:for_whom", args=[town.code, indicator.id]),
        )
        for town in towns
    ]


def _funnel(
    indicator: Indicator, figures: Sequence[ReleasedFigure], own: str
) -> Funnel | None:
    """Return each institution's difference to those like it, by number of children."""
    dots = [
        f
        for f in figures
        if f.unit.kind in INSTITUTIONS and f.n and f.difference is not None
    ]
    if not dots:
        return None
    flagged = sum(bool(f.signal) for f in dots)
    return draw_funnel(
        FunnelData(
            title=_("Each institution beside those like it"),
            form=difference_form(indicator),
            axis=Form(decimals=indicator.decimals),
            dots=tuple(_dot(indicator, figure, own) for figure in dots),
            limits=_limits(dots),
            summary=_(
                "%(flagged)s of %(all)s lie so far from those like them that chance "
                "and usual differences hardly explain it."
            )
            % {"flagged": number(flagged), "all": number(len(dots))},
            size_head=str(indicator.wording.noun).capitalize(),
            download_href=reverse("web:download", kwargs={"name": indicator.id}),
            download_words=_("Download all figures"),
        )
    )


def _dot(indicator: Indicator, figure: ReleasedFigure, own: str) -> FunnelDot:
    """Return one dot; only those that stand in the table need words and an address."""
    is_own = bool(own) and figure.unit.municipality_code == own
    is_named = is_own or bool(figure.signal)
    return FunnelDot(
        name=figure.unit.name,
        size=figure.n or 0,
        difference=figure.difference or 0.0,
        flagged=bool(figure.signal),
        own=is_own,
        href=reverse("web:institution", kwargs={"code": figure.unit.code})
        if is_named
        else "",
        words=value_words(indicator, figure) if is_named else "",
    )


def _limits(dots: Sequence[ReleasedFigure]) -> tuple[FunnelLimit, ...]:
    """Return the limits along the sizes there are, read off the released swings.

    A swing is 1.96 standard deviations; it falls with size, up to rounding.
    """
    by_size: dict[int, list[float]] = {}
    for figure in dots:
        if figure.n and figure.swing:
            by_size.setdefault(figure.n, []).append(figure.swing)
    sizes = sorted(by_size)
    step = max(1, len(sizes) // LIMIT_POINTS)
    found = []
    for start in range(0, len(sizes), step):
        chunk = sizes[start : start + step]
        swings = [swing for size in chunk for swing in by_size[size]]
        half = sum(swings) / len(swings)
        outer = half * 3.0902 / 1.96
        middle = chunk[len(chunk) // 2]
        found.append(
            FunnelLimit(
                size=middle, low95=-half, high95=half, low998=-outer, high998=outer
            )
        )
    return tuple(found)


def _caterpillar(
    indicator: Indicator,
    figures: Sequence[ReleasedFigure],
    country: ReleasedFigure | None,
    own: str,
) -> Caterpillar | None:
    """Return the municipalities by name, each with its interval."""
    towns = [f for f in figures if f.unit.kind == Kind.MUNICIPALITY.value]
    if not towns or indicator.unit is Unit.VERDICT:
        return None
    line = None
    if country and country.value is not None:
        words = _("the country %(value)s") % {"value": value_words(indicator, country)}
        line = ReferenceLine(label=words, value=country.value)
    return draw_caterpillar(
        CaterpillarData(
            title=_("The municipalities by name"),
            form=form_of(indicator),
            rows=tuple(
                _row(indicator, figure, own)
                for figure in sorted(towns, key=lambda one: one.unit.name)
            ),
            reference=line,
            name_head=_("Municipality"),
        )
    )


def _row(indicator: Indicator, figure: ReleasedFigure, own: str) -> CaterpillarRow:
    shrunk = figure.estimate if figure.estimate is not None else figure.value
    return CaterpillarRow(
        name=figure.unit.name,
        value=shrunk,
        low=figure.low,
        high=figure.high,
        status=figure.status,
        basis=children_words(indicator, figure),
        href=reverse("web:municipality", kwargs={"code": figure.unit.code}),
        own=figure.unit.code == own,
    )


def _run(release: CurrentRelease, notes: Mapping[str, object]) -> Iterator[str]:
    """Say how the numbers were made, as the run noted it."""
    yield _("Release %(version)s, method %(method)s, snapshot %(snapshot)s.") % {
        "version": release.version,
        "method": release.method,
        "snapshot": release.snapshot[:12],
    }
    if "converged" not in notes:
        return
    yield {
        "known": _("The variance between children is known from elsewhere."),
        "shares": _("The variance between children comes from published shares."),
        "binomial": _("The variance between children follows from the share itself."),
    }.get(
        str(notes["within_variance_from"]),
        _("The variance between children is estimated from how the spread grows as "
          "institutions get smaller."),
    )  # fmt: skip
    yield _("%(units)s institutions are in the model; it %(converged)s.") % {
        "units": number(float(str(notes["units"]))),
        "converged": _("found its optimum")
        if notes["converged"]
        else _("did not find its optimum"),
    }
    left_out = notes.get("left_out")
    if isinstance(left_out, Mapping):
        few = float(str(notes.get("too_few_children", 0)))
        yield _(
            "Left out: %(blank)s without a number, %(size)s of unknown size, %(few)s "
            "with too few children."
        ) % {
            "blank": number(left_out.get("no number", 0) - few),
            "size": number(left_out.get("number of children not known", 0)),
            "few": number(few),
        }


HEADS = (
    *("indicator", "unit_kind", "unit_code", "unit_name", "municipality", "period"),
    *("status", "origin", "value", "n", "fair_estimate", "low_95", "high_95"),
    *("peers", "peers_mean", "difference", "usual_swing", "signal", "state"),
    *("release", "source"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_rows(
    indicator: Indicator,
    release: CurrentRelease,
    figures: Iterable[ReleasedFigure],
    source: Contract,
) -> Iterator[tuple[object, ...]]:
    """Return the released figures as rows of a file, by name."""
    yield HEADS
    for one in sorted(figures, key=lambda f: (f.unit.kind, f.unit.name, f.unit.code)):
        yield (
            indicator.id,
            one.unit.kind,
            one.unit.code,
            _no_formula(unit_name(one.unit)),
            one.unit.municipality_code,
            one.period,
            one.status.value,
            one.origin,
            *(_blank(x) for x in (one.value, one.n, one.estimate, one.low, one.high)),
            *(
                _blank(x)
                for x in (one.peers, one.peers_mean, one.difference, one.swing)
            ),
            one.signal,
            one.state or "",
            release.version,
            str(source.attribution),
        )


def _blank(number: float | None) -> float | str:
    return "" if number is None else number


def _no_formula(text: str) -> str:
    """Return a text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(FORMULA) else text
