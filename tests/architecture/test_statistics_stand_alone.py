import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kaeden_stats

HOME = Path(kaeden_stats.__file__).parent
MODULES = sorted(HOME.rglob("*.py"))
METHODS = Path(__file__).parents[2] / "docs" / "methods"
KNOWN = {"numpy", "scipy", "kaeden_stats"} | sys.stdlib_module_names
OVER_ROWS = {"multilevel", "staggered"}
OF_ROWS = {"llvmlite", "narwhals", "numba", "pyarrow", "threadpoolctl"}
"""What a pass over rows and matrices from it need besides; all else is for arrays."""
HIDE_AND_IMPORT = """
import sys
for name in ("django", "duckdb", "pandas", "pyarrow", "kaeden"):
    sys.modules[name] = None  # any import of it now fails
import kaeden_stats
"""


def imported(module):
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


def test_statistics_import_without_django_or_a_database():
    subprocess.run([sys.executable, "-c", HIDE_AND_IMPORT], check=True)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_statistics_module_imports_nothing_but_arrays(module):
    works_on_rows = module.relative_to(HOME).parts[0] in OVER_ROWS

    assert set(imported(module)) <= KNOWN | (OF_ROWS if works_on_rows else set())


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_the_statistics_have_never_heard_of_denmark(module):
    text = module.read_text().lower()

    assert not [word for word in ("denmark", "danish", "kommune") if word in text]


def test_everything_public_is_there_and_documented():
    for name in kaeden_stats.__all__:
        assert getattr(kaeden_stats, name).__doc__


def test_every_public_function_has_a_page_on_its_method():
    functions = {name for name in kaeden_stats.__all__ if name.islower()}
    pages = {page.stem for page in METHODS.glob("*.md")} - {"README"}

    assert functions <= pages
