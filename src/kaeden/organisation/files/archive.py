"""Open a spreadsheet that a stranger sent: measured before it is unpacked.

The directory of the ZIP is judged first; then each part is unpacked up to the size it
admits to, and looked through for cells far out, formulas, errors and merged cells. Only
a copy made of those measured parts is handed on to the reader of spreadsheets.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kaeden.shared.errors import BadInput

MOST_PARTS = 200
MOST_SHEETS = 40
MOST_BYTES = 20_000_000
MOST_RATIO = 100
SMALL = 1_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 40
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
CELL = re.compile(r"([A-Z]{0,3})([0-9]{0,7})", re.ASCII)
MOST_TOLD = 20
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression that Python's reader does not know
    OSError,
    RuntimeError,
    ValueError,
)
"""What Python's reader of ZIP files raises on those that are damaged or odd."""

Table = list[list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The values of each sheet by its name, and what can't be used in them."""

    tables: Mapping[str, Table]
    problems: tuple[str, ...]


def open_book(data: bytes) -> Book:
    """Return the values in a spreadsheet.

    Raises
    ------
    BadInput
        If it is no spreadsheet, or larger inside than a chain can be.
    """
    parts = _parts(data)
    names = _sheet_names(parts)
    problems = [
        sentence
        for path, content in parts.items()
        if path.endswith((".xml", ".rels"))
        for sentence in _looked_through(content, names.get(path, path))
    ]
    return Book(tables=_tables(parts), problems=tuple(problems[:MOST_TOLD]))


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the unpacked parts, none larger than the directory says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _judge(entries)
            return {one.filename: archive.read(one) for one in entries}
    except BROKEN as error:
        raise BadInput(_not_a_book()) from error


def _not_a_book() -> str:
    return _("The file is not a whole .xlsx file. Save it anew as .xlsx.")


def _judge(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse by the directory alone, before anything is unpacked."""
    names = [one.filename for one in entries]
    if WORKBOOK not in names or len(set(names)) < len(names):
        raise BadInput(_not_a_book())
    if any(one.flag_bits & 1 for one in entries):
        raise BadInput(_("The file has a password. Save it without one."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadInput(_("The file has macros. Save it as .xlsx without them."))
    unpacked = sum(one.file_size for one in entries)
    packed = sum(one.compress_size for one in entries)
    is_bomb = unpacked > SMALL and unpacked > MOST_RATIO * packed
    if len(entries) > MOST_PARTS or unpacked > MOST_BYTES or is_bomb:
        raise BadInput(
            _("The file is far larger inside than a chain can be. It is refused.")
        )


@dataclass(slots=True)
class _Look:
    """What is met on the way through one part."""

    sheet: str
    at: str = ""
    problems: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag in {"c", "row"}:
            self._place(attributes.get("r", ""))
            if attributes.get("t") == "e":
                self._problem(_("holds an error. Write the value."))
        elif tag == "f":
            self._problem(_("holds a formula. Paste it as a value."))
        elif tag == "mergeCell":
            self.at = attributes.get("ref", "")
            self._problem(_("are merged. Split the cells."))

    def doctype(self, *_what: Any) -> None:
        raise BadInput(_not_a_book())

    def _place(self, cell: str) -> None:
        if not cell:
            return
        found = CELL.fullmatch(cell)
        column, row = found.groups() if found else ("XFD", "")
        if _number(column) > MOST_COLUMNS or int(row or 0) > MOST_ROWS:
            raise BadInput(
                _("%(sheet)s: something stands far out, in %(cell)s. Delete it.")
                % {"sheet": self.sheet, "cell": cell}
            )
        self.at = cell

    def _problem(self, sentence: str) -> None:
        self.problems.append(f"{self.sheet}, {self.at}: {sentence}")


def _number(letters: str) -> int:
    """Return which column it is, from 1; 0 for no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _looked_through(content: bytes, sheet: str) -> list[str]:
    look = _Look(sheet)
    _walk(content, look.start, look.doctype)
    return look.problems


def _walk(content: bytes, start: Any, doctype: Any) -> None:
    """Go through XML; whatever declares entities of its own is refused."""
    if b"\0" in content:
        raise BadInput(_not_a_book())
    parser = expat.ParserCreate(encoding="UTF-8")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        # Expat would follow a byte order mark into UTF-16, where others read UTF-8.
        content.decode("utf-8")
        parser.Parse(content, True)
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise BadInput(_not_a_book()) from error


def _sheet_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the name of each sheet by the path of its part."""
    paths = {
        one.get("Id", ""): one.get("Target", "").lstrip("/")
        for one in _elements(parts.get(RELATIONS, b"<none/>"), "Relationship")
    }
    names: dict[str, str] = {}
    for one in _elements(parts[WORKBOOK], "sheet"):
        marks = [text for name, text in one.items() if name.endswith(":id")]
        target = paths.get(next(iter(marks), ""), "")
        path = target if target.startswith("xl/") else f"xl/{target}"
        # Ten thousand sheets can be one part that is read over and over.
        if path in names or len(names) == MOST_SHEETS:
            raise BadInput(_not_a_book())
        names[path] = one.get("name", "")
    return names


def _elements(content: bytes, tag: str) -> Iterator[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == tag:
            found.append(attributes)

    _walk(content, start, _Look("").doctype)
    return iter(found)


def _tables(parts: Mapping[str, bytes]) -> dict[str, Table]:
    """Read the values out of a copy of the measured parts."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    copy.seek(0)
    try:
        with CalamineWorkbook.from_filelike(copy) as book:
            if len(set(book.sheet_names)) < len(book.sheet_names):
                raise BadInput(_("Two sheets have the same name. Delete one."))
            return {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names
            }
    except CalamineError as error:
        raise BadInput(_not_a_book()) from error
