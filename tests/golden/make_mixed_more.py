"""Fit more models of public data in R: python make_mixed_more.py (R 4.2.2, lme4 1.1-31)."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.builders.public_rows import rows_of  # noqa: E402


def model(item, y, x, random, *, derived=None, alone=(), weights=None):
    """Say a model; `random` has the terms of each level, the lowest first."""
    levels = list(random)
    used = [y, *x, *levels, *(t for terms in random.values() for t in terms)]
    return {
        "item": item,
        "derived": derived or {},
        "columns": list(dict.fromkeys([*used, *([weights] if weights else [])])),
        "y": y,
        "x": ["1", *x],
        "levels_lowest_first": levels,
        "random_by_level": [["1", *terms] for terms in random.values()],
        "uncorrelated": [level in alone for level in levels],
        "weights": weights,
    }


MODELS = {
    "oxide_four_levels": model(
        "nlme/Oxide", "Thickness", [], {"Wafer": [], "Lot": [], "Source": []}
    ),
    "pastes_repeated_ids": model(
        "lme4/Pastes", "strength", [], {"cask": [], "batch": []}
    ),
    "oats_split_plots": model(
        "nlme/Oats", "yield", ["nitro"], {"Variety": [], "Block": []}
    ),
    "machines_dummies": model(
        "nlme/Machines",
        "score",
        ["b", "c"],
        {"Machine": [], "Worker": []},
        derived={
            "b": "1 if Machine == 'B' else 0",
            "c": "1 if Machine == 'C' else 0",
        },
    ),
    "egsingle_two_levels_of_slopes": model(
        "mlmRev/egsingle",
        "math",
        ["year", "lowinc"],
        {"childid": ["year"], "schoolid": ["year"]},
    ),
    "hsb82_two_slopes": model(
        "mlmRev/Hsb82",
        "mAch",
        ["cses", "meanses", "minority"],
        {"school": ["cses", "minority"]},
        derived={"minority": "1 if minrty == 'Yes' else 0"},
    ),
    "oxboys_far_apart": model("mlmRev/Oxboys", "height", ["age"], {"Subject": ["age"]}),
    "pixel_slopes_above": model(
        "nlme/Pixel",
        "pixel",
        ["day", "day2"],
        {"Side": [], "Dog": ["day"]},
        derived={"day2": "day*day"},
    ),
    "wafer_uncorrelated_above": model(
        "nlme/Wafer",
        "current",
        ["voltage", "voltage2"],
        {"Site": [], "Wafer": ["voltage"]},
        derived={"voltage2": "voltage*voltage"},
        alone=["Wafer"],
    ),
    "sleepstudy_weighted": model(
        "lme4/sleepstudy",
        "Reaction",
        ["Days"],
        {"Subject": ["Days"]},
        derived={"weight": "Days--1"},
        weights="weight",
    ),
    "early_on_the_edge": model(
        "mlmRev/Early",
        "cog",
        ["tos", "treated", "tos_x_treated"],
        {"id": ["tos"]},
        derived={
            "tos": "age-0.5",
            "treated": "1 if trt == 'Y' else 0",
            "tos_x_treated": "tos*treated",
        },
    ),
    "gasoline_ten_samples": model(
        "nlme/Gasoline", "yield", ["endpoint", "vapor"], {"Sample": []}
    ),
    "star_teachers_in_schools": model(
        "mlmRev/star",
        "math",
        ["small", "exp"],
        {"tch": [], "sch": []},
        derived={"small": "1 if cltype == 'small' else 0"},
    ),
}


def main():
    """Write the rows for R, and what it says of them."""
    with TemporaryDirectory() as folder:
        for name, one in MODELS.items():
            rows_of(one).to_csv(Path(folder) / f"{name}.csv", index=False)
        (Path(folder) / "models.json").write_text(json.dumps(MODELS))
        subprocess.run(
            ["Rscript", str(HERE / "make_mixed_more.R"), folder],
            check=True,
        )
        said = json.loads((Path(folder) / "said.json").read_text())
    for name, one in MODELS.items():
        said["models"][name] = one | said["models"][name]
    (HERE / "mixed_more.json").write_text(json.dumps(said))


if __name__ == "__main__":
    main()
