"""Mixed models of made-up rows, each fitted once: tests/golden says where they are from."""

import csv
import warnings
from functools import cache
from pathlib import Path

import polars as pl

from kaeden_stats import multilevel

GOLDEN = Path(__file__).parents[1] / "golden"
MODELS = {
    "days": ("time", {"fixed": ["day"], "slopes": {"person": ["day"]}}),
    "days_uncorrelated": (
        "time",
        {
            "fixed": ["day"],
            "slopes": {"person": ["day"]},
            "uncorrelated": ["person"],
        },
    ),
    "slope": (
        "score",
        {
            "fixed": ["prior", "girl"],
            "levels": ["school"],
            "slopes": {"school": ["prior"]},
        },
    ),
    "three": (
        "score",
        {"fixed": ["prior", "girl", "C(edu)"], "levels": ["authority", "school"]},
    ),
    "three_slope": (
        "score",
        {
            "fixed": ["prior", "girl"],
            "levels": ["authority", "school"],
            "slopes": {"school": ["prior"]},
        },
    ),
    "crossed": ("score", {"fixed": ["prior", "girl"], "crossed": ["school", "former"]}),
    "singular": ("weight", {"fixed": ["prior"], "levels": ["school"]}),
    "weighted": (
        "score",
        {
            "fixed": ["prior", "girl"],
            "levels": ["authority", "school"],
            "weights": "weight",
        },
    ),
}


@cache
def pupils():
    """Return the pupils, each school's label unique."""
    with (GOLDEN / "mixed_pupils.csv").open() as file:
        rows = list(csv.DictReader(file))
    text = {"authority", "school", "former", "edu"}
    columns = {
        name: [row[name] if name in text else float(row[name]) for row in rows]
        for name in rows[0]
    }
    columns["school"] = [f"{row['authority']} {row['school']}" for row in rows]
    return pl.DataFrame(columns)


@cache
def days():
    """Return eighteen people's times on ten days."""
    return pl.read_csv(GOLDEN / "mixed_days.csv")


def rows_of(name):
    """Return the rows of a model."""
    return days() if name.startswith("days") else pupils()


@cache
def fitted(name, *, reml=True):
    """Return a model's fit."""
    outcome, said = MODELS[name]
    said = {"levels": ["person"]} | said if name.startswith("days") else said
    return fit_of(rows_of(name), outcome, reml=reml, **said)


def fit_of(table, outcome="score", **said):
    """Fit in silence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit(table, outcome, **said)
