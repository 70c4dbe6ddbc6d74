"""A drawn reorganisation beside today: numbers, sentences, and what it changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.organisation.breaks import as_break
from kaeden.organisation.chain import Chain
from kaeden.organisation.changes import diff
from kaeden.organisation.drafts import Comparison, Drawn, SpanChange, compare
from kaeden.organisation.findings import Span
from kaeden.organisation.models import Draft
from kaeden.presentation.changes import Group, grouped
from kaeden.presentation.charts.marks import ListItem


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of a draft: its place from 1, what it does, and why it can't be taken."""

    place: int
    sentence: str
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Something counted or said of today and of the draft."""

    name: str
    today: str
    draft: str

    @property
    def differs(self) -> bool:
        """Whether the draft changes it."""
        return self.today != self.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """What the page shows."""

    name: str
    drawn_by: str
    carried_out: str
    steps: tuple[StepLine, ...]
    measures: tuple[Beside, ...]
    vanish: tuple[str, ...]
    appear: tuple[str, ...]
    spans: tuple[Beside, ...]
    changes: tuple[Group, ...]


def build(draft: Draft, now: Chain, taken: Drawn) -> DraftPage:
    """Return the page of a draft beside the chain of today."""
    found = compare(now, taken.chain)
    return DraftPage(
        name=draft.name,
        drawn_by=str(draft.post.name),
        carried_out=carried_out_words(draft.carried_out_on),
        steps=tuple(
            StepLine(
                place=place + 1, sentence=said, why_not=taken.why_not.get(place, "")
            )
            for place, said in enumerate(taken.said)
        ),
        measures=tuple(_measures(found)),
        vanish=tuple(str(as_break(now, one).sentence) for one in found.vanish),
        appear=tuple(str(as_break(taken.chain, one).sentence) for one in found.appear),
        spans=tuple(_span(now, taken.chain, one) for one in found.spans),
        changes=grouped(diff(now, taken.chain)),
    )


def listed(drafts: Iterable[Draft]) -> Iterator[ListItem]:
    """Give drafts as lines with the post that drew them and their state."""
    for draft in drafts:
        yield ListItem(
            text=draft.name,
            href=reverse("web:draft", args=[draft.municipality.code, draft.pk]),
            note=", ".join(
                part
                for part in (
                    str(draft.post.name),
                    carried_out_words(draft.carried_out_on)
                    or date_format(draft.changed_at.date()),
                )
                if part
            ),
        )


def carried_out_words(day: date | None) -> str:
    """Return since when a draft holds; nothing for one that is only drawn."""
    if day is None:
        return ""
    return _("carried out from %(day)s") % {"day": date_format(day)}


def _measures(found: Comparison) -> Iterator[Beside]:
    sides = (found.before, found.after)

    def beside(name: str, *words: str) -> Beside:
        return Beside(name=name, today=words[0], draft=words[1])

    yield beside(_("Units"), *(str(one.units) for one in sides))
    yield beside(_("Leading posts"), *(str(one.posts) for one in sides))
    yield beside(_("of them vacant"), *(str(one.vacant) for one in sides))
    yield beside(
        _("Leading posts above the children"), *(_levels(one.levels) for one in sides)
    )
    yield beside(
        _("Lines in which all seven tasks have their place"),
        *(_of(one.whole_lines, one.lines) for one in sides),
    )
    yield beside(
        _("Posts that lead too many or too few"),
        *(str(one.spans_outside) for one in sides),
    )
    yield beside(
        _("Units far from a leader"), *(str(one.without_leader) for one in sides)
    )


def _of(part: int, whole: int) -> str:
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


def _levels(levels: Mapping[int, int]) -> str:
    """Return how many leading posts stand above the children, by number of lines."""
    said = [
        ngettext("%(levels)d in %(count)d line", "%(levels)d in %(count)d lines", count)
        % {"levels": number, "count": count}
        for number, count in sorted(levels.items())
    ]
    return ", ".join(said) or "–"


def _span(now: Chain, then: Chain, one: SpanChange) -> Beside:
    chain = then if one.after else now
    return Beside(
        name=chain.post_name(one.post),
        today=_span_words(one.before),
        draft=_span_words(one.after),
    )


def _span_words(span: Span | None) -> str:
    if span is None:
        return _("not there")
    posts = ngettext("%(count)d post", "%(count)d posts", span.posts)
    words = posts % {"count": span.posts}
    if span.total is None:
        return _("%(posts)s, staff not known") % {"posts": words}
    outside = _(" (outside the bounds)") if span.is_outside else ""
    return f"{span.total}{outside}"
