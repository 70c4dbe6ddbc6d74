"""What a file may not hold: each rule is one SQL condition that finds bad cells.

All rules of a file are counted in one pass; only a rule that found something costs
a second look, for the value to name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import duckdb
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.data.contracts import (
    HOME,
    Column,
    ColumnKind,
    Contract,
    Level,
    read_contract,
)
from kaeden.data.errors import BadFile
from kaeden.data.lake import sql
from kaeden.data.lake.reading import read_table
from kaeden.shared.errors import BadInput
from kaeden.shared.periods import Period

MOST_TOLD = 5
UNSHOWN = r"[\x00-\x1f\x7f\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
PERSON_NUMBER = r"(^|[^0-9])[0-3][0-9][01][0-9]{3}[- ]?[0-9]{4}([^0-9]|$)"
A_NAME = r"[^\s].{0,59}"
"""What a child's pseudonym and its group can be called."""

WRONG_CODE = gettext_lazy("“%(value)s” is not a code that the contract allows.")
NO_MUNICIPALITY = gettext_lazy("“%(value)s” is not the code of a municipality.")
WRONG_GROUP = gettext_lazy("“%(value)s” is not one of the contract's groups.")
NOT_WHOLE = gettext_lazy("“%(value)s” is not a whole number.")
NOT_POINT = gettext_lazy("“%(value)s” is not a number with “.” as its decimal sign.")
NOT_COMMA = gettext_lazy("“%(value)s” is not a number with “,” as its decimal sign.")
IMPOSSIBLE = gettext_lazy("%(value)s is outside what the number can possibly be.")
NOT_CODED = gettext_lazy("“%(value)s” is not a word that the contract knows.")
HIDDEN_SIGNS = gettext_lazy("The text holds signs that can't be seen.")
A_PERSON = gettext_lazy(
    "The text looks like a civil registration number. Take it out at the source."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition that no row may fulfil, and the sentence when one does."""

    column: str
    found_by: str
    says: str | Promise


def refuse_bad_content(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    rows: int,
    further: Iterable[Rule] = (),
) -> None:
    """Stop unless every cell of `file` is as the contract and the further rules say.

    Raises
    ------
    BadFile
        With the first place and the count of each kind of problem, up to five.
    """
    sentences = [
        *_rows_wrong(contract, rows),
        *_keys_repeated(connection, contract),
        *_periods_wrong(connection, contract),
        *_cells_wrong(connection, contract, (*_rules(contract), *further)),
    ]
    if not sentences:
        return
    more = len(sentences) - MOST_TOLD
    told = sentences[:MOST_TOLD]
    if more > 0:
        told.append(
            ngettext(
                "%(count)d more problem was found.",
                "%(count)d more problems were found.",
                more,
            )
            % {"count": more}
        )
    told.append(_("The file is refused, and nothing has changed."))
    raise BadFile(" ".join(told))


@cache
def known_municipalities() -> tuple[str, ...]:
    """Return the codes of the 98 municipalities, from the list that we ship."""
    contract = read_contract(HOME / "contracts" / "municipalities.yaml")
    table = read_table(contract, contract.shipped_file.read_bytes())
    return tuple(table.column(contract.unit.column).to_pylist())


def _rows_wrong(contract: Contract, rows: int) -> Iterator[str]:
    most, least = contract.rows.at_most, contract.rows.at_least
    if not least <= rows <= most and least == most:
        yield _("The file has %(rows)d rows; a whole file has %(most)d.") % {
            "rows": rows,
            "most": most,
        }
    elif not least <= rows <= most:
        yield _(
            "The file has %(rows)d rows; a whole file has between %(least)d and"
            " %(most)d."
        ) % {"rows": rows, "least": least, "most": most}


def _keys_repeated(
    connection: duckdb.DuckDBPyConnection, contract: Contract
) -> Iterator[str]:
    keys = [sql.quoted(key) for key in contract.keys]
    repeats = sql.select(
        *keys,
        "list(line ORDER BY line) AS lines",
        tail="GROUP BY ALL HAVING count(*) > 1",
    )
    query = sql.select("*", source=f"({repeats})", tail="ORDER BY lines[1]")
    repeated = sql.rows(connection, query)
    if repeated:
        *values, lines = repeated[0]
        said = _("Lines %(first)d and %(second)d have the same key, %(key)s.") % {
            "first": lines[0],
            "second": lines[1],
            "key": ", ".join(f"“{_shown(value, contract)}”" for value in values),
        }
        yield said + _and_more(len(repeated) - 1)


def _periods_wrong(
    connection: duckdb.DuckDBPyConnection, contract: Contract
) -> Iterator[str]:
    if contract.period.column is None:
        return
    year = sql.quoted(contract.period.column)
    tail = "GROUP BY ALL ORDER BY 3"
    query = sql.select(year, "count(*)", "min(line)", tail=tail)
    for text, count, line in sql.rows(connection, query):
        if not _is_within(text, contract):
            said = _(
                "Line %(line)d: “%(year)s” is not one of the years %(years)s that the"
                " contract names."
            ) % {
                "line": line,
                "year": _shown(text, contract),
                "years": contract.period.label,
            }
            yield said + _and_more(count - 1)


def _is_within(text: str, contract: Contract) -> bool:
    try:
        return contract.period.fits(Period.parse(text))
    except BadInput:
        return False


def _cells_wrong(
    connection: duckdb.DuckDBPyConnection, contract: Contract, rules: tuple[Rule, ...]
) -> Iterator[str]:
    first_lines = (f"min(line) FILTER ({rule.found_by})" for rule in rules)
    (found,) = sql.rows(connection, sql.select(*first_lines))
    for rule, line in zip(rules, found, strict=True):
        if line is not None:
            cell, count = _bad_cells(connection, rule)
            place = _("Line %(line)d, column “%(column)s”:") % {
                "line": line,
                "column": rule.column,
            }
            told = rule.says % {"value": _shown(cell, contract)}
            yield f"{place} {told}{_and_more(count - 1)}"


def _bad_cells(connection: duckdb.DuckDBPyConnection, rule: Rule) -> tuple[str, int]:
    cells = sql.rows(
        connection,
        sql.select(
            sql.quoted(rule.column), tail=f"WHERE {rule.found_by} ORDER BY line"
        ),
    )
    return str(cells[0][0]), len(cells)


def _shown(cell: str, contract: Contract) -> str:
    """Shorten a cell for a sentence: an open quote may have swallowed other lines.

    What looks like a civil registration number is never repeated, nor is anything of a
    row that is about a child.
    """
    if contract.children or re.search(PERSON_NUMBER, cell):
        return "…"
    first, *rest = cell.splitlines() or [""]
    return first[:30] + ("…" if rest or len(first) > 30 else "")


def _and_more(count: int) -> str:
    if not count:
        return ""
    return " " + ngettext(
        "%(count)d more is like it.", "%(count)d more are like it.", count
    ) % {"count": count}


def _rules(contract: Contract) -> Iterator[Rule]:
    yield from _unit_rules(contract)
    if contract.breakdown:
        yield Rule(
            column=contract.breakdown.column,
            found_by=f"{sql.quoted(contract.breakdown.column)} NOT IN"
            f" {sql.listed(contract.breakdown.allowed)}",
            says=WRONG_GROUP,
        )
    yield from _children_rules(contract)
    for measure in contract.measures:
        if measure.coded:
            cell = sql.quoted(measure.column)
            yield Rule(
                column=measure.column,
                found_by=f"{cell} <> '' AND {cell} NOT IN {sql.listed(measure.codes)}",
                says=NOT_CODED,
            )
    for name, column in contract.columns.items():
        if column.is_number:
            yield from _number_rules(contract, name, column)
        elif column.kind is ColumnKind.TEXT:
            yield from _text_rules(name)


def _children_rules(contract: Contract) -> Iterator[Rule]:
    children = contract.children
    if children is None:
        return
    groups = [children.group.column] if children.group else []
    for name in (children.child, *groups):
        form = f"NOT regexp_full_match({sql.quoted(name)}, {sql.literal(A_NAME)})"
        yield Rule(column=name, found_by=form, says=WRONG_CODE)
        yield from _text_rules(name)
    for one in children.columns:
        if one.values:
            cell, known = sql.quoted(one.column), sql.listed(("", *one.values))
            yield Rule(
                column=one.column, found_by=f"{cell} NOT IN {known}", says=NOT_CODED
            )


def _unit_rules(contract: Contract) -> Iterator[Rule]:
    unit = contract.unit
    code = sql.quoted(unit.column)
    yield Rule(
        column=unit.column,
        found_by=f"NOT regexp_full_match({code}, {sql.literal(unit.pattern)})",
        says=WRONG_CODE,
    )
    if unit.level in {Level.OWN, Level.ANONYMOUS}:
        return
    blank = ("",) if unit.municipality_may_be_blank else ()
    known = sql.listed((*known_municipalities(), *blank))
    yield Rule(
        column=unit.place,
        found_by=f"{sql.quoted(unit.place)} NOT IN {known}",
        says=NO_MUNICIPALITY,
    )


def _number_rules(contract: Contract, name: str, column: Column) -> Iterator[Rule]:
    codes = {c for rule in contract.measures if rule.column == name for c in rule.codes}
    cell = sql.quoted(name)
    given = f"{cell} NOT IN {sql.listed(['', *sorted(codes)])}"
    point = contract.format.decimal == "."
    if column.kind is ColumnKind.INTEGER:
        form, says = r"-?\d+", NOT_WHOLE
    elif point:
        form, says = r"-?\d+(\.\d+)?", NOT_POINT
    else:
        form, says = r"-?\d+(,\d+)?", NOT_COMMA
    yield Rule(
        column=name,
        found_by=f"{given} AND NOT regexp_full_match({cell}, {sql.literal(form)})",
        says=says,
    )
    if column.allowed:
        low, high = column.allowed.min, column.allowed.max
        number = sql.number(name, contract)
        yield Rule(
            column=name,
            found_by=f"{given} AND {number} NOT BETWEEN {low} AND {high}",
            says=IMPOSSIBLE,
        )


def _text_rules(name: str) -> Iterator[Rule]:
    cell = sql.quoted(name)
    for pattern, says in ((UNSHOWN, HIDDEN_SIGNS), (PERSON_NUMBER, A_PERSON)):
        yield Rule(
            column=name,
            found_by=f"regexp_matches({cell}, {sql.literal(pattern)})",
            says=says,
        )
