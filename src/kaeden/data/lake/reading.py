"""Bytes into a table of text, or a sentence about what is wrong with them."""

import codecs

import pyarrow as pa
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyarrow import csv

from kaeden.data.contracts import Contract
from kaeden.data.errors import BadFile

MEGABYTE = 1_000_000


def read_table(contract: Contract, content: bytes) -> pa.Table:
    """Read a file whose form is the contract's; every cell is text.

    Raises
    ------
    BadFile
        If the size, the encoding, the header, a line's shape or the end of the
        file is not as the contract says.
    """
    refuse_wrong_size(contract, content)
    text = without_mark(content)
    refuse_wrong_text(text)
    refuse_wrong_header(contract, text)
    refuse_cut_end(contract, text)
    return _parsed(contract, text)


def refuse_wrong_size(contract: Contract, content: bytes) -> None:
    """Stop at nothing, and at more than the contract allows."""
    if not content.strip():
        raise BadFile(_("The file is empty. Fetch it again from the source."))
    if len(content) > contract.format.max_megabytes * MEGABYTE:
        raise BadFile(
            _(
                "The file holds %(size)d bytes; at most %(most)d MB is read."
                " Check that it is the right file."
            )
            % {"size": len(content), "most": contract.format.max_megabytes}
        )


def without_mark(content: bytes) -> bytes:
    """Take a byte order mark off the beginning."""
    return content.removeprefix(codecs.BOM_UTF8)


def refuse_wrong_text(text: bytes) -> None:
    """Stop at bytes that aren't UTF-8, and at zero bytes."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = text.count(b"\n", 0, wrong.start) + 1
        raise BadFile(
            _("Line %(line)d is not UTF-8 text. Save the file as UTF-8 and try again.")
            % {"line": line}
        ) from None
    if b"\0" in text:
        line = text.count(b"\n", 0, text.index(b"\0")) + 1
        raise BadFile(
            _(
                "Line %(line)d holds a zero byte, so this is not a text file."
                " Fetch it again from the source."
            )
            % {"line": line}
        )


def refuse_wrong_header(contract: Contract, text: bytes) -> None:
    """Stop unless the first line names the contract's columns in their order."""
    first = text.split(b"\n", 1)[0].decode("utf-8").rstrip("\r")
    found = [name.strip('"') for name in first.split(contract.format.delimiter)]
    wanted = list(contract.columns)
    if found == wanted:
        return
    missing = [name for name in wanted if name not in found]
    unknown = [name for name in found if name not in wanted]
    if missing or unknown:
        # Where a header is lacking, the first line's words are somebody's.
        told = _named(unknown) if contract.children is None else len(unknown)
        raise BadFile(
            _(
                "The columns are wrong. Missing: %(missing)s. Unknown: %(unknown)s."
                " Fetch the file as the contract describes it."
            )
            % {"missing": _named(missing), "unknown": told}
        )
    raise BadFile(
        _("The columns are in another order, or one is there twice: %(found)s.")
        % {"found": _named(found)}
    )


def refuse_cut_end(contract: Contract, text: bytes) -> None:
    """Stop when the last line isn't ended: the rest may be lost."""
    if contract.format.ends_with_newline and not text.endswith(b"\n"):
        raise BadFile(
            _(
                "Line %(line)d, the last, is not ended, so the file may be cut off."
                " Fetch it again from the source."
            )
            % {"line": text.count(b"\n") + 1}
        )


def _named(names: list[str]) -> str:
    shown = ", ".join(f"“{name[:40]}”" for name in names[:5])
    return (shown + (" …" if len(names) > 5 else "")) or "–"


def _parsed(contract: Contract, text: bytes) -> pa.Table:
    shapeless: list[csv.InvalidRow] = []

    def note(row: csv.InvalidRow) -> str:
        shapeless.append(row)
        return "skip"

    names = list(contract.columns)
    table = csv.read_csv(
        pa.BufferReader(text),
        # One thread and one block, so that a bad line can be told by its number.
        read_options=csv.ReadOptions(
            use_threads=False,
            block_size=len(text) + 1,
            column_names=names,
            skip_rows=1,
        ),
        parse_options=csv.ParseOptions(
            delimiter=contract.format.delimiter,
            invalid_row_handler=note,
            ignore_empty_lines=False,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    if shapeless:
        raise BadFile(_shapeless(shapeless))
    return table


def _shapeless(rows: list[csv.InvalidRow]) -> str:
    first = rows[0]
    said = _("Line %(line)d has %(found)d fields; the file has %(wanted)d columns.") % {
        "line": first.number,
        "found": first.actual_columns,
        "wanted": first.expected_columns,
    }
    more = len(rows) - 1
    if more:
        said += " " + ngettext(
            "%(count)d more line is like it.", "%(count)d more lines are like it.", more
        ) % {"count": more}
    return said + " " + _("Fetch the file again from the source.")
