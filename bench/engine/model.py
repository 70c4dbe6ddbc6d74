"""The models that are fitted to the pupils, as our engine is told them."""

from pathlib import Path
from typing import Any

from bench.engine.rows import Rows, file_of
from kaeden_stats import multilevel

FIXED = (
    *("prior", "age", "ses", "absence", "siblings"),
    *("C(gender)", "C(origin)", "C(education)", "C(support)", "C(family)"),
)
DISCRETE = ("C(gender)", "C(origin)", "C(education)")
LEVELS = ("municipality", "school")
SLOPES = {"intercepts": {}, "slope": {"school": ["prior"]}}
FEW = Rows(rows=2_000, schools=50, municipalities=10)
"""Rows that are fitted first, so that compiled code is loaded as an import loads it."""


def blocks_of(table: Any, model: str, levels: tuple[str, ...] = LEVELS) -> Any:
    """Make the pass for a model with a random intercept, or a slope, at each school."""
    source = str(table) if isinstance(table, Path) else table
    return multilevel.crossproducts(
        source, "score", FIXED, levels, slopes=SLOPES[model]
    )


def few(folder: Path) -> Path:
    """Return the file of the rows that are fitted first."""
    return file_of(FEW, folder)
