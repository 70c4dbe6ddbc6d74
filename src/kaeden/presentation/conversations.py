"""Conversations in the words of the post that reads: the list, and one of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.dialogue.law import law_of
from kaeden.dialogue.models import Preparation
from kaeden.dialogue.queries.conversations import LineTalks, MyTalks, Talk, WholeTalk
from kaeden.dialogue.rules.conversations import Part, Step, Verb
from kaeden.dialogue.rules.links import End
from kaeden.goals.indicators import published
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.said import Said
from kaeden.presentation import commitments as promises
from kaeden.presentation.charts.marks import ListItem, Tone
from kaeden.presentation.commitments import CommitmentView
from kaeden.presentation.conversation_law import LawView, law_view
from kaeden.presentation.figures import beside_the_raw, headline
from kaeden.publication.queries import ReleasedFigure

STATES: Mapping[Step, str | Promise] = {
    Step.PLANNED: gettext_lazy("Planned for %(day)s"),
    Step.OPEN: gettext_lazy("Planned for %(day)s"),
    Step.PREPARED: gettext_lazy("Planned for %(day)s, and both have written"),
    Step.HELD: gettext_lazy("Held %(day)s, not confirmed yet"),
    Step.HALF_CONFIRMED: gettext_lazy("Held %(day)s, confirmed by one of you"),
    Step.CONFIRMED: gettext_lazy("Held %(day)s, confirmed by both"),
}
SIDES: Mapping[End, tuple[str | Promise, str | Promise, str | Promise]] = {
    End.LOWER: (
        gettext_lazy("What the leader wants to talk about"),
        gettext_lazy("What we have tried"),
        gettext_lazy("What I need"),
    ),
    End.UPPER: (
        gettext_lazy("What the chief wants to talk about"),
        gettext_lazy("What I see in the results"),
        gettext_lazy("What I can offer"),
    ),
}
"""What each end writes: its focus, and two further texts."""

PARTS: Mapping[Part, str | Promise] = {
    Part.FOCUS: gettext_lazy("What the leader wants to talk about"),
    Part.RESULTS: gettext_lazy("The results we looked at"),
    Part.CONCLUSION: gettext_lazy("We agree on"),
    Part.COMMITMENTS: gettext_lazy("What we have promised each other"),
}
Figures = Mapping[int, Sequence[ReleasedFigure]]
"""The figures of a conversation's unit, by release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """A conversation in a list."""

    id: int
    title: str
    kind: str
    across: str
    state: str
    tone: Tone
    href: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksPage:
    """All of one's conversations, those that wait for oneself first."""

    lead: str
    waiting: tuple[TalkLine, ...]
    open: tuple[TalkLine, ...]
    over: tuple[TalkLine, ...]
    free: tuple[ListItem, ...]
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """What one end has written, ready to be read; empty until then."""

    title: str
    is_mine: bool
    focus: tuple[str, ...]
    texts: tuple[ListItem, ...]
    results: tuple[ListItem, ...]
    note: str
    earlier: tuple[tuple[str, ...], ...]
    number: int
    write_href: str
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the two agree on, and who has confirmed it."""

    words: str
    note: str
    number: int
    open_parts: tuple[Part, ...]
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkPage:
    """One conversation, all its parts in the order they are needed."""

    id: int
    title: str
    kind: str
    across: str
    state: str
    waits: str
    tone: Tone
    is_before: bool
    is_held: bool
    is_over: bool
    last_title: str
    last_words: str
    last: tuple[CommitmentView, ...]
    sides: tuple[SideView, SideView]
    themes: tuple[ListItem, ...]
    agreement: Agreement | None
    commitments: tuple[CommitmentView, ...]
    corrections: tuple[ListItem, ...]
    law: LawView
    may: Mapping[str, bool]
    why_not: Mapping[str, str]
    unit_href: str


def build(found: MyTalks, line: LineTalks | None) -> TalksPage:
    """Return the page of one post's conversations."""
    waiting = {one.id for one in found.waiting}
    return TalksPage(
        lead=_lead(found),
        waiting=tuple(talk_line(one) for one in found.waiting),
        open=tuple(talk_line(one) for one in found.open if one.id not in waiting),
        over=tuple(talk_line(one) for one in found.over),
        free=tuple(
            ListItem(
                text=one.across, href=reverse("web:new_conversation", args=[one.id])
            )
            for one in found.free
        ),
        line=_(
            "Further down your line: %(planned)s are planned, %(held)s held this year."
        )
        % {"planned": line.planned, "held": line.held}
        if line
        else "",
    )


def _lead(found: MyTalks) -> str:
    if not found.open:
        return _("No conversation is planned for you now.")
    open_ = ngettext(
        "%(count)d conversation is on its way.",
        "%(count)d conversations are on their way.",
        len(found.open),
    ) % {"count": len(found.open)}
    if not found.waiting:
        return open_
    waits = ngettext(
        "%(count)d waits for you.", "%(count)d wait for you.", len(found.waiting)
    ) % {"count": len(found.waiting)}
    return f"{open_} {waits}"


def talk_line(one: Talk) -> TalkLine:
    """Return a conversation as a line, with the one act that brings it further."""
    return TalkLine(
        id=one.id,
        title=one.unit.name,
        kind=str(law_of(one.kind).title),
        across=one.across,
        state=_state(one),
        tone=_tone(one),
        href=act_href(one),
        act=_act(one),
    )


def act_href(one: Talk) -> str:
    """Return the address of the next act, or of the conversation itself."""
    must_write = one.waits_for_me and one.now.step in {Step.PLANNED, Step.OPEN}
    route = "web:write_conversation" if must_write else "web:conversation"
    return reverse(route, args=[one.id])


