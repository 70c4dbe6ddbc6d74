"""A column for each month, and a line across it for what was planned."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.parts import (
    FigureTable,
    Scale,
    TableRow,
    Tick,
)
from kaeden.presentation.numbers import Form, number

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 344, 190, 30, 12, 160
FORM = Form(decimals=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthColumn:
    """What was done in a month, and what was planned; `label` is short, `name` whole."""

    label: str
    name: str
    done: int
    planned: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnColumn:
    """A column in the picture; `plan` is where its line lies, None without a plan."""

    label: str
    name: str
    x: float
    width: float
    middle: float
    top: float
    height: float
    plan: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """The columns in words, as a picture, and as a table."""

    title: str
    summary: str
    width: int
    height: int
    left: int
    bottom: int
    ticks: tuple[Tick, ...]
    columns: tuple[DrawnColumn, ...]
    table: FigureTable


def draw_columns(title: str, summary: str, months: tuple[MonthColumn, ...]) -> Columns:
    """Turn months into words and coordinates."""
    most = max([4, *(one.done for one in months), *(one.planned for one in months)])
    scale = Scale(low=0, high=most, start=BOTTOM, end=TOP)
    step = (WIDTH - LEFT - 6) / max(len(months), 1)
    return Columns(
        title=title,
        summary=summary,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        bottom=BOTTOM,
        ticks=scale.ticks(FORM, 4),
        columns=tuple(
            _column(one, LEFT + step * place, step, scale)
            for place, one in enumerate(months)
        ),
        table=FigureTable(
            caption=title,
            heads=(_("Month"), _("Noted"), _("Planned")),
            rows=tuple(
                TableRow(name=one.name, cells=(number(one.done), number(one.planned)))
                for one in months
            ),
        ),
    )


def _column(month: MonthColumn, x: float, step: float, scale: Scale) -> DrawnColumn:
    top = scale.at(month.done)
    return DrawnColumn(
        label=month.label,
        name=month.name,
        x=round(x + step * 0.2, 1),
        width=round(step * 0.6, 1),
        middle=round(x + step / 2, 1),
        top=top,
        height=round(BOTTOM - top, 1),
        plan=scale.at(month.planned) if month.planned else None,
    )
