"""The lake's files: batches that never change, and one manifest that says which count.

```
lake/
├── manifest.json         the batches that count now; replaced whole
├── batches/<batch>/      observations.parquet, units.parquet, children.parquet,
│                         batch.json
└── staging/              half-written batches; emptied by the next writer
```

A batch is written to staging, flushed to disk and moved into place; then the manifest
is replaced in one step. Whoever is interrupted leaves the old lake or the new one.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
from django.conf import settings
from django.utils.translation import gettext as _
from pyarrow import parquet

from kaeden.data.contracts import Contract
from kaeden.data.errors import LakeDamaged
from kaeden.data.lake.preparing import Prepared
from kaeden.data.rules import scope_of

OBSERVATIONS, UNITS = "observations.parquet", "units.parquet"
CHILDREN = "children.parquet"
PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one import put into the lake, and the digests of its files."""

    batch: str
    source: str
    period: str
    retrieved: str
    files: Mapping[str, str]

    def path(self, name: str) -> Path:
        """Where one of its files lies."""
        return _home() / "batches" / self.batch / name


@contextmanager
def the_only_writer() -> Iterator[None]:
    """Hold the lake's lock, and clear what an interrupted writer left behind."""
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(home / "staging", ignore_errors=True)
        try:
            yield
        finally:
            shutil.rmtree(home / "staging", ignore_errors=True)


def write(contract: Contract, prepared: Prepared) -> None:
    """Put a batch in its place, whole and flushed; a batch already there is kept."""
    place = _home() / "batches" / prepared.batch
    if is_whole(prepared.batch):
        return
    staging = _home() / "staging" / uuid4().hex
    staging.mkdir(parents=True)
    tables = {
        OBSERVATIONS: prepared.observations,
        UNITS: prepared.units,
        CHILDREN: prepared.children,
    }
    files = {
        name: _write_table(table, staging / name)
        for name, table in tables.items()
        if table is not None
    }
    batch = Batch(
        batch=prepared.batch,
        source=contract.id,
        period=contract.period.label,
        retrieved=contract.retrieved.isoformat(),
        files=files,
    )
    _write_bytes(_json(asdict(batch)), staging / "batch.json")
    _flush(staging)
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(exist_ok=True)
    staging.rename(place)
    _flush(place.parent)


def activate(batches: Iterable[str]) -> None:
    """Let exactly these batches count; nothing happens if they do already."""
    described = sorted(
        (_described(batch) for batch in batches), key=lambda b: (b.source, b.period)
    )
    content = _json([asdict(batch) for batch in described])
    manifest = _home() / "manifest.json"
    if manifest.exists() and manifest.read_bytes() == content:
        return
    fresh = manifest.with_suffix(".fresh")
    _write_bytes(content, fresh)
    fresh.replace(manifest)
    _flush(manifest.parent)


def current() -> tuple[Batch, ...]:
    """Return the batches that count now."""
    try:
        return tuple(Batch(**each) for each in json.loads(_manifest()))
    except (ValueError, TypeError):
        raise LakeDamaged(_damaged(_home() / "manifest.json")) from None


def snapshot(scope: str) -> str:
    """Hash of all of a scope that counts now; equal lakes have equal snapshots."""
    counts = [asdict(one) for one in current() if scope_of(one.source) == scope]
    return hashlib.sha256(_json(counts)).hexdigest()


def read(batch: Batch, name: str) -> pa.Table:
    """Read one file of a batch, if it is as it was written.

    Raises
    ------
    LakeDamaged
        If the file is gone or its bytes are others.
    """
    path = batch.path(name)
    try:
        seen = path.stat()
    except FileNotFoundError:
        raise LakeDamaged(_damaged(path)) from None
    return _verified(path, batch.files[name], (seen.st_mtime_ns, seen.st_size))


def whole(batch: Batch, name: str) -> Path:
    """Return where a file lies, if it is as it was written; it isn't held in memory.

    Raises
    ------
    LakeDamaged
        If the file is gone or its bytes are others.
    """
    path, found = batch.path(name), hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                found.update(piece)
    except FileNotFoundError:
        raise LakeDamaged(_damaged(path)) from None
    if found.hexdigest() != batch.files[name]:
        raise LakeDamaged(_damaged(path))
    return path


@lru_cache(maxsize=32)
def _verified(path: Path, digest: str, seen: tuple[int, int]) -> pa.Table:
    """Read and check a file once for as long as it looks untouched (`seen`)."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise LakeDamaged(_damaged(path))
    return parquet.read_table(pa.BufferReader(content), page_checksum_verification=True)


def is_whole(batch: str) -> bool:
    """Whether every file of a batch is as it was written."""
    try:
        described = _described(batch)
        for name in described.files:
            whole(described, name)
    except LakeDamaged:
        return False
    return True


def is_there(batch: str) -> bool:
    """Whether a batch is in the lake, whole or not."""
    return (_home() / "batches" / batch).exists()


def delete(batch: str) -> None:
    """Delete a batch that doesn't count, for good."""
    shutil.rmtree(_home() / "batches" / batch)


def _home() -> Path:
    return Path(settings.KAEDEN_LAKE)


def _manifest() -> bytes:
    try:
        return (_home() / "manifest.json").read_bytes()
    except FileNotFoundError:
        return b"[]\n"


def _described(batch: str) -> Batch:
    path = _home() / "batches" / batch / "batch.json"
    try:
        return Batch(**json.loads(path.read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        raise LakeDamaged(_damaged(path)) from None


def _damaged(path: Path) -> str:
    return _(
        "The lake's file %(file)s is gone or altered, so nothing is read from it."
        " Import the source again, or restore the lake from a backup."
    ) % {"file": f"{path.parent.name[:12]}/{path.name}"}


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode()


def _write_table(table: pa.Table, path: Path) -> str:
    sink = pa.BufferOutputStream()
    parquet.write_table(
        table, sink, compression="zstd", write_page_checksum=True, write_statistics=True
    )
    content = sink.getvalue().to_pybytes()
    _write_bytes(content, path)
    return hashlib.sha256(content).hexdigest()


def _write_bytes(content: bytes, path: Path) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
