"""Help an analyst with an indicator file."""

import argparse

from django.utils.translation import gettext as _

from kaeden.cli.speech import say
from kaeden.data import queries as data
from kaeden.engine import queries as engine
from kaeden.goals import check, indicators
from kaeden.shared.errors import BadInput


def check_indicator(arguments: argparse.Namespace) -> None:
    """Say everything that is wrong with a file; exit code 6 if anything is."""
    report = check.check(arguments.file, data.known_measures())
    for warning in report.warnings:
        say(warning)
    if not report.is_good:
        raise BadInput("\n".join(report.problems))
    say(_("%(file)s can be used.") % {"file": arguments.file.name})


def preview_indicator(arguments: argparse.Namespace) -> None:
    """Show a file as its reader sees it, with the lake's values or made-up ones."""
    indicator = indicators.load(arguments.file)
    values = engine.values_of(indicator)
    say(check.preview(indicator, values or None).text)
