"""Say where the chain is broken, to a person or to another system."""

import argparse
import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from kaeden.chaincheck import queries
from kaeden.cli.arguments import code_of, day_of
from kaeden.cli.speech import say
from kaeden.presentation import chaincheck as said
from kaeden.shared.clock import today


def check(arguments: argparse.Namespace) -> None:
    """Say every break of a day, in one municipality or in all; change nothing."""
    as_of = day_of(arguments.as_of) if arguments.as_of else today()
    code = code_of(arguments.municipality) if arguments.municipality else None
    with nothing_thrown_away():
        report = queries.check(as_of, code)
        say(FORMATS[arguments.format](report))


def _as_json(report: queries.Report) -> str:
    return json.dumps(said.as_document(report), ensure_ascii=False, indent=1)


def _as_text(report: queries.Report) -> str:
    return "\n".join(said.as_lines(report))


FORMATS: Mapping[str, Callable[[queries.Report], str]] = {
    "text": _as_text,
    "json": _as_json,
}


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Look for no garbage meanwhile: all that a check makes is in use to its end.

    With tens of thousands of breaks, looking takes a fifth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
