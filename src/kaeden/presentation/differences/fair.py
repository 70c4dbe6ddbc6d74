"""The page with raw and fair values side by side: by name, never by rank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.presentation.charts.caterpillar import (
    Caterpillar,
    CaterpillarData,
    CaterpillarRow,
    draw_caterpillar,
    misses,
)
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.differences.words import Subject, background_words
from kaeden.presentation.numbers import number
from kaeden.publication.model_queries import ReleasedFair


@dataclass(frozen=True, slots=True, kw_only=True)
class FairPage:
    """What the page shows; without units `empty` says why."""

    title: str
    period: str
    own: tuple[str, ...]
    finding: str
    how: tuple[str, ...]
    chart: Caterpillar | None
    hidden: str


def build(subject: Subject, units: Sequence[ReleasedFair], home: str) -> FairPage:
    """Return the page; `home` is the path of the reader's own post."""
    rows = tuple(_row(subject, one, home) for one in units)
    middle = _middle(subject, units)
    return FairPage(
        title=subject.title,
        period=subject.facts.period,
        own=tuple(_own(subject, units, home)),
        finding=_finding(subject, rows, middle),
        how=tuple(_how(subject)),
        chart=_chart(subject, rows, middle) if rows else None,
        hidden=hidden_words(subject, units),
    )


def _row(subject: Subject, one: ReleasedFair, home: str) -> CaterpillarRow:
    return CaterpillarRow(
        name=name_of(one),
        value=one.fair,
        beside=one.raw,
        low=one.low,
        high=one.high,
        status=one.status,
        basis=_basis(subject, one),
        href=href_of(one),
        own=is_home(one, home),
    )


def _chart(
    subject: Subject, rows: tuple[CaterpillarRow, ...], middle: float
) -> Caterpillar:
    line = _("the mean %(value)s") % {"value": subject.finer.text(middle)}
    return draw_caterpillar(
        CaterpillarData(
            title=_("Raw and fair value of each unit, by name"),
            form=subject.finer,
            rows=rows,
            summary=_(
                "The bar is what the fair value most likely is, and the dot the best "
                "guess. The diamond is the raw value."
            ),
            reference=ReferenceLine(label=line, value=middle),
            name_head=_("Unit"),
            beside_head=_("Raw value"),
            heads=(_("Fair value"), _("Most likely between"), _("Rests on")),
        )
    )


def _middle(subject: Subject, units: Sequence[ReleasedFair]) -> float:
    """Return what fair values are held against.

    Of a yes or a no, the share that the average child would have is not the mean of all
    shares: there it is the mean of the fair ones, by children.
    """
    shown = [(one.n, one.fair) for one in units if one.n and one.fair is not None]
    if not subject.is_yes_or_no or not shown:
        return subject.facts.mean
    return sum(n * value for n, value in shown) / sum(n for n, _value in shown)


def _finding(subject: Subject, rows: Sequence[CaterpillarRow], middle: float) -> str:
    """Say how many lie clear of the mean, and that the others can't be told from it."""
    shown = [row for row in rows if row.value is not None]
    clear = sum(misses(row, middle) for row in shown)
    words = {"clear": number(clear), "all": number(len(shown)), "units": subject.units}
    if not clear:
        return (
            _("None of the %(all)s %(units)s can be told from the mean of all.") % words
        )
    return (
        _(
            "%(clear)s of the %(all)s %(units)s lie clearly off the mean of all. The others can't be told from it."
        )
        % words
    )


def _own(subject: Subject, units: Sequence[ReleasedFair], home: str) -> Iterator[str]:
    """Say the two numbers of the reader's own unit, and what lies between them."""
    for one in units:
        if not is_home(one, home) or one.fair is None or one.raw is None:
            continue
        words = {
            "unit": name_of(one),
            "raw": subject.finer.text(one.raw),
            "fair": subject.finer.text(one.fair),
            "between": subject.finer.between(one.low or 0.0, one.high or 0.0),
            "n": number(one.n or 0),
            "children": subject.children,
        }
        raw = _(
            "%(unit)s: the raw value is %(raw)s, the mean of %(n)s %(children)s as it is."
        )
        yield raw % words
        yield _("The fair value is %(fair)s, and most likely %(between)s.") % words
        yield pulled(one.reliability)


def pulled(reliability: str) -> str:
    """Say how far a value is drawn towards the middle, and why."""
    return {
        "high": _(
            "It is hardly drawn towards the middle: many children stand behind it."
        ),
        "medium": _("It is drawn some way towards the middle."),
        "low": _("It is drawn far towards the middle: few children stand behind it."),
    }.get(reliability, "")


def _how(subject: Subject) -> Iterator[str]:
    known = background_words(subject)
    if known:
        yield _(
            "Raw is the mean as it is. Fair is what the unit would be expected to have if "
            "its children had the background of all: %(known)s."
        ) % {"known": known}
    else:
        yield _("Raw is the mean as it is. Fair is drawn towards the mean of all.")
    if subject.is_yes_or_no:
        yield _(
            "The fair share is that of an average child. It can lie a little off the raw "
            "ones, also for all together."
        )
    yield _(
        "The fewer the children, the more is chance, and the further the fair value is "
        "drawn towards the middle. The bar shows how sure it is; read it before the dot."
    )
    yield _("The units stand by name. They are not ranked, and can't be.")


def _basis(subject: Subject, one: ReleasedFair) -> str:
    if one.n is None:
        return ""
    words = {"n": number(one.n), "children": subject.children}
    short = {
        "high": _("hardly drawn in"),
        "medium": _("drawn in some way"),
        "low": _("drawn in far"),
    }.get(one.reliability, "")
    return ", ".join(part for part in (_("%(n)s %(children)s") % words, short) if part)


def hidden_words(subject: Subject, units: Sequence[ReleasedFair]) -> str:
    """Say how many units are hidden for few children; empty if none is."""
    count = sum(not one.status.has_number for one in units)
    if not count:
        return ""
    return ngettext(
        "%(count)s unit is hidden, because few %(children)s stand behind it.",
        "%(count)s units are hidden, because few %(children)s stand behind them.",
        count,
    ) % {"count": number(count), "children": subject.children}


def name_of(one: ReleasedFair) -> str:
    """Return a unit's name; one of a worked example has but a number."""
    return one.unit.name if one.unit else _("School %(code)s") % {"code": one.code}


def href_of(one: ReleasedFair) -> str:
    """Return the page of a unit; one of a worked example has none."""
    if one.unit is None:
        return ""
    return reverse("web:institution", kwargs={"code": one.unit.code})


def is_home(one: ReleasedFair, home: str) -> bool:
    """Whether a post with this path is at a unit, or at a part of it."""
    return is_home_path(one.unit.path if one.unit else "", home)


def is_home_path(path: str, home: str) -> bool:
    """Whether a post at `home` is at the unit with this path, or at a part of it."""
    return bool(path) and f"{home}/".startswith(f"{path}/")
