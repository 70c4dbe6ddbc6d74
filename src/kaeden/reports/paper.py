"""A document as a PDF that prints well and can be read aloud (PDF/UA-1, PDF/A-2a).

Typst sets it from one template; what people wrote reaches it as JSON, never as source.
The fonts lie beside the template, so that every machine sets the same page.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from kaeden.reports.document import Beside, Document, DocumentPart, plain

HERE = Path(__file__).parent
FONTS = HERE / "vendor" / "dkfds-11.2.0" / "fonts" / "IBMPlexSans" / "complete" / "ttf"
TEMPLATE = HERE / "files" / "document.typ"
STAND_IN = "\N{MIDDLE DOT}"
"""What is set for a sign that the fonts do not have, such as a smiley."""


def pdf(document: Document) -> bytes:
    """Return a document as a tagged PDF in Danish."""
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"document": _as_json(document)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(document.day, time(12), tzinfo=UTC),
    )
    assert isinstance(made, bytes), "without a name for a file it hands us the bytes"
    return made


def _as_json(document: Document) -> str:
    said = {
        "title": document.title,
        "subtitle": document.subtitle,
        "footer": document.footer,
        "shape": document.shape.value,
        "is_one_page": document.is_one_page,
        "day": [document.day.year, document.day.month, document.day.day],
        "parts": [_as_data(part) for part in document.parts],
    }
    return json.dumps(_in_our_letters(said), ensure_ascii=False)


def _as_data(part: DocumentPart) -> dict[str, object]:
    if isinstance(part, Beside):
        columns = {"left": part.left, "right": part.right}
        return {"kind": "beside"} | {
            name: [_as_data(one) for one in parts] for name, parts in columns.items()
        }
    return {"kind": type(part).__name__.lower(), **asdict(part)}


def _in_our_letters(said: object) -> object:
    """Return the same data, with texts in letters that the fonts can set."""
    if isinstance(said, str):
        known = _letters()
        return "".join(
            sign if sign == "\n" or ord(sign) in known else STAND_IN
            for sign in plain(said)
        )
    if isinstance(said, dict):
        return {name: _in_our_letters(value) for name, value in said.items()}
    if isinstance(said, (list, tuple)):
        return [_in_our_letters(value) for value in said]
    return said


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FONTS)],
    )


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """Return the signs that every one of our fonts has."""
    found = (TTFont(path)["cmap"].getBestCmap() for path in FONTS.glob("*.ttf"))
    return frozenset.intersection(*(frozenset(one) for one in found))
