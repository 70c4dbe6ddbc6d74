"""What the log has written down lately: how much, and the newest of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.organisation.models import Unit
from kaeden.presentation.numbers import number
from kaeden.presentation.trail import TrailLine

DAYS, MOST = 7, 5
"""How far back the desk counts, and how many rows it shows of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedView:
    """What was done or seen lately, in a sentence, then its newest rows."""

    which: str
    title: str
    said: str
    lines: tuple[TrailLine, ...]
    href: str


def done(town: Unit, lines: Sequence[TrailLine], *, lately: int) -> NotedView:
    """Return what was done; `lately` is how often in the last days."""
    said = ngettext(
        "In the last %(days)d days %(count)s thing was done.",
        "In the last %(days)d days %(count)s things were done.",
        lately,
    )
    return _view("done", town, _("What was done"), said, lines, lately)


def seen(town: Unit, lines: Sequence[TrailLine], *, lately: int) -> NotedView:
    """Return what was seen of what not everybody may see."""
    said = ngettext(
        "In the last %(days)d days one page that not everybody may see was opened.",
        "In the last %(days)d days pages that not everybody may see were opened "
        "%(count)s times.",
        lately,
    )
    return _view("seen", town, _("Who saw what"), said, lines, lately)


def _view(
    which: str,
    town: Unit,
    title: str,
    said: str,
    lines: Sequence[TrailLine],
    lately: int,
) -> NotedView:
    return NotedView(
        which=which,
        title=title,
        said=said % {"days": DAYS, "count": number(lately)},
        lines=tuple(lines),
        href=f"{reverse('web:trail', args=[town.code])}?which={which}",
    )
