"""How soon signals are acted on, in words and as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.dialogue.queries.first_act import ReleaseActs
from kaeden.dialogue.rules.first_act import FEWEST_UNITS, FirstAct, Level
from kaeden.organisation.models import Unit

LEVELS: Mapping[Level, str | Promise] = {
    Level.LEADER: gettext_lazy("The institution leaders"),
    Level.CHIEF: gettext_lazy("The chiefs"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsRow:
    """A release, and what is said of each level."""

    released: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsPage:
    """The newest that can be said of each level, and the releases before it."""

    sentences: tuple[str, ...]
    href: str
    heads: tuple[str, ...]
    rows: tuple[ActsRow, ...]


def build(town: Unit, found: Sequence[ReleaseActs]) -> ActsPage:
    """Return the page of a municipality."""
    return ActsPage(
        sentences=tuple(
            words for level in LEVELS if (words := _sentence(level, found))
        ),
        href=reverse("web:first_act", kwargs={"code": town.code}),
        heads=tuple(str(name) for name in LEVELS.values()),
        rows=tuple(
            ActsRow(
                released=date_format(one.released),
                cells=tuple(_cell(one.levels[level]) for level in LEVELS),
            )
            for one in found
        ),
    )


def _sentence(level: Level, found: Sequence[ReleaseActs]) -> str:
    """Return the newest of a level, and the one before it; empty where none is told."""
    told = [one for row in found if (one := row.levels[level])]
    if not told:
        return ""
    name, now = str(LEVELS[level]), _words(told[0])
    if len(told) == 1:
        return _("%(who)s: %(now)s.") % {"who": name, "now": now}
    return _("%(who)s: %(now)s. The time before: %(before)s.") % {
        "who": name,
        "now": now,
        "before": _words(told[1]),
    }


def _words(one: FirstAct) -> str:
    counted = ngettext(
        "%(acted)d of %(signals)d signal has had a first act",
        "%(acted)d of %(signals)d signals have had a first act",
        one.signals,
    ) % {"acted": one.acted, "signals": one.signals}
    if one.half_within is None:
        return counted
    return ngettext(
        "%(counted)s, half of them within %(days)d day",
        "%(counted)s, half of them within %(days)d days",
        one.half_within,
    ) % {"counted": counted, "days": one.half_within}


def _cell(one: FirstAct | None) -> str:
    if one is None:
        return _("Fewer than %(fewest)d units") % {"fewest": FEWEST_UNITS}
    return _words(one)
