"""What a team tries: its aim, its change, its three curves, and what it may do now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.access.rules import Verdict
from kaeden.learning.queries.lessons import SeenLesson
from kaeden.learning.queries.tests_of_change import SeenCycle, SeenPart, SeenTest
from kaeden.learning.queries.trials import figures_of
from kaeden.learning.rules.tests_of_change import (
    AUDIENCE_NAMES,
    WIDTH,
    Act,
    Audience,
    Decision,
    MeasureKind,
    Stage,
    is_quiet,
    is_undecided,
    may_do,
)
from kaeden.presentation.charts.curve_marks import CurveMark
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.lessons import LessonView, views
from kaeden.presentation.measures_of_tests import (
    MeasureView,
    form_of,
    measure_view,
    shown,
)
from kaeden.shared.clock import today

STAGES: Mapping[Stage, str | Promise] = {
    Stage.PLANNED: gettext_lazy("Planned"),
    Stage.RUNNING: gettext_lazy("Running"),
    Stage.DECIDED: gettext_lazy("Over"),
}
ENDED: Mapping[Decision, str | Promise] = {
    Decision.ADOPT: gettext_lazy("Adopted: %(why)s"),
    Decision.ADAPT: gettext_lazy("Adapted: %(why)s"),
    Decision.ABANDON: gettext_lazy("Abandoned: %(why)s"),
}
LONGEST_MARK = 80
MOST_LESSONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleView:
    """One time round, as it is told."""

    title: str
    change: str
    days: str
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestView:
    """A test, ready to be read, and what may be done with it."""

    id: int
    name: str
    who: str
    href: str
    stage: str
    aim: str
    change: str
    until: str
    note: str
    shared: str
    measures: tuple[MeasureView, ...]
    cycles: tuple[CycleView, ...]
    units: tuple[ListItem, ...]
    practice: str
    leads: bool
    takes_part: bool
    is_asked: bool
    may_leave: bool
    may_observe: Verdict
    may_begin: Verdict
    may_decide: Verdict
    may_invite: Verdict
    has_begun: bool
    is_over: bool
    adopt_href: str
    wider: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestsPage:
    """The tests that one reads: one's own, those below, and what others have shared."""

    mine: tuple[ListItem, ...]
    below: tuple[ListItem, ...]
    shared: tuple[ListItem, ...]
    may_try: bool


def page(
    seen: Sequence[SeenTest], near: Collection[int], *, may_try: bool
) -> TestsPage:
    """Return the page of all tests that one may read; `near` are those tried here."""
    takes_part = [one for one in seen if one.part or one.asked]
    here = [one for one in seen if one.id in near and one not in takes_part]
    return TestsPage(
        mine=tuple(_line(one) for one in takes_part),
        below=tuple(_line(one) for one in here),
        shared=tuple(
            _line(one) for one in seen if one.id not in near and one not in takes_part
        ),
        may_try=may_try,
    )


def _line(one: SeenTest) -> ListItem:
    words = _("%(stage)s · %(who)s")
    note = words % {"stage": STAGES[one.stage], "who": one.who}
    return ListItem(text=one.name, href=href(one.id), note=note)


def href(pk: int) -> str:
    """Return the address of a test."""
    return reverse("web:test_of_change", args=[pk])


def build(one: SeenTest) -> TestView:
    """Return one test with its three curves (at most 3 queries, for indicators)."""
    figures = figures_of(one)
    now = one.now
    return TestView(
        id=one.id,
        name=one.name,
        who=one.who,
        href=href(one.id),
        stage=str(STAGES[one.stage]),
        aim=_aim(one),
        change=now.change,
        until=_until(now),
        note=note_of(one),
        shared=_shared(one),
        measures=tuple(
            measure_view(one, one.measure(kind), marks(one), figures)
            for kind in MeasureKind
        ),
        cycles=tuple(_cycle(cycle) for cycle in reversed(one.cycles)),
        units=tuple(_unit(part) for part in one.parts),
        practice=one.practice,
        leads=one.leads,
        takes_part=one.part is not None,
        is_asked=one.asked is not None,
        may_leave=one.part is not None and not _is_leading_part(one),
        may_observe=may_do(one.stage, Act.OBSERVE),
        may_begin=may_do(one.stage, Act.BEGIN),
        may_decide=may_do(one.stage, Act.DECIDE),
        may_invite=may_do(one.stage, Act.INVITE),
        has_begun=one.stage is not Stage.PLANNED,
        is_over=one.stage is Stage.DECIDED,
        adopt_href=_adopt_href(one),
        wider=tuple(
            (audience.value, str(AUDIENCE_NAMES[audience]))
            for audience in Audience
            if WIDTH[audience] > WIDTH[one.audience]
        ),
    )


