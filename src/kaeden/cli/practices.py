"""Help whoever writes a practice file."""

import argparse

from django.utils.translation import gettext as _

from kaeden.cli.speech import say
from kaeden.learning import cards
from kaeden.shared.errors import BadInput


def check_practice(arguments: argparse.Namespace) -> None:
    """Say everything that is wrong with a file; exit code 6 if anything is."""
    reading = cards.inspect(arguments.file)
    if reading.problems:
        raise BadInput("\n".join(reading.problems))
    say(_("%(file)s can be used.") % {"file": arguments.file.name})
