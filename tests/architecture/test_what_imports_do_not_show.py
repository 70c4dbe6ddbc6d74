"""The couplings that no import shows: tables, strings, and the types of rows."""

import ast
import subprocess
import sys

import pytest
from django.apps import apps

from tests.architecture.reading import (
    MODULES,
    SRC,
    functions_of,
    name_of,
    stations,
    tree_of,
)

THE_WEB_PROCESS = """
import sys
import django
django.setup()
import kaeden.config.urls, kaeden.config.wsgi
print(*(name for name in sys.modules if name.startswith({names})))
"""
NOT_IN_THE_WEB = (
    *("kaeden.data.lake.rows", "kaeden.engine.row_models", "kaeden.engine.actions"),
    *("kaeden_stats.multilevel", "numba"),
)
ROWS = ("kaeden.data.lake", "duckdb", "pyarrow")
# The statistics' passes over rows are handed them by the engine, which alone may import it.
MAY_HANDLE_ROWS = (
    *("kaeden/data/lake/", "kaeden/engine/"),
    *("kaeden_stats/multilevel/", "kaeden_stats/staggered/"),
)
OUTSIDE = [
    module
    for module in MODULES
    if not str(module.relative_to(SRC)).startswith(MAY_HANDLE_ROWS)
]


def relations():
    """Return every foreign key of ours that points at a table of ours."""
    return [
        (model, field)
        for model in apps.get_models()
        if model.__module__.startswith("kaeden.")
        for field in model._meta.get_fields()
        if field.concrete
        and field.related_model
        and field.related_model.__module__.startswith("kaeden.")
    ]


def station_of(model):
    """Return where in the thread a table belongs."""
    return stations()[model.__module__.split(".")[1]]


def row_names(module):
    """Return the names in a module that stand for rows of the lake."""
    found = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            found |= {
                (one.asname or one.name).split(".")[0]
                for one in node.names
                if one.name.startswith(ROWS)
            }
        if isinstance(node, ast.ImportFrom) and _brings_rows(node):
            found |= {one.asname or one.name for one in node.names}
    return found


def _brings_rows(node):
    names = (node.module, *(f"{node.module}.{one.name}" for one in node.names))
    return any(name.startswith(ROWS) for name in names)


def annotated(function):
    """Return all names in the types of a function's arguments and answer."""
    kinds = [
        one.annotation for one in ast.walk(function.args) if isinstance(one, ast.arg)
    ]
    return {
        node.id
        for kind in (*kinds, function.returns)
        if kind is not None
        for node in ast.walk(kind)
        if isinstance(node, ast.Name)
    }


def test_there_are_foreign_keys_to_look_at():
    assert len(relations()) > 10


@pytest.mark.parametrize(("model", "field"), relations(), ids=str)
def test_a_foreign_key_points_upstream_or_stays(model, field):
    assert station_of(field.related_model) <= station_of(model)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_model_is_fetched_by_a_string(module):
    calls = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
    asked = [one for one in calls if isinstance(one.func, ast.Attribute)]

    assert "get_model" not in {one.func.attr for one in asked}


@pytest.mark.parametrize("module", OUTSIDE, ids=name_of)
def test_no_public_function_outside_takes_or_hands_out_rows_of_the_lake(module):
    rows = row_names(module)
    public = [one for one in functions_of(module) if not one.name.startswith("_")]

    assert not {one.name for one in public if annotated(one) & rows}


def test_only_the_demo_stands_at_another_moment_than_now():
    called = {
        name_of(module)
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Name) and node.id == "standing_at"
    }

    assert called
    assert [one for one in called if not one.startswith("src/kaeden/demo/")] == []


def test_the_web_process_has_no_code_that_opens_rows_of_children_or_fits_models():
    code = THE_WEB_PROCESS.format(names=NOT_IN_THE_WEB)

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []
