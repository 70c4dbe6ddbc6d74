"""The page “For whom?”: gaps in words first, then pictures; what is missing is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kaeden.engine.gap_results import FEWEST_CHILDREN, MOST_YEARS
from kaeden.goals.indicators import Indicator
from kaeden.goals.rules import GROUP_NAMES, PAIRS, Group
from kaeden.presentation import gap_words
from kaeden.presentation.charts.caterpillar import (
    Caterpillar,
    CaterpillarData,
    CaterpillarRow,
    draw_caterpillar,
)
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.differences.fair import is_home_path
from kaeden.presentation.differences.gradients import GradientPage
from kaeden.presentation.differences.words import INSTITUTION, INSTITUTIONS, in_a_row
from kaeden.presentation.gap_words import GapForms, forms_of
from kaeden.presentation.numbers import number
from kaeden.publication.gap_queries import ReleasedGap
from kaeden.shared.status import ValueStatus

Pair = tuple[Group, Group]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """One pair of groups: the municipality in words, its picture, and the units."""

    key: str
    title: str
    lead: str
    own: tuple[str, ...]
    lines: tuple[str, ...]
    chart: Caterpillar | None
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForWhomPage:
    """What the page shows; without rows `missing` says what it would take."""

    title: str
    pairs: tuple[PairView, ...]
    slope: str
    gradient: GradientPage | None
    gradient_href: str
    missing: tuple[str, ...]
    reads: tuple[str, ...]


def build(
    indicator: Indicator,
    town: str,
    gaps: Sequence[ReleasedGap],
    home: str,
    gradient: GradientPage | None,
) -> ForWhomPage:
    """Return the page; `home` is the path of the reader's own post."""
    forms = forms_of(indicator)
    units = str(INSTITUTIONS.get(indicator.sector, INSTITUTION).many)
    pairs: dict[Pair, list[ReleasedGap]] = {}
    for one in gaps:
        if one.pair and one.is_latest:
            pairs.setdefault(one.pair, []).append(one)
    slopes = (one for one in gaps if one.pair is None and one.is_of_town)
    return ForWhomPage(
        title=str(indicator.title),
        pairs=tuple(
            _pair(pair, some, forms, units, home) for pair, some in pairs.items()
        ),
        slope=next((gap_words.slope(one, forms) for one in slopes), ""),
        gradient=gradient,
        gradient_href=reverse("web:gradient", args=[town, indicator.id]),
        missing=tuple(_missing(set(pairs))),
        reads=_reads() if pairs else (),
    )


def pair_name(pair: Pair) -> str:
    """Return a pair of groups as a heading."""
    words = {"first": GROUP_NAMES[pair[0]], "second": GROUP_NAMES[pair[1]]}
    return capfirst(_("%(first)s and %(second)s") % words)


def _pair(
    pair: Pair, gaps: Sequence[ReleasedGap], forms: GapForms, units: str, home: str
) -> PairView:
    towns = [one for one in gaps if one.is_of_town]
    own = [one for one in gaps if not one.is_of_town]
    shown = [one for one in own if one.status is ValueStatus.VALUE]
    here = [one for one in shown if is_home_path(one.unit.path, home)]
    return PairView(
        key="-".join(pair),
        title=pair_name(pair),
        lead=next((gap_words.size(one, forms) for one in towns), ""),
        own=tuple(line for one in here for line in _of_own(one, forms, units)),
        lines=tuple(line for one in towns for line in _of_town(one, forms))
        + tuple(_of_units(towns, shown, forms, units)),
        chart=_chart(pair, towns, shown, forms, home) if towns or shown else None,
        left_out=_left_out(own, shown),
    )


def _of_town(one: ReleasedGap, forms: GapForms) -> Iterator[str]:
    said = (
        gap_words.means(one, forms),
        gap_words.relative(one, forms),
        gap_words.moved(one),
    )
    yield from filter(None, said)


def _of_units(
    towns: Sequence[ReleasedGap],
    shown: Sequence[ReleasedGap],
    forms: GapForms,
    units: str,
) -> Iterator[str]:
    """Say which units are apart from the others; if none is, what all of them show."""
    apart = [one for one in shown if gap_words.is_apart(one)]
    yield from (gap_words.beside_others(one, forms, units) for one in apart)
    if not apart:
        said = (gap_words.between_units(one, units) for one in towns)
        yield from filter(None, said)


def _of_own(one: ReleasedGap, forms: GapForms, units: str) -> Iterator[str]:
    yield f"{one.unit.name}: {gap_words.size(one, forms)}"
    beside = (
        "" if gap_words.is_apart(one) else gap_words.beside_others(one, forms, units)
    )
    yield from filter(None, (gap_words.means(one, forms), beside))


def _chart(
    pair: Pair,
    towns: Sequence[ReleasedGap],
    shown: Sequence[ReleasedGap],
    forms: GapForms,
    home: str,
) -> Caterpillar | None:
    """Draw the municipality and the units by name; 0 is where there is no gap."""
    rows = tuple(
        _row(one, is_home_path(one.unit.path, home))
        for one in (*towns, *shown)
        if one.difference is not None
    )
    if not rows:
        return None
    first, second = (str(GROUP_NAMES[one]) for one in pair)
    words = {"first": first, "second": second}
    return draw_caterpillar(
        CaterpillarData(
            title=_("How far %(second)s lie from %(first)s") % words,
            form=forms.difference,
            rows=rows,
            summary=_(
                "To the right of 0, %(second)s lie higher; to the left, %(first)s do. The bar "
                "is what is most likely. By name, not by size."
            )
            % words,
            reference=ReferenceLine(label=_("no gap"), value=0.0),
            name_head=_("Place"),
            heads=(_("Gap"), _("Most likely between"), _("Rests on")),
            signed=True,
        )
    )


def _row(one: ReleasedGap, is_own: bool) -> CaterpillarRow:
    words = {
        "n": number(one.n_second or 0),
        "m": number(one.n_first or 0),
        "years": gap_words.years(one),
    }
    return CaterpillarRow(
        name=one.unit.name,
        value=one.difference,
        low=one.low,
        high=one.high,
        status=one.status,
        basis=_("about %(n)s and %(m)s children, %(years)s") % words,
        own=is_own,
    )


def _left_out(own: Sequence[ReleasedGap], shown: Sequence[ReleasedGap]) -> str:
    """Say which units are not shown for small groups, and by which rule."""
    without = [one.unit.name for one in own if one not in shown]
    if not without:
        return ""
    return _(
        "Not shown, because a group has fewer than %(fewest)s children also when up to "
        "%(years)s school years are put together, or because it would give another small "
        "group away: %(units)s."
    ) % {
        "fewest": FEWEST_CHILDREN,
        "years": MOST_YEARS,
        "units": in_a_row(without),
    }


# What is missing ----------------------------------------------------------------------


def _missing(there: set[Pair]) -> Iterator[str]:
    """Say which gaps can't be told here, and what it would take."""
    without = [pair_name(pair) for pair in PAIRS if pair not in there]
    if not there:
        yield _(
            "There are no figures for groups of children here: nobody has told Kæden of each "
            "child behind this indicator."
        )
        yield _(
            "It takes a file with a row for each child: the unit, the school year, the "
            "outcome, and the child's gender, language at home and parents' education. The "
            "rows stay in the municipality's own data lake, and no child is ever shown."
        )
        yield _(
            "The public figures are means of whole institutions. They can't say whether all "
            "children share in them."
        )
    elif without:
        yield _(
            "The municipality's rows don't say who is who here, so these gaps can't be told: "
            "%(pairs)s. It takes a column in the file of children."
        ) % {"pairs": "; ".join(without)}


def _reads() -> tuple[str, ...]:
    return (
        _(
            "A gap says what goes with belonging to a group, and not what comes of it: the "
            "groups differ in more than what they are called after."
        ),
        _(
            "A gap that closes because those ahead fall back is no success: look at both "
            "numbers."
        ),
        _(
            "To hold two places beside each other, ask how far their gaps lie apart. That one "
            "bar is clear of 0 and another isn't, does not show that the places differ."
        ),
        _(
            "Each group must have %(fewest)s children. Where a group is smaller, up to "
            "%(years)s school years are put together, and the line says so."
        )
        % {"fewest": FEWEST_CHILDREN, "years": MOST_YEARS},
    )
