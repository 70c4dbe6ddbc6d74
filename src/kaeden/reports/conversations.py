"""One page out of a conversation, and the page that parents' representatives may see."""

from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.dialogue.queries.commitments import Promised
from kaeden.dialogue.queries.conversations import Talk, WholeTalk
from kaeden.dialogue.rules.commitments import Step
from kaeden.dialogue.rules.conversations import Part
from kaeden.dialogue.rules.links import End
from kaeden.presentation import commitments as promises
from kaeden.presentation.conversations import PARTS, SIDES, Figures, results_of
from kaeden.reports.document import (
    Bullets,
    Document,
    DocumentPart,
    Heading,
    Paragraph,
)

LINE, TWO_LINES = 92, 190
"""So many signs stand on one line of the page, and on two."""
GONE = {Step.DECLINED, Step.RENEGOTIATED}


def one_page(whole: WholeTalk, figures: Figures) -> Document:
    """Return what the two take with them: on one page, however much was written."""
    return Document(
        title=_title(whole.talk),
        subtitle=_who(whole.talk),
        day=whole.talk.day,
        parts=tuple(
            part
            for heading, lines in _parts(whole, figures)
            for part in _under(heading, lines)
        ),
        footer=_footer(whole),
    )


def for_parents(whole: WholeTalk, figures: Figures) -> Document:
    """Return the parts that are ticked for parents' representatives, and no others."""
    made = {
        Part.FOCUS: lambda: _focus(whole, End.LOWER),
        Part.RESULTS: lambda: _results(whole, figures),
        Part.CONCLUSION: lambda: _conclusion(whole),
        Part.COMMITMENTS: lambda: _promised(whole.commitments),
    }
    ticked = open_parts(whole)
    return Document(
        title=_title(whole.talk),
        subtitle=_("For the parents' representatives"),
        day=whole.talk.day,
        parts=tuple(
            part
            for one in Part
            if one in ticked
            for part in _under(str(PARTS[one]), list(made[one]()))
        ),
        footer=_("The two who talked have chosen what stands here."),
    )


def open_parts(whole: WholeTalk) -> tuple[Part, ...]:
    """Return the parts that parents' representatives may see: none until both agree."""
    if whole.conclusion is None or not whole.talk.is_over:
        return ()
    return tuple(Part(one) for one in whole.conclusion.open_parts)


def _title(talk: Talk) -> str:
    return _("Conversation: %(unit)s %(year)s") % {
        "unit": talk.unit.name,
        "year": talk.school_year,
    }


def _who(talk: Talk) -> str:
    ends = (talk.own, talk.across)
    upper, lower = ends if talk.end is End.UPPER else ends[::-1]
    day = _("held %(day)s") if talk.held_on else _("planned for %(day)s")
    said = day % {"day": date_format(talk.day)}
    return f"{upper} – {lower}, {said}"


def _parts(whole: WholeTalk, figures: Figures) -> Iterator[tuple[str, list[str]]]:
    if whole.earlier is not None:
        day = date_format(whole.earlier.day)
        last = [_short(one) for one in whole.earlier_commitments if _counts(one)]
        yield (
            _("What you agreed on %(day)s, and what became of it") % {"day": day},
            last,
        )
    for end in (End.LOWER, End.UPPER):
        yield str(SIDES[end][0]), list(_focus(whole, end))
    yield str(PARTS[Part.RESULTS]), list(_results(whole, figures))
    yield str(PARTS[Part.CONCLUSION]), list(_conclusion(whole))
    yield str(PARTS[Part.COMMITMENTS]), list(_promised(whole.commitments))


def _under(heading: str, lines: Iterable[str]) -> Iterator[DocumentPart]:
    found = tuple(lines)
    if len(found) == 1:
        yield Heading(heading)
        yield Paragraph(found[0])
    elif found:
        yield Heading(heading)
        yield Bullets(found)


def _focus(whole: WholeTalk, end: End) -> Iterator[str]:
    newest = whole.newest(end)
    yield from (clipped(one, LINE) for one in (newest.focus if newest else ()))


def _results(whole: WholeTalk, figures: Figures) -> Iterator[str]:
    said: dict[str, str] = {}
    for end in (End.LOWER, End.UPPER):
        for one in results_of(whole.newest(end), figures):
            said[one.href] = f"{one.text} {one.note}".strip()
    yield from (clipped(one, TWO_LINES) for one in list(said.values())[:4])


def _conclusion(whole: WholeTalk) -> Iterator[str]:
    if whole.conclusion is not None:
        yield " ".join(whole.conclusion.words.split())


def _promised(found: Iterable[Promised]) -> Iterator[str]:
    for one in found:
        if _counts(one):
            view = promises.view(one)
            yield f"{clipped(one.words, TWO_LINES)} ({_promiser(one)}. {view.state})"


def _promiser(one: Promised) -> str:
    """Return who promises, by the post: a page is read by others than the two."""
    return _("promised by %(post)s") % {"post": one.promiser}


def _short(one: Promised) -> str:
    state = promises.view(one).state
    return f"{clipped(one.words, LINE - len(state))} ({state})"


def _counts(one: Promised) -> bool:
    return one.step not in GONE


def _footer(whole: WholeTalk) -> str:
    state = (
        _("Both have confirmed it.")
        if whole.talk.is_over
        else _("Not confirmed by both yet.")
    )
    return f"{state} " + _("All the words stand in Kæden.")


def clipped(words: str, most: int) -> str:
    """Return words on one line, cut at a blank where they are too long.

    >>> clipped("Vi læser  hver dag", 12)
    'Vi læser …'
    """
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    return f"{line[: most - 1].rsplit(' ', 1)[0]} …"
