"""The compiled loops run where nothing can be written, and load only when needed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest

import kaeden_stats
from kaeden_stats.multilevel._compiled import compiled, compiled_when_called

PACKAGE = Path(kaeden_stats.__file__).parent


def run(code, *, where, **more):
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(where)} | more
    return subprocess.run(
        [sys.executable, "-c", code],
        env=known,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.slow
def test_no_cache_is_needed(tmp_path):
    shutil.copytree(
        PACKAGE,
        tmp_path / "kaeden_stats",
        ignore=shutil.ignore_patterns("__pycache__", "*.nbi", "*.nbc"),
    )
    (tmp_path / "kaeden_stats" / "multilevel" / "__pycache__").write_text("no folder")

    said = run(
        "import numpy as np\n"
        "from kaeden_stats.multilevel._dictionaries import Numbering, all_of\n"
        "print(Numbering().codes(np.array([7, 5, 7]), all_of(3)).tolist())",
        where=tmp_path,
        HOME="/dev/null",
        XDG_CACHE_HOME="/dev/null",
        PYTHONDONTWRITEBYTECODE="1",
    )

    assert said == "[0, 1, 0]\n"


def test_without_a_cache_loops_are_compiled_anew(monkeypatch):
    asked = []

    def refuses_a_cache(**how):
        asked.append(how)
        if how.get("cache"):
            raise RuntimeError
        return lambda function: function

    monkeypatch.setattr(numba, "njit", refuses_a_cache)

    assert compiled(len) is len
    assert [how.get("cache", False) for how in asked] == [True, False]


def test_a_loop_is_compiled_once_and_at_its_first_call(monkeypatch):
    asked = []
    monkeypatch.setattr(
        numba, "njit", lambda **_how: lambda function: asked.append(1) or function
    )

    length = compiled_when_called(len)

    assert asked == []
    assert [length("abc"), length("ab")] == [3, 2]
    assert asked == [1]


@pytest.mark.slow
def test_the_compiler_is_imported_only_for_a_pass():
    said = run(
        "import sys, kaeden_stats.multilevel; print('numba' in sys.modules)",
        where=PACKAGE.parent,
    )

    assert said == "False\n"
