"""Estimate staggered effects with Kæden or one of the peers, and print it as JSON.

``staggered NAME ROWS.parquet``; the peers run in an environment of their own and import
nothing of ours. Reading is not timed for a peer: each gets the frame that it takes. Ours
reads the file within its time. A few rows come first: they load what each loads late.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES = {"unit": "unit", "period": "year", "first": "first"}
FEW = "few.parquet"
Work = Callable[[], tuple[float, float]]
"""Gives the simple average and its standard error."""


def ours(path: str) -> Work:
    """Pass and fit from the file."""
    from kaeden_stats.staggered import fit

    def work() -> tuple[float, float]:
        found = fit(path, outcome="y", **NAMES)
        return found.simple, found.simple_error

    return work


def diff_diff(path: str) -> Work:
    """The same effects and averages."""
    import diff_diff as peer
    import pandas as pd

    rows = pd.read_parquet(path)
    how = {"control_group": "not_yet_treated", "estimation_method": "reg"}

    def work() -> tuple[float, float]:
        found = peer.CallawaySantAnna(**how).fit(
            rows, outcome="y", unit="unit", time="year", first_treat="first"
        )
        return found.overall_att, found.overall_se

    return work


def csdid(path: str) -> Work:
    """The same effects and the simple average."""
    import numpy as np
    import pandas as pd
    from csdid.att_gt import ATTgt

    rows = pd.read_parquet(path)

    def work() -> tuple[float, float]:
        made = ATTgt(
            yname="y",
            tname="year",
            idname="unit",
            gname="first",
            data=rows,
            control_group="notyettreated",
            xformla="y~1",
        ).fit(est_method="reg", bstrap=False)
        found = made.aggte(typec="simple", bstrap=False, cband=False).atte
        return float(found["overall_att"]), float(np.ravel(found["overall_se"])[0])

    return work


def moderndid(path: str) -> Work:
    """The same effects and the simple average."""
    import moderndid as peer
    import polars as pl

    rows = pl.read_parquet(path)

    def work() -> tuple[float, float]:
        made = peer.att_gt(
            data=rows,
            yname="y",
            tname="year",
            idname="unit",
            gname="first",
            control_group="notyettreated",
            est_method="reg",
            boot=False,
        )
        found = peer.aggte(made, type="simple", boot=False, cband=False)
        return float(found.overall_att), float(found.overall_se)

    return work


def pyfixest(path: str) -> Work:
    """A saturated regression by cohort and period (Sun and Abraham)."""
    import pandas as pd
    import pyfixest as peer

    rows = pd.read_parquet(path)

    def work() -> tuple[float, float]:
        found = peer.event_study(
            rows,
            yname="y",
            idname="unit",
            tname="year",
            gname="first",
            estimator="saturated",
        ).aggregate()
        return float(found["Estimate"].mean()), float("nan")

    return work


PEERS = {
    "kaeden_stats": ours,
    "diff-diff": diff_diff,
    "csdid": csdid,
    "moderndid": moderndid,
    "pyfixest": pyfixest,
}


def main(name: str, path: str) -> None:
    """Print the seconds of one fit after a small one, and what it found."""
    warnings.simplefilter("ignore")
    PEERS[name](str(Path(path).with_name(FEW)))()
    work = PEERS[name](path)
    started = time.perf_counter()
    effect, error = work()
    said: dict[str, Any] = {"fit": time.perf_counter() - started}
    sys.stdout.write(f"\n{json.dumps(said | {'effect': effect, 'error': error})}\n")


main(*sys.argv[1:])
