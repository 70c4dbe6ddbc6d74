"""Loops that numba compiles, when they are first needed. Private."""

from collections.abc import Callable
from functools import cache
from typing import Any

Loop = Callable[..., Any]


def compiled(function: Loop) -> Loop:
    """Compile a loop that runs without Python, and keep what was compiled.

    Where neither the package's folder nor the user's cache can be written, it is compiled
    anew in each process.
    """
    import numba  # noqa: PLC0415  # takes longer to import than all else here

    try:
        return numba.njit(nogil=True, cache=True, error_model="numpy")(function)
    except RuntimeError:
        return numba.njit(nogil=True, error_model="numpy")(function)


def compiled_when_called(function: Loop) -> Loop:
    """Compile a loop at its first call, so that who never calls it never waits."""

    @cache
    def ready() -> Loop:
        return compiled(function)

    def call(*arguments: Any) -> Any:
        return ready()(*arguments)

    return call