def _adopt_href(one: SeenTest) -> str:
    """Return where an adopted practice is noted as in use; empty if there is none."""
    if one.now.decision is not Decision.ADOPT or not one.practice:
        return ""
    return reverse("web:practice", args=[one.practice])


def _is_leading_part(one: SeenTest) -> bool:
    return any(part.id == one.part and part.leads for part in one.parts)


def _aim(one: SeenTest) -> str:
    words = _("%(aim)s Aim: %(value)s by %(day)s.")
    form = form_of(one.measure(MeasureKind.OUTCOME))
    return words % {
        "aim": one.aim,
        "value": form.text(shown(one.measure(MeasureKind.OUTCOME), one.aim_value)),
        "day": date_format(one.aim_by),
    }


def _until(now: SeenCycle) -> str:
    if now.decision:
        return ""
    if now.begun_on is None:
        return _("Not begun yet. To be tried until %(day)s.") % {
            "day": date_format(now.ends_on)
        }
    return _("Tried from %(start)s until %(end)s.") % {
        "start": date_format(now.begun_on),
        "end": date_format(now.ends_on),
    }


def note_of(one: SeenTest) -> str:
    """Return what calls for the team, if anything does."""
    now, day = one.now, today()
    if is_undecided(now.ends_on, stage=one.stage, today=day):
        words = _("It ended on %(day)s. Adopt, adapt or abandon it.")
        return words % {"day": date_format(now.ends_on)}
    begun = None if now.decision else now.begun_on
    if is_quiet(one.newest_day, begun_on=begun, today=day, until=now.ends_on):
        return _("Nothing has been counted for more than three weeks.")
    return ""


def _shared(one: SeenTest) -> str:
    if one.shared_on is None:
        return _(
            "Only those who take part and their leader read this. Nobody assesses it."
        )
    words = _("Shared on %(day)s. It is read by: %(audience)s.")
    said = str(AUDIENCE_NAMES[one.audience])
    return words % {
        "day": date_format(one.shared_on),
        "audience": f"{said[:1].lower()}{said[1:]}",
    }


def _cycle(one: SeenCycle) -> CycleView:
    ended = ""
    if one.decision:
        ended = str(ENDED[one.decision]) % {"why": one.why}
    return CycleView(
        title=_("Round %(number)d") % {"number": one.number},
        change=one.change,
        days=_days(one),
        ended=ended,
    )


def _days(one: SeenCycle) -> str:
    if one.begun_on is None:
        return _until(one)
    end = one.decided_on or one.ends_on
    return f"{date_format(one.begun_on)} – {date_format(end)}"


def _unit(part: SeenPart) -> ListItem:
    if part.left_on:
        note = _("took part until %(day)s") % {"day": date_format(part.left_on)}
    elif part.joined_on is None:
        note = _("is asked, and has not answered")
    else:
        note = _("answers for the test") if part.leads else _("takes part")
    return ListItem(text=part.who, note=note)


def marks(one: SeenTest) -> tuple[CurveMark, ...]:
    """Return a test's start, its adaptations and its end, to stand on a curve."""
    return tuple(_marks(one))


def _marks(one: SeenTest) -> Iterable[CurveMark]:
    for cycle in one.cycles:
        if cycle.begun_on is None:
            return
        began = (
            _("Start: %(change)s") if cycle.number == 1 else _("Adapted: %(change)s")
        )
        yield _mark(one, cycle.begun_on, began % {"change": cycle.change})
        if cycle.decided_on and cycle.decision and cycle.decision is not Decision.ADAPT:
            words = str(ENDED[cycle.decision]) % {"why": cycle.why}
            yield _mark(one, cycle.decided_on, words)


def _mark(one: SeenTest, day: date, words: str) -> CurveMark:
    return CurveMark(
        at=day,
        words=Truncator(words).chars(LONGEST_MARK),
        href=href(one.id),
    )


def marks_of(found: Iterable[SeenTest]) -> tuple[CurveMark, ...]:
    """Return the marks of tests on the curve of a result, each with its test's name."""
    return tuple(
        CurveMark(at=mark.at, words=f"{one.name} – {mark.words}", href=mark.href)
        for one in found
        for mark in _marks(one)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """What is tried where one leads, and what was learnt before one came."""

    tests: tuple[ListItem, ...]
    lessons: tuple[LessonView, ...]


def tries(found: Iterable[SeenTest], learnt: Sequence[SeenLesson]) -> Tries:
    """Return what is not over, newest first, and some lessons for somebody new."""
    return Tries(
        tests=tuple(_line(one) for one in found if one.stage is not Stage.DECIDED),
        lessons=views(learnt[:MOST_LESSONS]),
    )


def asked(found: Iterable[SeenTest]) -> tuple[ListItem, ...]:
    """Return the tests that one is asked to take part in."""
    return tuple(_line(one) for one in found if one.asked)
