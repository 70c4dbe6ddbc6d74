"""The code as text and trees, for tests of how it is built."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
TEMPLATES = sorted((SRC / "kaeden" / "web" / "templates").rglob("*.html"))
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(path):
    """Return a file's name as a person says it."""
    return str(path.relative_to(ROOT))


def tree_of(module):
    """Return a module as a tree."""
    return ast.parse(module.read_text(encoding="utf-8"))


def functions_of(module):
    """Return all functions and methods of a module."""
    return [node for node in ast.walk(tree_of(module)) if isinstance(node, FUNCTION)]


def project():
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def stations():
    """Return each station with its place in the thread; 0 is furthest upstream."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["id"] == "thread")
    return {
        name.strip().strip("()"): place
        for place, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }
