"""The way from a political goal down to what hangs on it, as crumbs above a page."""

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor
from kaeden.dialogue.queries.thread import origin_of_commitment, origin_of_concern
from kaeden.presentation.charts.marks import Crumb
from kaeden.presentation.goal_level import crumbs_of


def above_commitment(actor: Actor, pk: int) -> tuple[Crumb, ...]:
    """Return the way down to a commitment of one's post (at most 7 queries)."""
    return crumbs_of(origin_of_commitment(actor, pk), _("The commitment"))


def above_concern(actor: Actor, pk: int) -> tuple[Crumb, ...]:
    """Return the way down to a concern that has passed one's post (at most 7)."""
    return crumbs_of(origin_of_concern(actor, pk), _("The concern"))
