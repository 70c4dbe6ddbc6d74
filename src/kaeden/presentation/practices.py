"""Practices as they are found: by what they should move, with how far they have come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.goals.indicators import Sector, Theme, catalogue
from kaeden.learning.practices import Practice
from kaeden.learning.queries.lives import Life
from kaeden.learning.rules.stages import STAGE_NAMES, Stage
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.words import SECTOR_NAMES, THEME_NAMES

SECTOR_IN_ADDRESS: Mapping[str, Sector] = {
    "skole": Sector.SCHOOL,
    "dagtilbud": Sector.DAYCARE,
    "social": Sector.SOCIAL,
}
"""Sectors as an address says them: ``?sektor=skole``."""

TONES: Mapping[Stage, Tone] = {
    Stage.IDEA: Tone.UNSURE,
    Stage.TESTED: Tone.NEUTRAL,
    Stage.COMPARED: Tone.DIFFERS,
    Stage.SPREAD: Tone.GOOD,
    Stage.STOPPED: Tone.NEUTRAL,
}
NOBODY_COUNTED: str | Promise = gettext_lazy("not studied by Kæden")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLine:
    """A practice in a list."""

    key: str
    title: str
    href: str
    sectors: str
    mechanism: str
    moves: str
    stage: str
    tone: Tone
    used: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The practices that are first of all to move one theme, or one indicator."""

    id: str
    title: str
    lines: tuple[PracticeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose among, and whether it is chosen."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticesPage:
    """The list of practices, as far as it has been asked for."""

    lead: str
    groups: tuple[Group, ...]
    sectors: tuple[Choice, ...]
    indicators: tuple[Choice, ...]


def build(
    found: Mapping[str, Life], *, sector: Sector | None, indicator: str
) -> PracticesPage:
    """Return the list, of one sector or one indicator if it is asked for."""
    shown = [
        one
        for one in found.values()
        if (sector is None or sector in one.practice.sectors)
        and (not indicator or indicator in one.practice.indicators)
    ]
    return PracticesPage(
        lead=_lead(len(shown)),
        groups=tuple(_groups(shown, asked=indicator) if shown else ()),
        sectors=tuple(
            Choice(value=word, text=str(SECTOR_NAMES[one]), is_chosen=one is sector)
            for word, one in SECTOR_IN_ADDRESS.items()
        ),
        indicators=tuple(
            Choice(
                value=name,
                text=f"{one.title} ({SECTOR_NAMES[one.sector]})",
                is_chosen=name == indicator,
            )
            for name, one in catalogue().items()
            if any(name in life.practice.indicators for life in found.values())
        ),
    )


def _lead(count: int) -> str:
    said = ngettext("%(count)d practice.", "%(count)d practices.", count)
    return said % {"count": count}


def _groups(shown: Iterable[Life], *, asked: str) -> Iterator[Group]:
    """Give the lives by the indicator that is asked for; else by theme.

    The theme is that of the indicator that stands first in each.
    """
    lines = sorted(((_theme(one), line(one)) for one in shown), key=_by_title)
    if asked:
        title = str(catalogue()[asked].title)
        yield Group(id=asked, title=title, lines=tuple(one for _theme, one in lines))
        return
    for theme in Theme:
        found = tuple(one for of_theme, one in lines if of_theme is theme)
        if found:
            yield Group(id=theme.value, title=str(THEME_NAMES[theme]), lines=found)


def _theme(one: Life) -> Theme:
    return catalogue()[one.practice.indicators[0]].theme


def _by_title(one: tuple[Theme, PracticeLine]) -> str:
    return one[1].title


def line(one: Life) -> PracticeLine:
    """Return a practice as a line."""
    practice = one.practice
    return PracticeLine(
        key=practice.key,
        title=str(practice.title),
        href=href(practice.key),
        sectors=sectors(practice),
        mechanism=str(practice.mechanism),
        moves=moves(practice),
        stage=str(STAGE_NAMES[one.stage]),
        tone=TONES[one.stage],
        used=used(one),
    )


def href(key: str) -> str:
    """Return the address of a practice."""
    return reverse("web:practice", args=[key])


def sectors(practice: Practice) -> str:
    """Return the sectors of a practice, in words."""
    return ", ".join(str(SECTOR_NAMES[one]) for one in practice.sectors)


def moves(practice: Practice) -> str:
    """Return what a practice should move, in words."""
    there = (catalogue().get(name) for name in practice.indicators)
    return ", ".join(str(one.title) for one in there if one)


def used(one: Life) -> str:
    """Return how many places use a practice now, or used it."""
    now = len({use.unit_id for use in one.in_use})
    ever = len({use.unit_id for use in one.adoptions})
    if not ever:
        return _("Nobody here uses it yet.")
    if not now:
        said = ngettext(
            "Was used in %(count)d place.", "Was used in %(count)d places.", ever
        )
        return said % {"count": ever}
    said = ngettext("In use in %(count)d place.", "In use in %(count)d places.", now)
    return said % {"count": now}
