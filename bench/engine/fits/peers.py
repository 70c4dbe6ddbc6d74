"""Fit the pupils with one of the peers, and print how it went as JSON.

``python peers.py PEER ROWS.parquet MODEL``; it runs in the peers' own environment and
imports nothing of ours. Reading and dummy coding come first and are not timed: each
peer gets the columns in the form that it takes without more work.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
import polars as pl

NUMBERS = ["prior", "age", "ses", "absence", "siblings"]
CATEGORIES = ["gender", "origin", "education", "support", "family"]
UNITS = ["municipality", "school"]
Frame = pl.DataFrame
Fit = tuple[float, float]
"""Seconds of the fit call, and −2 log-likelihood."""


def coded(path: str, outcome: str = "score") -> Frame:
    """Return the rows with a 0/1 column for each value of a category but the first."""
    rows = pl.read_parquet(path, columns=[*UNITS, *NUMBERS, *CATEGORIES, outcome])
    values = {name: sorted(rows[name].unique()) for name in CATEGORIES}
    return rows.select(
        *UNITS,
        *NUMBERS,
        *(
            (pl.col(name) == value).cast(pl.Float64).alias(f"{name}_{value}")
            for name in CATEGORIES
            for value in values[name][1:]
        ),
        outcome,
    )


def terms(rows: Frame) -> list[str]:
    """Return the nineteen columns with a fixed effect beside the intercept."""
    return rows.columns[2:-1]


def formula(rows: Frame, model: str, *, nested: bool = True) -> str:
    """Return the model as lme4 writes it."""
    school = "(1 + prior | school)" if model == "slope" else "(1 | school)"
    effects = [*terms(rows), "(1 | municipality)", school]
    return f"{rows.columns[-1]} ~ {' + '.join(effects if nested else terms(rows))}"


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long one call took, and what it gave."""
    started = time.perf_counter()
    made = work()
    return time.perf_counter() - started, made


def lme_python(rows: Frame, model: str) -> Fit:
    """The model as it is."""
    import lme_python as peer

    text = formula(rows, model)
    names = pl.col("municipality", "school").cast(pl.String)
    rows = rows.with_columns(names)
    took, made = timed(lambda: peer.lmer(text, data=rows, reml=True))
    return took, -2 * made.log_likelihood


def mixedlm(rows: Frame, model: str) -> Fit:
    """The model as it is."""
    from mixedlm import lmer  # named here, as it is loaded when it is first named

    frame, text = rows.to_pandas(), formula(rows, model)
    took, made = timed(lambda: lmer(text, frame, REML=True))
    return took, made.REMLcrit()


def interlace(rows: Frame, model: str) -> Fit:
    """The model as it is."""
    import interlace as peer

    fixed = formula(rows, model, nested=False)
    school = "(1 + prior | school)" if model == "slope" else "(1 | school)"
    random = ["(1 | municipality)", school]
    frame = rows.to_pandas()
    took, made = timed(lambda: peer.fit(fixed, frame, random=random))
    return took, -2 * made.llf


def gpboost(rows: Frame, model: str) -> Fit:
    """By maximum likelihood and without a correlation: it has no other."""
    import gpboost as peer

    groups = rows.select(UNITS).to_pandas()
    design = np.column_stack(
        [np.ones(len(rows)), rows.select(terms(rows)).cast(pl.Float64).to_numpy()]
    )
    outcome = rows[:, -1].to_numpy()
    slope = {
        "group_rand_coef_data": rows["prior"].to_numpy(),
        "ind_effect_group_rand_coef": [2],
    }

    def work() -> Any:
        made = peer.GPModel(
            group_data=groups,
            likelihood="gaussian",
            matrix_inversion_method="cholesky",  # its default draws determinants
            **(slope if model == "slope" else {}),
        )
        made.fit(y=outcome, X=design)
        return made

    took, made = timed(work)
    return took, 2 * made.get_current_neg_log_likelihood()


def mixedlm_rs(rows: Frame, model: str) -> Fit:
    """Schools alone: it knows one grouping column."""
    import mixedlm_rs as peer

    design = np.column_stack(
        [np.ones(len(rows)), rows.select(terms(rows)).cast(pl.Float64).to_numpy()]
    )
    outcome, school = rows[:, -1].to_numpy(), rows["school"].to_numpy()
    effects = design[:, :2] if model == "slope" else design[:, :1]
    took, made = timed(lambda: peer.MixedLM(outcome, design, school, effects).fit())
    return took, -2 * made.llf


def statsmodels(rows: Frame, model: str) -> Fit:
    """Without a correlation: nested units are variance components to it."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    frame = rows.to_pandas()
    parts = {"school": "0 + C(school)"}
    if model == "slope":
        parts["slope"] = "0 + C(school):prior"
    fixed = formula(rows, model, nested=False)

    def work() -> Any:
        return MixedLM.from_formula(
            fixed, frame, groups="municipality", re_formula="1", vc_formula=parts
        ).fit()

    took, made = timed(work)
    return took, -2 * made.llf


PEERS: dict[str, tuple[Callable[[Frame, str], Fit], str]] = {
    "lme-python": (lme_python, "lme_python"),
    "mixedlm": (mixedlm, "mixedlm"),
    "interlace-lme": (interlace, "interlace-lme"),
    "gpboost": (gpboost, "gpboost"),
    "mixedlm-rs": (mixedlm_rs, "mixedlm-rs"),
    "statsmodels": (statsmodels, "statsmodels"),
}


def main(peer: str, path: str, model: str) -> None:
    """Print seconds, −2 log-likelihood and version."""
    warnings.simplefilter("ignore")
    fit, package = PEERS[peer]
    seconds, deviance = fit(coded(path), model)
    said = {"fit": seconds, "deviance": deviance, "version": version(package)}
    sys.stdout.write(f"\n{json.dumps(said)}\n")


main(*sys.argv[1:])
