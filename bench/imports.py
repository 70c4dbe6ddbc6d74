"""Import every shipped file, against DuckDB reading the same files."""

from pathlib import Path

import duckdb

from bench.timing import compare
from kaeden.data import queries
from kaeden.data.lake.preparing import prepare

FILES = Path(queries.__file__).parent / "files"


def run(_home: Path) -> None:
    """Compare the whole check of all files with DuckDB's bare reading of them."""
    contracts = queries.contracts()
    contents = [(one, (FILES / one.file_name).read_bytes()) for one in contracts]

    def ours() -> None:
        for contract, content in contents:
            prepare(contract, content)

    def bare() -> None:
        for contract, _content in contents:
            duckdb.sql(
                f"select * from read_csv('{FILES / contract.file_name}')"
            ).fetchall()

    def as_text() -> None:
        for contract, _content in contents:
            duckdb.sql(
                f"select * from read_csv('{FILES / contract.file_name}', all_varchar=true)"
            ).fetchall()

    compare("Import of 8 files, all checks", ours, bare, peer="DuckDB reads them")
    compare("Import of 8 files, all checks", ours, as_text, peer="DuckDB, as text")
