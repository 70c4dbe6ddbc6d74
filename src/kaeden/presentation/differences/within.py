"""The page of how far children within the same unit lie apart, beside its mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.caterpillar import (
    Caterpillar,
    CaterpillarData,
    CaterpillarRow,
    draw_caterpillar,
)
from kaeden.presentation.charts.shares import PERCENT
from kaeden.presentation.differences.fair import href_of, is_home, name_of
from kaeden.presentation.differences.words import Subject
from kaeden.presentation.numbers import number
from kaeden.publication.model_queries import ReleasedFair
from kaeden.publication.model_rules import CHILD, FEWEST_FOR_A_SPREAD


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadPage:
    """How far children of the same unit lie apart."""

    title: str
    period: str
    said: tuple[str, ...]
    between_groups: str
    chart: Caterpillar | None
    left_out: str
    reads: tuple[str, ...]
    empty: str


def spread(subject: Subject, units: Sequence[ReleasedFair], home: str) -> SpreadPage:
    """Return the page of the units that the reader reaches."""
    own = [one for one in units if one.is_own]
    told = [one for one in own if one.spread is not None and one.raw is not None]
    return SpreadPage(
        title=subject.title,
        period=subject.facts.period,
        said=tuple(_spread_of(subject, one) for one in told[:1] if len(told) == 1)
        or tuple(_spreads(subject, told)),
        between_groups=_between_groups(subject),
        chart=_spread_chart(subject, told, home) if told else None,
        left_out="" if subject.is_yes_or_no else left_out(subject, own, told),
        empty=_empty(subject),
        reads=(
            _(
                "The mean tells how a unit is doing as a whole. The distance tells whether it holds for all."
            ),
            _(
                "The same mean can hide two very different units: one where all are close to it, and one where some are far above and others far below."
            ),
            _(
                "A large distance is neither good nor bad by itself: it asks who is far from the others, and why."
            ),
        ),
    )


def _empty(subject: Subject) -> str:
    """Say why no unit is told of, where none is."""
    if subject.is_yes_or_no:
        return _(
            "Each child is a yes or a no: how many say yes is all there is to say."
        )
    return nobody_reached()


def nobody_reached() -> str:
    """Say that a post reaches no unit with enough children."""
    return _("Your post reaches no unit with enough children to say it.")


def _spread_of(subject: Subject, one: ReleasedFair) -> str:
    words = {
        "unit": name_of(one),
        "mean": subject.form.text(one.raw or 0.0),
        "apart": subject.finer.text(one.spread or 0.0),
        "n": number(one.n or 0),
        "children": subject.children,
    }
    return (
        _(
            "%(unit)s: the mean of %(n)s %(children)s is %(mean)s, and a child is typically "
            "%(apart)s from it."
        )
        % words
    )


def _spreads(subject: Subject, told: Sequence[ReleasedFair]) -> Iterator[str]:
    if told:
        spreads = [one.spread for one in told if one.spread is not None]
        yield _(
            "At the same unit, a child is typically between %(low)s and %(high)s from the "
            "unit's own mean."
        ) % {
            "low": subject.finer.text(min(spreads)),
            "high": subject.finer.text(max(spreads)),
        }


def _between_groups(subject: Subject) -> str:
    """Say how much of the differences within a unit lies between its groups."""
    shares = {one.level: one for one in subject.facts.shares}
    group = next((shares[name] for name in ("class", "group") if name in shares), None)
    child = shares.get(CHILD)
    if group is None or child is None:
        return ""
    within = group.share / ((group.share + child.share) or 1.0)
    words = {
        "same": subject.level("institution").same,
        "share": PERCENT.text(within * 100),
        "between": subject.level(group.level).between,
        "in_one": subject.level(group.level).same,
    }
    return (
        _(
            "Of the differences %(same)s, %(share)s lie %(between)s. The rest lie between "
            "children %(in_one)s."
        )
        % words
    )


def _spread_chart(
    subject: Subject, told: Sequence[ReleasedFair], home: str
) -> Caterpillar:
    return draw_caterpillar(
        CaterpillarData(
            title=_("The mean, and how far children typically are from it"),
            form=subject.form,
            rows=tuple(_spread_row(subject, one, home) for one in told),
            summary=_(
                "The dot is the mean. The bar is the typical distance to either side: it is no uncertainty."
            ),
            name_head=_("Unit"),
            heads=(_("Mean"), _("Typical distance to either side"), _("Basis")),
        )
    )


def _spread_row(subject: Subject, one: ReleasedFair, home: str) -> CaterpillarRow:
    raw, apart = one.raw or 0.0, one.spread or 0.0
    return CaterpillarRow(
        name=name_of(one),
        value=raw,
        low=_not_below(subject, raw - apart),
        high=raw + apart,
        basis=_("%(n)s %(children)s, %(apart)s apart")
        % {
            "n": number(one.n or 0),
            "children": subject.children,
            "apart": subject.finer.text(apart),
        },
        href=href_of(one),
        own=is_home(one, home),
    )


def _not_below(subject: Subject, value: float) -> float:
    """Return a value within what is possible: a share of days is not below none."""
    return max(value, 0.0) if subject.form.unit == "%" else value


def left_out(
    subject: Subject, own: Sequence[ReleasedFair], told: Sequence[ReleasedFair]
) -> str:
    """Say which units are left out for few children; empty if none is."""
    names = {name_of(one) for one in told}
    without = sorted(name_of(one) for one in own if name_of(one) not in names)
    if not without:
        return ""
    return _(
        "Left out, because fewer than %(fewest)s %(children)s stand behind: %(units)s."
    ) % {
        "fewest": FEWEST_FOR_A_SPREAD,
        "children": subject.children,
        "units": ", ".join(without),
    }
