"""Write a chain as a spreadsheet: a sheet for each thing, text as text."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import xlsxwriter

from kaeden.organisation.files import layout
from kaeden.organisation.files.conversion import Content
from kaeden.organisation.files.layout import Cell, Column, Sheet

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
LONGEST_LIST = 255
Record = dict[str, Any]


def write_sheets(content: Content) -> bytes:
    """Return the spreadsheet of a chain's content; no cell holds a formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        # Without it the file would tell when it was made, and never be the same.
        book.set_properties({"created": datetime.fromisoformat(content["as_of"])})
        heading = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        readme = book.add_worksheet(layout.README)
        readme.set_column(0, 0, 100, wrapped)
        for row, line in enumerate(layout.README_TEXT.splitlines()):
            readme.write_string(row, 0, line)
        for sheet, records in _tables(content):
            page = book.add_worksheet(sheet.title)
            _write_headings(page, sheet, heading)
            for row, record in enumerate(records, start=1):
                _write_row(page, sheet, row, record)
    return file.getvalue()


def _write_headings(page: Any, sheet: Sheet, heading: Any) -> None:
    page.freeze_panes(1, 0)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, column.title, heading)
        words = list(column.words)
        if words and len(",".join(words)) <= LONGEST_LIST:
            choice = {"validate": "list", "source": words}
            page.data_validation(1, number, 2_000, number, choice)


def _write_row(page: Any, sheet: Sheet, row: int, record: Record) -> None:
    for number, column in enumerate(sheet.columns):
        value = record.get(column.name)
        if value is None:
            continue
        if column.cell is Cell.NUMBER:
            page.write_number(row, number, value)
        else:
            page.write_string(row, number, _word(column, value))


def _word(column: Column, value: Any) -> str:
    """Return what a person reads: the format's own word, or the text as it is."""
    names = {one.value: word for word, one in column.words.items()}
    text = repr(value) if isinstance(value, float) else str(value)
    return names.get(text, text)


def _tables(content: Content) -> Iterator[tuple[Sheet, list[Record]]]:
    """Give each sheet with its rows, as flat records."""
    posts = content["posts"]
    charters = [
        {"post": post["key"], **post["charter"]} for post in posts if "charter" in post
    ]
    yield layout.TOWN, [content]
    yield layout.UNITS, content["units"]
    yield layout.POSTS, posts
    yield layout.CHARTERS, [{**one, **one["tasks"]} for one in charters]
    yield (
        layout.NOT_MINE,
        [{"post": one["post"], **line} for one in charters for line in one["not_mine"]],
    )
    yield layout.COMMUNITIES, content["communities"]
    yield (
        layout.MEMBERS,
        [
            {"community": one["key"], "post": member}
            for one in content["communities"]
            for member in one["members"]
        ],
    )
    yield layout.BOUNDS, content["bounds"]
    yield (
        layout.HEIRS,
        [
            {"unit": one["unit"], "by": after}
            for one in content["carried_on"]
            for after in one["by"]
        ],
    )
