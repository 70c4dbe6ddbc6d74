"""Rows as a stream of Arrow record batches, whoever holds them. Private."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from kaeden_stats.errors import InvalidInput

ROWS = 32768
"""Rows of a batch: enough to be worth a call, few enough to stay near the processor."""
PAGE = 1 << 17
"""Bytes of a Parquet column read at once."""


def even(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """Cut and join batches to so many rows each, whatever their source makes of them.

    Only where the types of columns change is a batch shorter, and at the end.
    """
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        rest = batch
        if held and held[0].schema != rest.schema:
            yield _joined(held)
            held, count = [], 0
        while count + rest.num_rows >= rows:
            yield _joined([*held, rest.slice(0, rows - count)])
            rest = rest.slice(rows - count)
            held, count = [], 0
        if rest.num_rows:
            held.append(rest)
            count += rest.num_rows
    if held:
        yield _joined(held)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A table whose rows can be streamed, once.

    Attributes
    ----------
    names : tuple of str
        All columns of the table.
    batches : iterator of pyarrow.RecordBatch
        The wanted ones of them; nothing is read before the first is asked for.
    source : str
        What holds the rows.
    """

    names: tuple[str, ...]
    batches: Iterator[pa.RecordBatch]
    source: str


def reader_of(table: Any, columns: Sequence[str]) -> Reader | None:
    """Return what streams columns of a table, or None where a query must sum them.

    Raises
    ------
    InvalidInput
        If a path leads to no Parquet file, or the table is nothing that can be read.
    """
    if isinstance(table, str | Path):
        return _parquet(str(table), columns)
    if isinstance(table, pa.RecordBatchReader):
        return _arrow(table, columns, "Arrow")
    try:
        frame = nw.from_native(table)
    except TypeError:
        if not hasattr(table, "__arrow_c_stream__"):
            raise InvalidInput(
                f"A {type(table).__name__} is no table that can be read. Give a frame, a "
                "relation or the path of Parquet files."
            ) from None
        return _arrow(pa.RecordBatchReader.from_stream(table), columns, "Arrow")
    open_as = STREAMED.get(frame.implementation)
    if open_as is None:
        return None
    names = tuple(frame.collect_schema().names())
    held = nw.to_native(frame.select(*(name for name in columns if name in names)))
    return Reader(
        names=names, batches=open_as(held), source=str(frame.implementation.value)
    )


def _arrow(reader: pa.RecordBatchReader, columns: Sequence[str], source: str) -> Reader:
    names = tuple(reader.schema.names)
    kept = [name for name in columns if name in names]
    batches = (batch.select(kept) for batch in reader)
    return Reader(names=names, batches=batches, source=source)


def _parquet(path: str, columns: Sequence[str]) -> Reader:
    files = _files(path)
    if not files:
        raise InvalidInput(f"There is no Parquet file at {path}.")
    schema = pq.read_schema(files[0])
    names = tuple(schema.names)
    kept = [name for name in columns if name in names]
    texts = [name for name in kept if _is_text(schema.field(name).type)]
    return Reader(names=names, batches=_pages(files, kept, texts), source="Parquet")


def _files(path: str) -> list[str]:
    if Path(path).is_dir():
        return sorted(str(file) for file in Path(path).rglob("*.parquet"))
    return [path] if Path(path).is_file() else sorted(glob(path, recursive=True))


def _pages(
    files: Sequence[str], columns: Sequence[str], texts: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """Give the rows file by file; texts as the dictionaries they are stored as."""
    for file in files:
        with pq.ParquetFile(
            file, read_dictionary=texts, buffer_size=PAGE, pre_buffer=False
        ) as opened:
            yield from opened.iter_batches(ROWS, columns=columns, use_threads=False)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _streamed(held: Any) -> Iterator[pa.RecordBatch]:
    yield from pa.RecordBatchReader.from_stream(held)


def _collected(held: Any) -> Iterator[pa.RecordBatch]:
    for frame in held.collect_batches(chunk_size=ROWS):
        yield from _streamed(frame)


def _polars(held: Any) -> Iterator[pa.RecordBatch]:
    return _collected(held) if hasattr(held, "collect_batches") else _streamed(held)


def _pandas(held: Any) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(held), ROWS):
        rows = held.iloc[start : start + ROWS]
        yield from pa.Table.from_pandas(rows, preserve_index=False).to_batches()


STREAMED: dict[nw.Implementation, Callable[[Any], Iterator[pa.RecordBatch]]] = {
    nw.Implementation.DUCKDB: _streamed,
    nw.Implementation.PANDAS: _pandas,
    nw.Implementation.POLARS: _polars,
    nw.Implementation.PYARROW: _streamed,
}
"""What gives its rows as they are read; all others sum them where they are."""


def lazy(table: Any) -> nw.LazyFrame[Any]:
    """Return any table as rows that are read when they are asked for.

    Raises
    ------
    InvalidInput
        If nothing is installed that can work through them.
    """
    if isinstance(table, str | Path):
        return nw.scan_parquet(str(table), backend=_engine("read Parquet"))
    frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(table)
    if isinstance(frame, nw.LazyFrame) or frame.implementation.is_polars():
        return frame.lazy()
    return frame.lazy(
        backend=_engine(f"work through rows in {frame.implementation.value}")
    )


def _engine(task: str) -> Literal["duckdb", "polars"]:
    """Return what is installed to work through rows without holding all of them."""
    for engine in ("duckdb", "polars"):
        if find_spec(engine):
            return engine
    raise InvalidInput(f"Nothing here can {task}. Install duckdb or polars.")
