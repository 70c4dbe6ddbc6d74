"""Say where the chain is broken, to a person or to another system."""

import argparse
import json

from kaeden.chaincheck import queries
from kaeden.cli.arguments import code_of, day_of
from kaeden.cli.speech import say
from kaeden.presentation import chaincheck as said
from kaeden.shared.clock import today


def check(arguments: argparse.Namespace) -> None:
    """Say every break of a day, in one municipality or in all; change nothing."""
    as_of = day_of(arguments.as_of) if arguments.as_of else today()
    code = code_of(arguments.municipality) if arguments.municipality else None
    report = queries.check(as_of, code)
    if arguments.format == "json":
        say(json.dumps(said.as_document(report), ensure_ascii=False, indent=1))
    else:
        say("\n".join(said.as_lines(report)))
