"""Read a chain from a spreadsheet: match its sheets and headings, and each cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kaeden.organisation.files import layout
from kaeden.organisation.files.archive import Table, open_book
from kaeden.organisation.files.gathering import Row, gathered, place_of_section, spot
from kaeden.organisation.files.layout import Cell, Column, Sheet
from kaeden.organisation.files.source import Source
from kaeden.shared.errors import BadInput
from kaeden.shared.findings import quoted
from kaeden.shared.words import fold

Matched = list[tuple[Sheet, Table]]


def read_sheets(data: bytes) -> Source:
    """Return what a spreadsheet says, and how to name the places in it.

    Raises
    ------
    BadInput
        If it is no spreadsheet at all.
    """
    book = open_book(data)
    sheets, problems = _matched(book.tables)
    problems = [*book.problems, *problems]
    rows = {sheet.title: list(_rows(sheet, table, problems)) for sheet, table in sheets}
    if problems:
        return Source(content=None, where=place_of_section, problems=tuple(problems))
    found = gathered(rows)
    return Source(
        content=found.content,
        where=found.where,
        problems=tuple(found.problems),
        told=frozenset(found.told),
    )


def _matched(tables: Mapping[str, Table]) -> tuple[Matched, list[str]]:
    """Return each sheet of the format with its table, and what is wrong with that."""
    known = {fold(sheet.title): sheet for sheet in layout.SHEETS}
    found: dict[str, Table] = {}
    problems: list[str] = []
    for name, table in tables.items():
        title = fold(name)
        if title == fold(layout.README):
            continue
        if title not in known or title in found:
            said = _("The sheet %(sheet)s is none of a chain file's. Delete it.")
            problems.append(said % {"sheet": quoted(name)})
        found[title] = table
    for title, sheet in known.items():
        if title not in found:
            said = _("The sheet “%(sheet)s” is missing. Begin from a saved chain.")
            problems.append(said % {"sheet": sheet.title})
    return [(s, found[t]) for t, s in known.items() if t in found], problems


def _rows(sheet: Sheet, table: Table, problems: list[str]) -> Iterator[Row]:
    """Give the rows that say something; wrong headings are told instead."""
    headings = [fold(str(cell)) for cell in next(iter(table), [])]
    columns = {fold(column.title): column for column in sheet.columns}
    wrong = list(_wrong_headings(headings, columns))
    problems += (f"{sheet.title}: {sentence}" for sentence in wrong)
    if wrong:
        return
    for number, cells in enumerate(table[1:], start=1):
        filled = {
            heading: cell
            for heading, cell in zip(headings, cells, strict=True)
            if cell != ""
        }
        if "" in filled:
            said = _("something stands in a column without a heading. Delete it.")
            problems.append(f"{spot(sheet, number)}: {said}")
        elif filled:
            yield _row(number, ((columns[name], cell) for name, cell in filled.items()))


def _wrong_headings(
    headings: Sequence[str], columns: Mapping[str, Column]
) -> Iterator[str]:
    for title, column in columns.items():
        if headings.count(title) == 0:
            said = _("the column “%(column)s” is missing. Add it.")
            yield said % {"column": column.title}
        if headings.count(title) > 1:
            said = _("the column “%(column)s” is there twice. Delete one.")
            yield said % {"column": column.title}
    for heading in headings:
        if heading and heading not in columns:
            said = _("the column %(column)s is none of this sheet's. Delete it.")
            yield said % {"column": quoted(heading)}


def _row(number: int, cells: Iterable[tuple[Column, Any]]) -> Row:
    values: dict[str, str] = {}
    bad: dict[str, str] = {}
    for column, cell in cells:
        try:
            values[column.name] = _text(column, cell)
        except BadInput as refused:
            bad[column.name] = str(refused.message)
    said = {name: text for name, text in values.items() if text}
    return Row(number=number, values=said, bad=bad)


def _text(column: Column, cell: Any) -> str:
    """Return a cell as the text that a person would have written."""
    if isinstance(cell, str):
        return _word(column, cell)
    if column.cell is Cell.DAY and isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return day.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float) and column.cell in {Cell.NUMBER, Cell.DECIMAL}:
        return repr(cell)
    raise BadInput(
        _(
            "the spreadsheet has made it a date, a time, a decimal or true/false. "
            "Format the cell as text, and write it anew."
        )
    )


def _word(column: Column, cell: str) -> str:
    """Return a text, or what the format's word stands for."""
    if not column.words or not cell.strip():
        return cell.strip()
    words = {fold(word): one for word, one in column.words.items()}
    if fold(cell) not in words:
        said = _("says %(value)s, but must be one of %(words)s.")
        values = {"value": quoted(cell), "words": ", ".join(column.words)}
        raise BadInput(said % values)
    return words[fold(cell)].value
