"""The page that says how a model's numbers are worked out, and when not to use them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.parts import FigureTable, TableRow
from kaeden.presentation.charts.shares import PERCENT
from kaeden.presentation.differences.words import (
    Subject,
    background_words,
    in_a_row,
    optimum_words,
)
from kaeden.presentation.numbers import Form, number
from kaeden.publication.queries import CurrentRelease

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPage:
    """What the page shows."""

    title: str
    period: str
    rows: tuple[str, ...]
    taken_into_account: str
    why: str
    caveats: tuple[str, ...]
    drawn_in: tuple[str, ...]
    not_for: tuple[str, ...]
    optimum: str
    is_sure: bool
    coefficients: FigureTable | None
    run: tuple[str, ...]


def build(subject: Subject, release: CurrentRelease) -> MethodPage:
    """Return the page of one model."""
    return MethodPage(
        title=subject.title,
        period=subject.facts.period,
        rows=tuple(_rows(subject)),
        taken_into_account=_taken_into_account(subject),
        why=subject.labels.why,
        caveats=subject.labels.caveats,
        drawn_in=tuple(_drawn_in(subject)),
        not_for=_not_for(subject),
        optimum=optimum_words(subject.facts),
        is_sure=subject.facts.is_optimum,
        coefficients=coefficients(subject),
        run=tuple(_run(subject, release)),
    )


def _rows(subject: Subject) -> Iterator[str]:
    facts = subject.facts
    yield _(
        "One row for each child goes in: about %(rows)s %(children)s. The "
        "rows stay where they were imported; only what stands on these pages leaves."
    ) % {
        "rows": number(facts.rows),
        "children": subject.children,
    }
    if subject.labels.years > 1:
        yield _("%(years)s years are read together, the newest of them %(period)s.") % {
            "years": number(subject.labels.years),
            "period": facts.period,
        }
    levels = [str(subject.level(one.level).many) for one in facts.shares]
    if levels:
        yield _("The levels of the chain are the levels of the model: %(levels)s.") % {
            "levels": in_a_row(levels)
        }
    for name, count in facts.left_out.items():
        if count:
            yield _(
                "About %(count)s %(children)s are left out: “%(column)s” is missing."
            ) % {
                "count": number(count),
                "children": subject.children,
                "column": subject.labels.column(name),
            }


def _taken_into_account(subject: Subject) -> str:
    known = background_words(subject)
    if not known:
        return _("Nothing of the children's background is taken into account.")
    return _("What is taken into account: %(known)s. Nothing else is.") % {
        "known": known
    }


def _drawn_in(subject: Subject) -> Iterator[str]:
    words = {"children": subject.children, "units": subject.units}
    yield (
        _(
            "With few %(children)s, a mean swings by chance from year to year. So a unit's "
            "value is drawn towards the mean of all, the more so the fewer its %(children)s."
        )
        % words
    )
    yield (
        _(
            "How much is found from the rows themselves: by how far the %(units)s truly lie "
            "apart, beside how far %(children)s at the same place lie apart. Many %(children)s "
            "hardly move; few move far."
        )
        % words
    )
    yield _(
        "Drawing in is right on the whole: it makes the errors of all units together as "
        "small as can be. For a single unit that truly is out of the ordinary, and is "
        "small, it says too little."
    )


def _not_for(subject: Subject) -> tuple[str, ...]:
    words = {"units": subject.units}
    return (
        _("Not to rank %(units)s: the bars overlap, and their order is mostly chance.")
        % words,
        _("Not to judge a leader, a teacher or a class, and never a single child."),
        _(
            "Not to say what caused a difference: what is not in the rows is not taken into account."
        ),
        _(
            "Not alone: look at the development over years too, and ask those who are there."
        ),
    )


def coefficients(subject: Subject) -> FigureTable | None:
    """Return what each part of background goes with; None where none can be told.

    Of a yes or a no, it is on a scale that nobody reads.
    """
    facts = subject.facts
    form = Form(decimals=subject.form.decimals + 1)
    rows = tuple(
        TableRow(
            name=subject.labels.coefficient(one.column, one.value),
            cells=(form.signed(one.estimate), form.interval(one.low, one.high)),
        )
        for one in facts.coefficients
        if one.column
    )
    if not rows or subject.is_yes_or_no:
        return None
    return FigureTable(
        caption=_("What goes with one more of each, when the others are alike"),
        heads=(_("Background"), _("Goes with"), _("Most likely between")),
        rows=rows,
    )


def _run(subject: Subject, release: CurrentRelease) -> Iterator[str]:
    facts = subject.facts
    if facts.explained_marginal is not None and facts.explained_conditional is not None:
        yield _(
            "Background explains %(marginal)s of all differences; with the places as "
            "well it is %(conditional)s."
        ) % {
            "marginal": PERCENT.text(facts.explained_marginal * 100),
            "conditional": PERCENT.text(facts.explained_conditional * 100),
        }
    yield _("Release %(version)s, method %(method)s, snapshot %(snapshot)s.") % {
        "version": release.version,
        "method": facts.method,
        "snapshot": release.snapshot[:12],
    }
    yield _("Measure of how good the best answer is (0 is perfect): %(value)s.") % {
        "value": as_power(facts.certificate)
    }


def as_power(value: float) -> str:
    """Return a small number as a digit times a power of ten.

    >>> as_power(3.2e-10), as_power(0.0)
    ('3 · 10⁻¹⁰', '0')
    """
    if not value:
        return "0"
    digit, _e, power = f"{value:.0e}".partition("e")
    return f"{digit} · 10{str(int(power)).translate(RAISED)}"