def _act(one: Talk) -> str:
    if not one.waits_for_me:
        return _("Read it")
    is_leader = one.end is End.LOWER
    return {
        Step.PLANNED: _("Choose the focus"),
        Step.OPEN: _("Choose the focus") if is_leader else _("Write your side"),
        Step.PREPARED: _("Prepare the conversation"),
        Step.HELD: _("Write what you agree on"),
        Step.HALF_CONFIRMED: _("Confirm"),
    }[one.now.step]


def _state(one: Talk) -> str:
    return str(STATES[one.now.step]) % {"day": date_format(one.day)}


def _tone(one: Talk) -> Tone:
    if one.is_over:
        return Tone.GOOD
    return Tone.UNSURE if one.waits_for_me else Tone.NEUTRAL


def _waits(one: Talk) -> str:
    ends = one.now.waits_for
    if one.is_over or one.link is None:
        return ""
    if len(ends) > 1:
        return _("waits for you both")
    if one.end in ends:
        return _("waits for you")
    return _("waits for %(across)s") % {"across": one.across}


def page(
    whole: WholeTalk,
    figures: Figures,
    goals: Sequence[MunicipalGoal],
    meanings: Mapping[str, Sequence[Said]],
    unit_href: str,
) -> TalkPage:
    """Return one conversation as one of the two sees it."""
    talk = whole.talk
    earlier = whole.earlier
    return TalkPage(
        id=talk.id,
        title=talk.unit.name,
        kind=str(whole.law.title),
        across=talk.across,
        state=_state(talk),
        waits=_waits(talk),
        tone=_tone(talk),
        is_before=talk.held_on is None,
        is_held=talk.held_on is not None,
        is_over=talk.is_over,
        last_title=_("What you agreed on %(day)s") % {"day": date_format(earlier.day)}
        if earlier
        else "",
        last_words=whole.earlier_words,
        last=tuple(promises.view(one) for one in whole.earlier_commitments),
        sides=(
            side(whole, End.LOWER, figures),
            side(whole, End.UPPER, figures),
        ),
        themes=tuple(_themes(talk, goals, meanings)),
        agreement=_agreement(whole),
        commitments=tuple(promises.view(one) for one in whole.commitments),
        corrections=tuple(
            ListItem(text=one.words, note=date_format(one.added_on))
            for one in whole.corrections
        ),
        law=law_view(whole),
        may={verb.value: bool(talk.verdicts[verb]) for verb in Verb},
        why_not={verb.value: str(talk.verdicts[verb].why_not) for verb in Verb},
        unit_href=unit_href,
    )


def side(whole: WholeTalk, end: End, figures: Figures) -> SideView:
    """Return what one end has written."""
    talk, newest = whole.talk, whole.newest(end)
    title, *labels = (str(one) for one in SIDES[end])
    is_mine = talk.end is end
    may_write = is_mine and bool(talk.verdicts[Verb.WRITE])
    said = (newest.tried, newest.needs) if newest else ()
    return SideView(
        title=title,
        is_mine=is_mine,
        focus=tuple(newest.focus) if newest else (),
        texts=tuple(
            ListItem(text=words, note=label)
            for label, words in zip(labels, said, strict=False)
            if words
        ),
        results=tuple(results_of(newest, figures)),
        note=_("Written %(day)s") % {"day": date_format(newest.written_on)}
        if newest
        else _not_written(talk, end),
        earlier=tuple(tuple(one.focus) for one in reversed(whole.written[end][:-1])),
        number=newest.number if newest else 0,
        write_href=reverse("web:write_conversation", args=[talk.id])
        if may_write
        else "",
        why_not=str(talk.verdicts[Verb.WRITE].why_not)
        if is_mine and talk.now.step is Step.PLANNED
        else "",
    )


def _not_written(talk: Talk, end: End) -> str:
    if talk.held_on is not None:
        return _("Nothing was written here before the conversation.")
    if end is End.UPPER and talk.now.step is Step.PLANNED:
        return _("Opens when the leader has written, and %(day)s at the latest.") % {
            "day": date_format(talk.opens_on)
        }
    return _("Nothing is written yet.")


def results_of(words: Preparation | None, figures: Figures) -> Iterator[ListItem]:
    """Give the results that an end points at, as the release of that day shows them."""
    if words is None or words.release_id is None:
        return
    known = published()
    shown = {one.indicator: one for one in figures.get(words.release_id, ())}
    for name in words.results:
        if name in shown and name in known:
            one, indicator = shown[name], known[name]
            yield ListItem(
                text=headline(indicator, one),
                note=beside_the_raw(indicator, one),
                href=reverse("web:indicator", args=[name]),
            )


def _themes(
    talk: Talk, goals: Iterable[MunicipalGoal], meanings: Mapping[str, Sequence[Said]]
) -> Iterator[ListItem]:
    """Give the adopted goals of the unit's sector, with what they mean here."""
    for goal in goals:
        fits = not goal.sectors or talk.kind.value in goal.sectors
        if goal.is_adopted and fits:
            said = meanings.get(goal.key, ())
            code = talk.unit.municipality_code
            yield ListItem(
                text=goal.sentence,
                note=said[-1].words if said else "",
                href=reverse("web:goal", args=[code, goal.key]),
            )


def _agreement(whole: WholeTalk) -> Agreement | None:
    one = whole.conclusion
    if one is None:
        return None
    return Agreement(
        words=one.words,
        note=_("Written %(day)s") % {"day": date_format(one.written_on)},
        number=one.number,
        open_parts=tuple(Part(part) for part in one.open_parts),
        earlier=tuple(old.words for old in reversed(whole.conclusions[:-1])),
    )
