"""Parts of a whole by level, outermost first, each with its interval."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.parts import (
    FigureTable,
    Scale,
    TableRow,
    Tick,
    interval_cell,
    shortened,
)
from kaeden.presentation.numbers import Form

PERCENT = Form(decimals=0, unit="%")
WHOLE = 100.0
TOP, BAR = 30.0, 22.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareRow:
    """One level's part in per cent, with its interval if there is one."""

    name: str
    share: float
    low: float | None = None
    high: float | None = None
    basis: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SharesData:
    """What the picture is drawn from."""

    title: str
    summary: str
    rows: tuple[ShareRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnShare:
    """One level in the picture: its bar, and its interval as a line across the end."""

    name: str
    label: str
    name_y: float
    y: float
    top: float
    x: float
    width: float
    low: float | None
    high: float | None
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SharesPicture:
    """One size of the picture, in pixels of its own view box."""

    width: float
    height: float
    left: float
    top: float
    bottom: float
    value_x: float
    bar: float
    ticks: tuple[Tick, ...]
    levels: tuple[DrawnShare, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shares:
    """The parts in words, in two sizes, and as a table."""

    title: str
    summary: str
    wide: SharesPicture
    narrow: SharesPicture
    table: FigureTable
    has_intervals: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The room for the picture; names stand `name_up` above the middle of their bar."""

    width: float
    left: float
    right: float
    row: float
    name_width: float
    name_up: float


WIDE = Frame(width=720, left=290, right=652, row=44, name_width=282, name_up=-5)
NARROW = Frame(width=344, left=18, right=286, row=64, name_width=330, name_up=20)


def draw_shares(data: SharesData) -> Shares:
    """Turn the parts into words and coordinates."""
    return Shares(
        title=data.title,
        summary=data.summary,
        wide=_picture(data, WIDE),
        narrow=_picture(data, NARROW),
        table=_table(data),
        has_intervals=any(row.low is not None for row in data.rows),
    )


def _picture(data: SharesData, frame: Frame) -> SharesPicture:
    scale = Scale(low=0, high=WHOLE, start=frame.left, end=frame.right)
    bottom = TOP + frame.row * len(data.rows)
    return SharesPicture(
        width=frame.width,
        height=bottom + 8,
        left=frame.left,
        top=TOP,
        bottom=bottom,
        value_x=frame.width - 4,
        bar=BAR,
        ticks=scale.ticks(PERCENT, 5),
        levels=tuple(
            _drawn(row, TOP + frame.row * (place + 1) - 18, scale, frame)
            for place, row in enumerate(data.rows)
        ),
    )


def _drawn(row: ShareRow, y: float, scale: Scale, frame: Frame) -> DrawnShare:
    end = scale.at(row.share)
    return DrawnShare(
        name=row.name,
        label=shortened(row.name, frame.name_width, 14),
        name_y=y - frame.name_up,
        y=y,
        top=y - BAR / 2,
        x=scale.start,
        width=round(end - scale.start, 1),
        low=None if row.low is None else scale.at(row.low),
        high=None if row.high is None else scale.at(row.high),
        value=PERCENT.text(row.share),
    )


def _table(data: SharesData) -> FigureTable:
    return FigureTable(
        caption=data.title,
        heads=(_("Level"), _("Share"), _("Most likely between"), _("Basis")),
        rows=tuple(
            TableRow(
                name=row.name,
                cells=(
                    PERCENT.text(row.share),
                    interval_cell(row.low, row.high, PERCENT),
                    row.basis,
                ),
            )
            for row in data.rows
        ),
    )
