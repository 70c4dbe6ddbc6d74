"""The command `kaeden`: read the words, call a verb, say what became of it."""

import os
import sys
from importlib import import_module

import django

INTERRUPTED = 130


def run() -> None:
    """Run the command and leave with its exit code."""
    sys.exit(main(sys.argv[1:]))


def main(words: list[str]) -> int:
    """Run the command in `words`; return its exit code.

    0 done, 2 wrong use, 3 forbidden, 4 not found, 5 refused, 6 bad input with nothing
    changed.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaeden.config.settings")
    django.setup()
    # The stations can be imported only after Django has read its settings.
    commands = import_module("kaeden.cli.commands")
    errors = import_module("kaeden.shared.errors")
    arguments = commands.parser().parse_args(words)
    try:
        arguments.verb(arguments)
    except errors.KaedenError as error:
        sys.stderr.write(f"{error.message}\n")
        return int(error.exit_code)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0
