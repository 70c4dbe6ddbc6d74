"""Write area_national.csv: 1,300 made-up schools in 98 municipalities, seed 20261123."""

import csv
from pathlib import Path

import numpy as np

rng = np.random.default_rng(20261123)
group = np.sort(rng.integers(1, 99, 1300))
pupils = rng.integers(15, 700, 1300)
sampling_variance = 0.36 / pupils
value = (
    3.6
    + rng.normal(0, 0.06, 99)[group]
    + rng.normal(0, 0.12, 1300)
    + rng.normal(0, np.sqrt(sampling_variance))
)
with Path(__file__).with_name("area_national.csv").open("w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["group", "value", "sampling_variance"])
    for row in zip(group, value, sampling_variance, strict=True):
        rows.writerow([row[0], f"{row[1]:.6f}", f"{row[2]:.10f}"])
