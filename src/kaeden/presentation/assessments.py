"""What is judged of results: beside each other, and with what the numbers did since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.access.rules import Role
from kaeden.dialogue.queries.afterwards import CameAfter
from kaeden.dialogue.queries.assessments import WrittenAssessment
from kaeden.dialogue.rules.afterwards import Record, Went
from kaeden.dialogue.rules.assessments import SECTORS
from kaeden.goals.indicators import catalogue
from kaeden.presentation.charts.curve_marks import CurveMark
from kaeden.presentation.effects import MOVED
from kaeden.presentation.figures import form_of

WENT: Mapping[Went, str | Promise] = {
    Went.BETTER: gettext_lazy("better, and more than chance usually gives"),
    Went.WORSE: gettext_lazy("worse, and more than chance usually gives"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementView:
    """An assessment, ready to be read, and what the number has done since."""

    one: WrittenAssessment
    title: str
    href: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is judged of a result now, the leader's words first, and what was before."""

    now: tuple[JudgementView, ...]
    before: tuple[JudgementView, ...]


def judged(
    found: Iterable[WrittenAssessment], after: Mapping[int, CameAfter]
) -> tuple[JudgementView, ...]:
    """Return assessments with what came after each, if anything has."""
    return tuple(
        JudgementView(
            one=one,
            title=str(catalogue()[one.indicator].title),
            href=reverse(
                "web:result", kwargs={"code": one.unit_code, "name": one.indicator}
            ),
            since=since_words(after[one.id]) if one.id in after else "",
        )
        for one in found
    )


def beside(
    found: Sequence[WrittenAssessment], after: Mapping[int, CameAfter], release: int
) -> Beside:
    """Return the judgements of the current release beside each other, and the others."""
    now = [one for one in found if one.release == release]
    before = [one for one in found if one.release != release]
    return Beside(
        now=judged(sorted(now, key=lambda one: not one.is_leaders), after),
        before=judged(before, after),
    )


def since_words(after: CameAfter) -> str:
    """Return what a number has done since it was judged; never whose doing it is."""
    form = form_of(catalogue()[after.judged.indicator])
    return _("Since then: %(before)s → %(after)s in %(period)s, %(went)s.") % {
        "before": form.text(after.judged.value or 0.0),
        "after": form.text(after.newest.value or 0.0),
        "period": after.newest.period,
        "went": WENT.get(after.went, MOVED[after.moved]),
    }


def marks(found: Iterable[WrittenAssessment]) -> tuple[CurveMark, ...]:
    """Return judgements as marks on the curve, each on the day it was written."""
    words = _("%(post)s judged: %(judgement)s")
    return tuple(
        CurveMark(
            at=localdate(one.made_at),
            words=words % {"post": one.post, "judgement": one.judgement},
        )
        for one in found
    )


def record_words(record: Record) -> str:
    """Return one's own record; empty while there is nothing to hold it up against."""
    if not record.judged:
        return ""
    words = ngettext(
        "Of your %(judged)d judgement with a later number, %(stood)d still stands.",
        "Of your %(judged)d judgements with a later number, %(stood)d still stand.",
        record.judged,
    )
    return words % {"judged": record.judged, "stood": record.stood}


def thanks(role: Role | None) -> str:
    """Return what somebody is told whose assessment is saved."""
    if role in SECTORS:
        return _("Your assessment is saved and proposed to the director.")
    return _("Your assessment is saved. Now those above you can write theirs.")
