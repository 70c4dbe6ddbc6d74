"""A team's brief in words: the goal, the result, what it means here, what we try."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.dialogue.queries.briefs import Brief
from kaeden.goals.said import Said
from kaeden.organisation.rules import is_invented
from kaeden.presentation import cards
from kaeden.presentation.charts.curve import Curve
from kaeden.presentation.sources import attribution
from kaeden.shared.clock import today

MOST_TRIES = 4
LONG, SHORT = 320, 130
"""So many characters of each thing that people wrote: on paper, on a slide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Who says what a goal means, and the words."""

    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefView:
    """A brief, ready to be set; empty parts are what the team is to talk about."""

    title: str
    subtitle: str
    aim: str
    result: tuple[str, ...]
    meanings: tuple[Words, ...]
    tries: tuple[str, ...]
    curve: Curve | None
    signal: str
    caveat: str
    footer: str


def build(brief: Brief) -> BriefView:
    """Return a brief in words; results come from the release alone."""
    card = None
    if brief.release is not None:
        card = cards.lead_of(brief.goal, brief.series, brief.release)
    title = brief.goal.sentence
    if not brief.goal.is_adopted and card is not None:
        title = card.title
    return BriefView(
        title=title,
        subtitle=_("%(unit)s, %(month)s")
        % {"unit": brief.unit.full_name, "month": date_format(today(), "F Y").lower()},
        aim=_aim(brief),
        result=tuple(_result(brief, card)) if card else (_no_number(),),
        meanings=tuple(_words(one, brief) for one in brief.meanings[-3:]),
        tries=brief.tries[:MOST_TRIES],
        curve=card.curve if card else None,
        signal=card.said if card else "",
        caveat=card.caveat if card else "",
        footer=_footer(brief),
    )


def shortened(text: str, most: int) -> str:
    """Return a text of so many characters at the most, cut between words."""
    if len(text) <= most:
        return text
    cut = text[: most - 1].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,.;:')}…"


def _aim(brief: Brief) -> str:
    if brief.goal.is_adopted:
        return ""
    return _("The municipality has adopted no goal for this in Kæden.")


def _result(brief: Brief, card: cards.Card) -> list[str]:
    """Return the finding, whose figure it is, and what two of the marks say."""
    said = [card.headline]
    at = brief.series[-1].unit
    if at.id != brief.unit.pk:
        said.append(_("The figure is of %(unit)s.") % {"unit": at.name})
    if card.marks is not None:
        development, target, _comparison = card.marks
        told = (development, target) if brief.goal.target else (development,)
        said += [f"{one.label}: {one.finding}." for one in told]
    return said


def _no_number() -> str:
    return _("There is no figure for the goal yet.")


def _words(one: Said, brief: Brief) -> Words:
    is_here = one.unit_path == brief.unit.path
    return Words(who=_("Here with us") if is_here else one.post, words=one.words)


def _footer(brief: Brief) -> str:
    if is_invented(brief.town.code):
        return _("Fjordby is invented. Made by Kæden.")
    used = [brief.goal.lead] if brief.goal.lead else []
    scope = brief.release.scope if brief.release else ""
    return f"{attribution(used, scope)} · Kæden" if brief.release else "Kæden"
