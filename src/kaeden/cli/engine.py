"""Compute, publish, verify."""

import argparse

from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.audit import queries as trail
from kaeden.audit.rules import CHAIN_NAMES
from kaeden.cli.arguments import code_of
from kaeden.cli.speech import say
from kaeden.data import actions as lake
from kaeden.data import queries as data
from kaeden.engine import actions as engine
from kaeden.engine.models import COUNTRY
from kaeden.learning.actions import evidence, forecasts
from kaeden.publication import actions as publication
from kaeden.publication.models import Release


def compute(arguments: argparse.Namespace) -> None:
    """Compute results from the lake: the public ones, or a municipality's own."""
    lake.settle()
    run = engine.compute(
        by=SYSTEM, scope=_scope(arguments), told=lambda title: say(f"  {title}")
    )
    say(
        _("%(units)s units, %(scanned)s results held up, %(signals)s signals.")
        % {"units": run.units, "scanned": run.scanned, "signals": run.signals}
    )


def publish(arguments: argparse.Namespace) -> None:
    """Release what the recipe gives on the lake, and what practices have done by it."""
    lake.settle()
    run = engine.compute(by=SYSTEM, scope=_scope(arguments))
    made = publication.release(run, by=SYSTEM)
    say(
        _("Release %(version)s: %(shown)s figures, %(hidden)s of them hidden.")
        % {
            "version": made.version,
            "shown": made.figure_count,
            "hidden": made.hidden_count,
        }
    )
    weighed = evidence.weigh_released(run.scope, by=SYSTEM)
    if weighed:
        say(
            _(
                "%(weighed)s effects of practices asked for, %(found)s could be estimated."
            )
            % {
                "weighed": len(weighed),
                "found": sum(one.has_effect for one in weighed),
            }
        )
    if held := forecasts.hold_against(weighed, by=SYSTEM):
        say(
            _("%(held)s forecasts were held against what happened.")
            % {"held": len(held)}
        )


def _scope(arguments: argparse.Namespace) -> str:
    """Return whose figures are meant: the country's, if no municipality is named."""
    return code_of(arguments.municipality) if arguments.municipality else COUNTRY


def verify(arguments: argparse.Namespace) -> None:
    """Check the lake, every release and the trail; say that nothing is damaged.

    Each chain of the trail is named with its head. A head that was noted somewhere
    else is looked for when it is given.
    """
    say(_("%(count)s files of the lake are whole.") % {"count": data.verify()})
    for made in Release.objects.order_by("version"):
        publication.verify(made)
        say(_("Release %(version)s is intact.") % {"version": made.version})
    for chain, head in trail.verify(arguments.head).items():
        told = {"chain": CHAIN_NAMES[chain], "head": head}
        say(_("%(chain)s: every row is as it was written. Head: %(head)s") % told)
