"""Made-up pupils in Parquet files, as many as asked for: never held all at once.

A pupil has ten covariates, which unfold into twenty fixed effects. Schools lie in
municipalities, and the slope of the prior score differs between schools.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

SEED = 20261124
CHUNK = 1_000_000
ROW_GROUP = 122_880
NUMBERS = ("prior", "age", "ses", "absence", "siblings")
CATEGORIES: dict[str, tuple[Any, ...]] = {
    "gender": ("boy", "girl"),
    "origin": ("danish", "descendant", "immigrant"),
    "education": ("long", "medium", "none", "short"),
    "support": (0, 1, 2, 3),
    "family": (1, 2, 3, 4, 5, 6),
}
UNITS = ("municipality", "school")
EFFECTS = (0.45, -0.05, 0.3, -0.2, -0.08)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which pupils are made.

    Attributes
    ----------
    clustered : bool
        Whether a school's pupils follow each other, equally many in each school, as in
        a register sorted by school; else they come in any order.
    """

    rows: int
    schools: int = 1_200
    municipalities: int = 98
    clustered: bool = False

    @property
    def name(self) -> str:
        """What the file is called."""
        order = "clustered" if self.clustered else "shuffled"
        return f"pupils-{self.rows}-{self.schools}-{order}.parquet"


def file_of(wanted: Rows, folder: Path) -> Path:
    """Return the file of such pupils, made now if it is not there yet."""
    path = folder / wanted.name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        _write(wanted, unfinished)
        unfinished.rename(path)
    return path


def plain_copy(path: Path) -> Path:
    """Return the rows as R reads them fastest: names, then a matrix of doubles.

    Units come first, the outcome last; a category is a 0/1 column for each value but
    the first.
    """
    copy = path.with_suffix(".f64")
    if not copy.exists():
        rows = pq.read_table(path)
        columns = {name: rows[name].to_numpy() for name in (*UNITS, *NUMBERS)}
        for name, values in CATEGORIES.items():
            held = rows[name].to_numpy(zero_copy_only=False)
            columns |= {f"{name}_{value}": held == value for value in values[1:]}
        columns["score"] = rows["score"].to_numpy()
        with copy.open("wb") as file:
            file.write(f"{' '.join(columns)}\n".encode())
            for column in columns.values():
                file.write(np.asarray(column, np.float64).tobytes())
    return copy


def _write(wanted: Rows, path: Path) -> None:
    rng = np.random.default_rng(SEED)
    place = np.sort(rng.integers(0, wanted.municipalities, wanted.schools))
    level = rng.normal(0, 0.3, wanted.schools)
    level += rng.normal(0, 0.2, wanted.municipalities)[place]
    slope = rng.normal(0, 0.1, wanted.schools)
    writer = None
    for start in range(0, wanted.rows, CHUNK):
        numbers = np.arange(start, min(start + CHUNK, wanted.rows))
        school = (
            numbers * wanted.schools // wanted.rows
            if wanted.clustered
            else rng.integers(0, wanted.schools, len(numbers))
        )
        table = _pupils(rng, school, place[school], level[school], slope[school])
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table, row_group_size=ROW_GROUP)
    assert writer is not None
    writer.close()


def _pupils(
    rng: np.random.Generator,
    school: NDArray[np.int_],
    municipality: NDArray[np.int_],
    level: NDArray[np.float64],
    slope: NDArray[np.float64],
) -> pa.Table:
    count = len(school)
    numbers = {name: rng.normal(0, 1, count) for name in NUMBERS}
    numbers["age"] = rng.normal(15.2, 0.5, count)
    codes = {
        name: rng.integers(0, len(values), count) for name, values in CATEGORIES.items()
    }
    known = 7 + level + slope * numbers["prior"] - 0.1 * codes["education"]
    for name, effect in zip(NUMBERS, EFFECTS, strict=True):
        known += effect * numbers[name]
    chance = 1 / (1 + np.exp(-level - 0.5 + 0.3 * codes["education"]))
    return pa.table(
        {
            "municipality": municipality.astype(np.int32),
            "school": school.astype(np.int32),
            **numbers,
            **{
                name: pa.array(np.array(values)[codes[name]])
                for name, values in CATEGORIES.items()
            },
            "score": known + rng.normal(0, 1, count),
            "passed": (rng.random(count) < chance).astype(np.int8),
        }
    )
