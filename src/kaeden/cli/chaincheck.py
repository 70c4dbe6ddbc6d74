"""Say where the chain is broken, to a person or to another system."""

import argparse
import json
from datetime import date

from django.utils.translation import gettext as _

from kaeden.chaincheck import queries
from kaeden.cli.speech import say
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.queries import municipalities
from kaeden.presentation import chaincheck as said
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput
from kaeden.shared.words import fold


def check(arguments: argparse.Namespace) -> None:
    """Say every break of a day, in one municipality or in all; change nothing."""
    as_of = _day(arguments.as_of) if arguments.as_of else today()
    code = _code(arguments.municipality) if arguments.municipality else None
    report = queries.check(as_of, code)
    if arguments.format == "json":
        say(json.dumps(said.as_document(report), ensure_ascii=False, indent=1))
    else:
        say("\n".join(said.as_lines(report)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            _("“%(text)s” is not a date. Write it as 2026-08-01.") % {"text": text}
        ) from None


def _code(text: str) -> str:
    """Return the code of a municipality that is named by code or by name."""
    wanted = fold(text)
    for one in municipalities(with_invented=True):
        if wanted in {one.code, fold(one.name), fold(one.full_name)}:
            return str(one.code)
    raise NoSuchUnit(
        _("There is no municipality called “%(text)s”. Use its name or its code.")
        % {"text": text}
    )
