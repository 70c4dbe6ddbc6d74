"""A checked file into values with a status, and into register units."""

import duckdb
import pyarrow as pa

from kaeden.data.contracts import Contract, MeasureRule
from kaeden.data.lake import sql
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus

VALUE, ZERO = sql.literal(ValueStatus.VALUE), sql.literal(ValueStatus.ZERO)
MISSING, HIDDEN = sql.literal(ValueStatus.MISSING), sql.literal(ValueStatus.HIDDEN)


def observations(connection: duckdb.DuckDBPyConnection, contract: Contract) -> pa.Table:
    """Every place of every measure: a number, or the reason why there is none.

    `reason` tells which rule of the contract took a number or a blank away: blank,
    code, zero or implausible; it is empty where the number stands.
    """
    if not contract.measures:
        return _nothing_measured()
    years = _years(connection, contract.period.column)
    parts = " UNION ALL ".join(
        _places(contract, rule, years) for rule in contract.measures
    )
    query = sql.select(
        *("measure", "breakdown", "level", "unit_code", "period"),
        f"CASE WHEN status IN ({VALUE}, {ZERO}) THEN number END AS value",
        *("status", "reason", "raw"),
        source=f"({parts})",
        tail="ORDER BY measure, breakdown, unit_code, period",
    )
    return sql.table(connection, query)


def period_of(connection: duckdb.DuckDBPyConnection, contract: Contract) -> str:
    """Write the period of a row, in the words of all Kæden."""
    return _written(contract, _years(connection, contract.period.column))


def register(
    connection: duckdb.DuckDBPyConnection, contract: Contract
) -> pa.Table | None:
    """Describe each unit of the file, if the file is a register."""
    if contract.register_units is None:
        return None
    code = sql.quoted(contract.unit.column)
    given = {
        name: sql.quoted(column) if column else "''"
        for name, column in contract.register_units.columns().items()
    }
    for name in ("latitude", "longitude"):
        column = contract.register_units.columns()[name]
        given[name] = sql.number(column, contract) if column else "NULL::DOUBLE"
    query = sql.select(
        f"{sql.literal(contract.unit.level)} AS level",
        f"{code} AS code",
        f"{sql.quoted(contract.unit.place)} AS municipality_code",
        *(f"{column} AS {name}" for name, column in given.items()),
        tail="ORDER BY code",
    )
    return sql.table(connection, query)


def _years(connection: duckdb.DuckDBPyConnection, column: str | None) -> list[str]:
    if column is None:
        return []
    query = sql.select(f"DISTINCT {sql.quoted(column)}")
    return sorted(text for (text,) in sql.rows(connection, query))


def _nothing_measured() -> pa.Table:
    texts = ("measure", "breakdown", "level", "unit_code", "period")
    fields = [pa.field(name, pa.string()) for name in texts]
    fields.append(pa.field("value", pa.float64()))
    fields += [pa.field(name, pa.string()) for name in ("status", "reason", "raw")]
    return pa.schema(fields).empty_table()


def _places(contract: Contract, rule: MeasureRule, years: list[str]) -> str:
    number = sql.number(rule.column, contract)
    if rule.coded:
        number = _coded(rule)
    breakdown = sql.literal(rule.breakdown)
    if contract.breakdown:
        breakdown = sql.quoted(contract.breakdown.column)
    return sql.select(
        f"{sql.literal(rule.name)} AS measure",
        f"{breakdown} AS breakdown",
        f"{sql.literal(contract.unit.level)} AS level",
        f"{sql.quoted(contract.unit.column)} AS unit_code",
        f"{_written(contract, years, rule.period)} AS period",
        f"{number} AS number",
        f"{_reason(rule, number)} AS reason",
        f"{_status(rule, number)} AS status",
        f"{sql.quoted(rule.column)} AS raw",
    )


def _written(contract: Contract, years: list[str], other: str | None = None) -> str:
    fixed = other or contract.period.fixed
    if fixed or contract.period.column is None:
        return sql.literal(str(Period.parse(fixed or "")))
    year = sql.quoted(contract.period.column)
    cases = " ".join(
        f"WHEN {sql.literal(text)} THEN {sql.literal(str(Period.parse(text)))}"
        for text in years
    )
    return f"CASE {year} {cases} END"


def _coded(rule: MeasureRule) -> str:
    cases = " ".join(
        f"WHEN {sql.literal(word)} THEN {number}" for word, number in rule.coded.items()
    )
    return f"CAST(CASE {sql.quoted(rule.column)} {cases} END AS DOUBLE)"


def _status(rule: MeasureRule, number: str) -> str:
    cell = sql.quoted(rule.column)
    return f"""CASE WHEN {cell} = '' THEN {_blank(rule)}
        WHEN {cell} IN {sql.listed(rule.hidden_codes)} THEN {HIDDEN}
        WHEN {cell} IN {sql.listed(rule.missing_codes)} THEN {MISSING}
        WHEN {number} = 0 THEN {sql.literal(rule.zero)}
        WHEN {_implausible(rule, number)} THEN {MISSING}
        ELSE {VALUE} END"""


def _reason(rule: MeasureRule, number: str) -> str:
    cell = sql.quoted(rule.column)
    return f"""CASE WHEN {cell} = '' THEN 'blank'
        WHEN {cell} IN {sql.listed((*rule.hidden_codes, *rule.missing_codes))} THEN 'code'
        WHEN {number} = 0 THEN {"''" if rule.zero == "zero" else "'zero'"}
        WHEN {_implausible(rule, number)} THEN 'implausible'
        ELSE '' END"""


def _blank(rule: MeasureRule) -> str:
    meant, only = sql.literal(rule.blank), rule.blank_unless
    if only is None:
        return meant
    return f"""CASE WHEN {sql.quoted(only.column)} IN {sql.listed(only.values)}
        THEN {meant} ELSE {sql.literal(only.otherwise)} END"""


def _implausible(rule: MeasureRule, number: str) -> str:
    if rule.plausible is None:
        return "false"
    return f"{number} NOT BETWEEN {rule.plausible.min} AND {rule.plausible.max}"
