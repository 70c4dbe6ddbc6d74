"""Small enough to read: a module in one sitting, a function in one look."""

import ast

import pytest

from tests.architecture.reading import MODULES, functions_of, name_of

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50


def length(function):
    """Return a function's lines, its docstring not counted."""
    first = function.body[0]
    words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = first.end_lineno - first.lineno + 1 if words else 0
    return function.end_lineno - function.lineno + 1 - docstring


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_is_read_in_one_sitting(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_function_is_read_in_one_look(module):
    lengths = {one.name: length(one) for one in functions_of(module)}

    assert not {name for name, lines in lengths.items() if lines > LONGEST_FUNCTION}
