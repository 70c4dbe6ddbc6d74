"""The one importer: bytes and a contract in, checked tables out; nothing is stored."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from kaeden.data.contracts import Contract
from kaeden.data.lake import children, observing, quality, sql
from kaeden.data.lake.checking import Rule, refuse_bad_content
from kaeden.data.lake.reading import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file that keeps its contract, ready for the lake."""

    batch: str
    file_digest: str
    rows: int
    observations: pa.Table
    units: pa.Table | None
    children: pa.Table | None
    quality: quality.Report


def prepare(
    contract: Contract, content: bytes, further: Iterable[Rule] = ()
) -> Prepared:
    """Read, check and turn a file into the lake's tables.

    `further` are rules that the file must keep besides its contract.

    Raises
    ------
    BadFile
        If the file isn't what the contract promises.
    """
    table = read_table(contract, content)
    numbered = table.append_column("line", pa.array(range(2, len(table) + 2)))
    with sql.a_table(numbered) as connection:
        refuse_bad_content(connection, contract, len(table), further)
        observations = observing.observations(connection, contract)
        units = observing.register(connection, contract)
        rows = children.table(connection, contract)
        connection.register("observations", observations)
        if units is not None:
            connection.register("units", units)
        if rows is not None:
            connection.register(children.TABLE, rows)
        found = quality.report(connection, contract)
    return Prepared(
        batch=batch_of(contract, content),
        file_digest=hashlib.sha256(content).hexdigest(),
        rows=len(table),
        observations=observations,
        units=units,
        children=rows,
        quality=found,
    )


def batch_of(contract: Contract, content: bytes) -> str:
    """Name a batch after what went into it: the contract and the file."""
    both = contract.fingerprint.encode() + content
    return hashlib.sha256(both).hexdigest()
