"""What a fit expects of each row: one more pass, where the rows are."""

import shutil
from pathlib import Path
from typing import Any

from kaeden_stats.multilevel._expected import with_expected
from kaeden_stats.multilevel._readers import lazy
from kaeden_stats.multilevel.result import Fit


def predict(fit: Fit, table: Any, *, into: str | Path | None = None) -> Any:
    r"""Add what the model expects of each row.

    .. math:: x'\hat\beta \quad \text{and} \quad x'\hat\beta + \sum_l z_l'\hat u_l

    Parameters
    ----------
    fit : Fit
        Nested or crossed.
    table : frame, relation or path
        The rows of the fit or new ones: a frame or relation of DuckDB, Polars, Spark or
        Ibis, an Arrow table or pandas frame, or the path of Parquet files. Its outcome
        is not needed.
    into : str or Path, optional
        Where to write the rows as Parquet, in the engine that holds them; the file
        appears when it is whole.

    Returns
    -------
    frame, relation or Path
        The table with ``fixed_part`` and ``predicted`` in the outcome's unit, lazy as
        its engine has it: Polars' lazy frame for Polars, a DuckDB relation for Arrow,
        pandas and paths. Nothing is computed before it is read. With `into`, the path.

    Raises
    ------
    InvalidInput
        If the table lacks a column that the model uses, or has one of the new names.

    Notes
    -----
    A unit that the fit has not met gets the fixed part alone. A row that lacks a value,
    or has a category that the fit has not met, gets none. Rows may come in another order
    than they had; no row is collected here.
    """
    found = with_expected(fit, lazy(table))
    if into is None:
        return found.to_native()
    path = Path(into)
    part = path.with_name(f"{path.name}.part")
    _remove(part)
    found.sink_parquet(str(part))
    return part.replace(path)


def _remove(part: Path) -> None:
    """Remove what an interrupted run has left; Spark writes folders."""
    if part.is_dir():
        shutil.rmtree(part)
    part.unlink(missing_ok=True)
