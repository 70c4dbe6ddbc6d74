"""The models that are fitted to the pupils, as our engine is told them."""

from pathlib import Path
from typing import Any

from kaeden_stats import multilevel

FIXED = (
    *("prior", "age", "ses", "absence", "siblings"),
    *("C(gender)", "C(origin)", "C(education)", "C(support)", "C(family)"),
)
DISCRETE = ("C(gender)", "C(origin)", "C(education)")
LEVELS = ("municipality", "school")
SLOPES = {"intercepts": {}, "slope": {"school": ["prior"]}}


def blocks_of(table: Any, model: str, levels: tuple[str, ...] = LEVELS) -> Any:
    """Make the pass for a model with a random intercept, or a slope, at each school."""
    source = str(table) if isinstance(table, Path) else table
    return multilevel.crossproducts(
        source, "score", FIXED, levels, slopes=SLOPES[model]
    )
