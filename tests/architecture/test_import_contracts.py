"""The import contracts stand, and each would catch the line it is there for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).parent / "lint-imports"
OFFENCES = {
    "The thread runs one way": ("kaeden/goals/queries.py", "kaeden.engine.actions"),
    "Rooms within a station": ("kaeden/goals/models.py", "kaeden.goals.actions"),
    "Pupil rows: only data and engine open the lake": (
        "kaeden/web/goals.py",
        "kaeden.data.lake.reading",
    ),
    "Unreleased estimates pass only through publication": (
        "kaeden/dialogue/queries/assessments.py",
        "kaeden.engine.results",
    ),
    "Only the lake speaks DuckDB": ("kaeden/web/organisation.py", "duckdb"),
    "The statistics know nothing of the product": ("kaeden_stats/trend.py", "django"),
    "Only the engine calculates": ("kaeden/presentation/words.py", "kaeden_stats"),
    "Only the wrapper of diff-diff speaks pandas": (
        "kaeden/engine/comparison.py",
        "pandas",
    ),
    "No import cycles among siblings": (
        "kaeden/goals/models.py",
        "kaeden.goals.actions",
    ),
}


def lint(folder):
    """Hold the code in a folder up against the contracts."""
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def verdict_on_offences(tmp_path_factory):
    """Plant every offending import in a copy, and return what is said of it."""
    folder = tmp_path_factory.mktemp("offending")
    shutil.copy(ROOT / "pyproject.toml", folder)
    code = shutil.ignore_patterns("static", "files", "locale", "__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=code)
    for place, wanted in set(OFFENCES.values()):
        module = folder / "src" / place
        module.write_text(f"{module.read_text()}\nimport {wanted}\n")
    return lint(folder).stdout


def test_every_contract_is_kept():
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(rf"{len(OFFENCES)} kept, 0 broken", done.stdout)


@pytest.mark.parametrize("contract", OFFENCES)
def test_a_contract_catches_the_line_it_is_there_for(contract, verdict_on_offences):
    place, wanted = OFFENCES[contract]
    importer = place.removesuffix(".py").replace("/", ".")
    found = f"{importer} -> {wanted}"
    reason = ".models -> .actions" if "cycles" in contract else found

    assert f"{contract} BROKEN" in verdict_on_offences
    assert reason in verdict_on_offences.split("Broken contracts", 1)[1]
