"""How far our fits lie from lme4's, for each golden model: a page made by the tests' files.

The fits and the numbers are those of tests/golden; here the distances are written down.
"""

import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from math import ceil, log10
from pathlib import Path
from typing import Any

import numpy as np

from kaeden_stats import multilevel
from tests.golden import test_mixed_agrees_with_r as made_up
from tests.golden import test_public_data_agree_with_r as public

KEPT = Path(__file__).with_name("agreement.json")
PAGE = Path(__file__).parents[2] / "docs" / "methods" / "multilevel_agreement.md"
LEAST = 1e-13
"""What lies nearer is not told apart."""
HEAD = """# multilevel: how far from lme4

Made by `python -m bench.engine.agreement` from the golden files (`tests/golden`), which were made in R. Each figure
is the largest over all numbers of its kind, ML and REML, rounded up to a power of ten: −2 log-likelihood as a
difference, fixed effects in standard errors, unit effects in their conditional standard errors, all others as a share
of their size (covariances: of the product of the standard deviations). A test fits again and fails if a figure no
has grown tenfold.

lme4's optimum was polished in R before it was written down, as lme4 stops where the deviance is flat to its own
tolerance; *as shipped* is by how much −2 log-likelihood then lay above the lowest, where the file says it.

| model | rows | −2 log-likelihood | fixed effects | their errors | variances | unit effects | Satterthwaite | Kenward–Roger | lme4 as shipped |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """The largest distances of one model's numbers; None where R has none."""

    rows: int
    deviance: float
    fixed: float
    errors: float
    variances: float
    effects: float
    satterthwaite: float | None = None
    kenward_roger: float | None = None
    as_shipped: float | None = None


