"""The statistics are a package of their own, which knows nothing of the product."""

import os
import re
import subprocess
import sys
import zipfile
from email.parser import Parser

import polars as pl
import pytest

from tests.architecture.reading import ROOT
from tests.builders.pupils import pupils

CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
PAGES = [ROOT / "README.md", ROOT / "packages" / "kaeden-stats" / "README.md"]
ALONE = """
import sys
for name in ("django", "kaeden"):
    sys.modules[name] = None  # any import of it now fails
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT / "packages" / "kaeden-stats",
        check=True,
        capture_output=True,
    )
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def said(wheel):
    name = next(one for one in wheel.namelist() if one.endswith("METADATA"))
    return Parser().parsestr(wheel.read(name).decode())


def test_it_holds_the_statistics_and_nothing_else(wheel):
    folders = {name.split("/")[0] for name in wheel.namelist()}

    assert {name for name in folders if not name.endswith(".dist-info")} == {
        "kaeden_stats"
    }
    assert "kaeden_stats/py.typed" in wheel.namelist()


def test_it_asks_for_arrays_and_tables_alone(wheel):
    assert set(said(wheel).get_all("Requires-Dist")) == {
        *("llvmlite", "narwhals", "numba", "numpy", "pyarrow", "scipy"),
    }


@pytest.mark.parametrize("page", PAGES, ids=["README", "README of the package"])
def test_the_lines_on_the_page_work(wheel, page, tmp_path):
    site = tmp_path / "site"
    wheel.extractall(site)
    rows = pl.DataFrame(pupils(200)).rename({"choice": "gender"})
    rows.write_parquet(tmp_path / "pupils.parquet")
    (code,) = CODE.findall(page.read_text())

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALONE + code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    )

    assert "standard_error" in done.stdout
    assert "C(gender)[sport]" in done.stdout
