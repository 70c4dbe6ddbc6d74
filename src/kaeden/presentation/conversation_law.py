"""What the law asks of a conversation, and what covers each point on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.dialogue.law import CoveredBy, Law
from kaeden.dialogue.queries.conversations import WholeTalk
from kaeden.dialogue.rules.links import End


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLine:
    """A legal point, where it stands, and what covers it here."""

    text: str
    reference: str
    href: str
    covered: str
    is_covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LawView:
    """The checklist of legal points."""

    basis: str
    note: str
    lines: tuple[LawLine, ...]


def law_view(whole: WholeTalk) -> LawView:
    """Return the legal points, each with what covers it on this conversation."""
    law = whole.law
    note = _("Written down %(day)s (%(name)s). To be checked against the law in force.")
    return LawView(
        basis=str(law.basis),
        note=note % {"day": date_format(law.written_down), "name": law.name},
        lines=tuple(_law_lines(law, whole)),
    )


def _law_lines(law: Law, whole: WholeTalk) -> Iterator[LawLine]:
    covers = _covers(whole)
    for point in law.points:
        is_covered, words = covers[point.covered_by]
        yield LawLine(
            text=str(point.text),
            reference=str(point.reference),
            href=point.href,
            covered=words,
            is_covered=is_covered,
        )


def _covers(whole: WholeTalk) -> Mapping[CoveredBy, tuple[bool, str]]:
    """Return whether each thing is there, and the words that say so."""
    talk, held, earlier = whole.talk, whole.talk.held_on, whole.earlier
    newest = [one for one in (whole.newest(end) for end in End) if one]
    results = {name for one in newest for name in one.results}
    wrote, promised = bool(whole.written[End.LOWER]), bool(talk.now.facts.taken)
    said_last = _("What you agreed on %(day)s stands at the top.") % {
        "day": date_format(earlier.day) if earlier else ""
    }
    held_words = _("Held %(day)s.") % {"day": date_format(held) if held else ""}
    counted = ngettext(
        "%(count)d result is drawn in.", "%(count)d results are drawn in.", len(results)
    ) % {"count": len(results)}
    pairs = {
        CoveredBy.HELD: (bool(held), held_words, _("Not held yet.")),
        CoveredBy.WROTE: (
            wrote,
            _("The leader has written."),
            _("The leader has not written yet."),
        ),
        CoveredBy.RESULTS: (bool(results), counted, _("No result is drawn in yet.")),
        CoveredBy.LAST_TIME: (
            earlier is not None,
            said_last,
            _("You two have held no earlier conversation in Kæden."),
        ),
        CoveredBy.COMMITMENTS: (
            promised,
            _("You have promised each other something."),
            _("You have promised each other nothing yet."),
        ),
        CoveredBy.CONFIRMED: (
            talk.is_over,
            _("You have both confirmed."),
            _("You have not both confirmed yet."),
        ),
        CoveredBy.NOTHING: (True, _("Nothing is asked of you here."), ""),
        CoveredBy.ELSEWHERE: (
            False,
            "",
            _("Kæden can't see this. Note it in what you agree on."),
        ),
    }
    return {
        part: (is_so, yes if is_so else no) for part, (is_so, yes, no) in pairs.items()
    }