def distances() -> dict[str, Distance]:
    """Fit every golden model, and return how far each lies from lme4."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return {
            **{name: _of_public(name) for name in public.SAID},
            **{f"{name} (made up)": _of_made_up(name) for name in made_up.MODELS},
        }


def _of_public(name: str) -> Distance:
    said = public.SAID[name]
    pairs = [(public.fitted(name, m), said[m], said) for m in ("REML", "ML")]
    return Distance(
        rows=said["n"],
        deviance=max(
            abs(-2 * f.log_likelihood - s["minus2loglik"]) for f, s, _ in pairs
        ),
        fixed=max(_fixed(f, s) for f, s, _ in pairs),
        errors=max(_errors(f, s) for f, s, _ in pairs),
        variances=max(_variances(f, s, model) for f, s, model in pairs),
        effects=max(_effects(f, s) for f, s, _ in pairs),
        satterthwaite=_df(name, "satterthwaite", "satterthwaite_df"),
        kenward_roger=_df(name, "kenward-roger", "kr_df"),
        as_shipped=max(
            (s["own"] - s["minus2loglik"] for _, s, _ in pairs if "own" in s),
            default=None,
        ),
    )


def _fixed(found: Any, said: Mapping[str, Any]) -> float:
    estimates, errors = np.array(said["fixed"]).T
    away = (found.coefficients["estimate"] - estimates) / errors
    return float(np.abs(away).max())


def _errors(found: Any, said: Mapping[str, Any]) -> float:
    return public.apart(
        found.coefficients["standard_error"], np.array(said["fixed"])[:, 1]
    )


def _variances(found: Any, said: Mapping[str, Any], model: Mapping[str, Any]) -> float:
    groups = {row[0].split(".")[0]: row[0] for row in said["varcomp"][:-1]}
    away = [public.apart(found.residual_variance, said["sigma2"])]
    for level, group in zip(model["levels_lowest_first"], groups, strict=True):
        ours, theirs = public._matrices(
            found.variances[level], found, level, group, said
        )
        size = np.sqrt(np.outer(np.diag(theirs), np.diag(theirs)))
        away.append(float((np.abs(ours - theirs) / np.maximum(size, 1e-300)).max()))
    return max(away)


def _effects(found: Any, said: Mapping[str, Any]) -> float:
    return max(_effects_of(found, group, one) for group, one in said["blups"].items())


def _effects_of(found: Any, group: str, said: Mapping[str, Any]) -> float:
    *outer, level = group.split(":")
    table = found.effects(level)
    width = len(found.effect_terms[level])
    keys = zip(*(table[label][::width] for label in (*outer, "unit")), strict=True)
    at = {":".join(map(str, key)): row for row, key in enumerate(keys)}
    effect = table["effect"].reshape(-1, width)[[at[key] for key in said["key"]]]
    size = np.maximum(said["cond_se"], 1e-300)
    return float(np.abs((effect - said["mode"]) / size).max())


def _df(name: str, method: str, theirs: str) -> float | None:
    if "df" not in public.SAID[name]:
        return None
    ours = multilevel.degrees_of_freedom(public.fitted(name, "REML"), method)
    return public.apart(ours["df"], public.SAID[name]["df"][theirs])


def _of_made_up(name: str) -> Distance:
    pairs = [(made_up.fitted(name, m), made_up.golden(name, m)) for m in ("reml", "ml")]
    found = [_made_up_distances(*pair) for pair in pairs]
    return Distance(
        rows=len(made_up.pupils()),
        **{which: max(one[which] for one in found) for which in found[0]},
    )


def _made_up_distances(found: Any, said: Mapping[str, Any]) -> dict[str, float]:
    terms = [made_up.NAMES.get(term, term) for term in found.coefficients["term"]]
    errors = np.array([said["standard_error"][term] for term in terms])
    estimates = np.array([said["fixed"][term] for term in terms])
    away = found.coefficients["estimate"] - estimates
    return {
        "deviance": abs(-2 * found.log_likelihood - said["minus2loglik"]),
        "fixed": float(np.abs(away / errors).max()),
        "errors": public.apart(found.coefficients["standard_error"], errors),
        "variances": max(_made_up_variances(found, said)),
        "effects": max(_made_up_effects(found, said)),
    }


def _made_up_variances(found: Any, said: Mapping[str, Any]) -> Iterator[float]:
    yield public.apart(found.residual_variance, said["sigma2"])
    for level, matrix in found.variances.items():
        theirs = made_up._matrix(said["variances"], level, len(matrix))
        size = np.sqrt(np.outer(np.diag(theirs), np.diag(theirs)))
        yield float((np.abs(matrix - theirs) / size).max())


def _made_up_effects(found: Any, said: Mapping[str, Any]) -> Iterator[float]:
    for level, theirs in said["effects"].items():
        if level not in found.effect_terms:
            continue
        table, width = found.effects(level), len(found.effect_terms[level])
        at = {unit: row for row, unit in enumerate(table["unit"][::width])}
        rows = [at[unit] for unit in theirs["unit"]]
        effect = table["effect"].reshape(-1, width)[rows]
        error = table["standard_error"].reshape(-1, width)[rows]
        wanted = np.array(theirs["effect"]).reshape(effect.shape)
        yield float(np.abs((effect - wanted) / error).max())


def rounded_up(value: float | None) -> float | None:
    """Return the next power of ten, so that a figure holds on other machines too."""
    if value is None:
        return None
    return float(10.0 ** ceil(log10(max(value, LEAST)) - 1e-9))


def page(kept: Mapping[str, Mapping[str, float | None]]) -> str:
    """Return the page from the kept figures."""
    rows = []
    for name, one in kept.items():
        figures = [_words(one[which]) for which in list(one)[1:]]
        rows.append(f"| `{name}` | {one['rows']:,} | {' | '.join(figures)} |")
    return HEAD + "\n".join(rows) + "\n"


def _words(value: float | None) -> str:
    return (
        "" if value is None else f"{value:.0e}".replace("e-0", "e-").replace("e+00", "")
    )


def main() -> None:
    """Fit, keep how far each model lies from lme4, and write the page."""
    kept = {
        name: {
            which: value if which == "rows" else rounded_up(value)
            for which, value in asdict(one).items()
        }
        for name, one in distances().items()
    }
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
