"""Open and close a municipality's pulse, by hand or from a calendar."""

import argparse

from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.cli.arguments import code_of
from kaeden.cli.speech import say
from kaeden.dialogue.actions import pulse
from kaeden.organisation.queries import get_municipality


def open_round(arguments: argparse.Namespace) -> None:
    """Open this quarter's round."""
    town = get_municipality(code_of(arguments.municipality))
    made = pulse.open_pulse(town, by=SYSTEM)
    say(
        _("The pulse of %(quarter)s is open in %(town)s.")
        % {"quarter": made.quarter, "town": town.full_name}
    )


def close_round(arguments: argparse.Namespace) -> None:
    """Close the open round."""
    town = get_municipality(code_of(arguments.municipality))
    made = pulse.close_pulse(town, by=SYSTEM)
    say(
        _("The pulse of %(quarter)s is closed in %(town)s. %(count)s have answered.")
        % {
            "quarter": made.quarter,
            "town": town.full_name,
            "count": made.tickets.count(),
        }
    )
