"""Compute, publish, verify."""

import argparse

from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.cli.speech import say
from kaeden.data import actions as lake
from kaeden.data import queries as data
from kaeden.engine import actions as engine
from kaeden.publication import actions as publication
from kaeden.publication.models import Release


def compute(_arguments: argparse.Namespace) -> None:
    """Compute results from the lake."""
    lake.settle()
    run = engine.compute(by=SYSTEM, told=lambda title: say(f"  {title}"))
    say(
        _("%(units)s units, %(scanned)s results held up, %(signals)s signals.")
        % {"units": run.units, "scanned": run.scanned, "signals": run.signals}
    )


def publish(_arguments: argparse.Namespace) -> None:
    """Release what the recipe gives on the lake as it is."""
    lake.settle()
    made = publication.release(engine.compute(by=SYSTEM), by=SYSTEM)
    say(
        _("Release %(version)s: %(shown)s figures, %(hidden)s of them hidden.")
        % {
            "version": made.version,
            "shown": made.figure_count,
            "hidden": made.hidden_count,
        }
    )


def verify(_arguments: argparse.Namespace) -> None:
    """Check every release and the lake, and say that nothing is damaged."""
    say(_("%(count)s files of the lake are whole.") % {"count": data.verify()})
    for made in Release.objects.order_by("version"):
        publication.verify(made)
        say(_("Release %(version)s is intact.") % {"version": made.version})
