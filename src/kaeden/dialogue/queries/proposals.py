"""Find what may come on a meeting's agenda; each docstring ends with what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.dialogue.models import (
    Commitment,
    Concern,
    Decision,
    Meeting,
    MeetingItem,
    Participant,
    Question,
)
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.queries.results_at_hand import results_for
from kaeden.dialogue.rules.agenda import About, Candidate, Why, proposed
from kaeden.dialogue.rules.commitments import Step
from kaeden.dialogue.rules.decisions import Fate
from kaeden.dialogue.rules.meetings import Body, Stage
from kaeden.goals import queries as goals
from kaeden.goals.models import Deviation
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.shared.clock import today

LATELY = timedelta(days=120)
ENDS_SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A meeting with what its proposals are read from, each once."""

    meeting: Meeting
    town: Unit
    goals: tuple[MunicipalGoal, ...]

    @property
    def body(self) -> Body:
        """Who meets."""
        return Body(self.meeting.body)

    @property
    def unit(self) -> Unit:
        """Where those who meet lead."""
        return self.meeting.unit

    @property
    def day(self) -> date:
        """When they meet."""
        return self.meeting.day

    @property
    def is_towns(self) -> bool:
        """Whether the whole municipality is theirs."""
        return self.body in {Body.COMMITTEE, Body.DIRECTORS}

    def owned(self) -> frozenset[int]:
        """Return the ids of the goals that are theirs to answer for."""
        return frozenset(
            one.id
            for one in self.goals
            if one.id is not None and (self.is_towns or self._owns(one))
        )

    def _owns(self, goal: MunicipalGoal) -> bool:
        return goal.owner is not None and goal.owner.post_id == self.meeting.post_id


def proposals_for(meeting: Meeting) -> tuple[Candidate, ...]:
    """Return what is proposed for a meeting, the most urgent first (at most 16 queries)."""
    town = get_municipality(meeting.unit.municipality_code)
    held = Held(meeting=meeting, town=town, goals=_adopted(town))
    gathered = [
        *results_for(held.body, held.unit, held.town, held.goals, held.day),
        *_questions(held),
        *_concerns(held),
        *_decisions(held),
        *_deviations(held),
        *_commitments(held),
        *_ownerless(held),
    ]
    return proposed(gathered, body=held.body, seen=_seen(meeting))


def goals_for_agenda(pk: int) -> tuple[MunicipalGoal, ...]:
    """Return the goals that an item of a meeting can be about (6 queries)."""
    return goals_for(Meeting.objects.select_related("unit").get(pk=pk))


def goals_for(meeting: Meeting) -> tuple[MunicipalGoal, ...]:
    """Return the goals that an item of a meeting can be about (5 queries)."""
    return _adopted(get_municipality(meeting.unit.municipality_code))


def _adopted(town: Unit) -> tuple[MunicipalGoal, ...]:
    known = (*goals.goals_of(town), *goals.area_goals(town))
    return tuple(one for one in known if one.is_adopted)


def choices_for(pk: int) -> list[tuple[str, Why, str, str, bool]]:
    """Return the lines a chair chooses among, and which are on (at most 18 queries).

    What is on the agenda first, then what is newly proposed, then what was taken off.
    A line is its key, why, title, what is said of it, and whether it is on.
    """
    meeting = Meeting.objects.select_related("unit").get(pk=pk)
    rows = list(MeetingItem.objects.filter(meeting=meeting).order_by("number", "pk"))
    known = {row.key for row in rows}
    placed = [(row.key, Why(row.why), row.title, row.said, row.is_on) for row in rows]
    fresh = [
        (one.key, one.why, one.title, one.said, True)
        for one in proposals_for(meeting)
        if one.key not in known
    ]
    on, off = [one for one in placed if one[-1]], [one for one in placed if not one[-1]]
    return [*on, *fresh, *off]


def _seen(meeting: Meeting) -> dict[str, str]:
    """Return what the body's other agendas had or left off, the newest (1 query)."""
    earlier = MeetingItem.objects.filter(
        meeting__unit_id=meeting.unit_id, meeting__body=meeting.body
    ).exclude(Q(meeting=meeting) | Q(meeting__stage=Stage.CANCELLED.value))
    rows = earlier.order_by("meeting__day", "pk").values_list("key", "stamp")
    return dict(rows)


def _questions(held: Held) -> Iterator[Candidate]:
    """Give what is asked and waits, and to the committee what was answered (1 query)."""
    theirs = Question.objects.filter(
        goal__in=held.owned(), withdrawn_on__isnull=True
    ).select_related("asked_by__unit", "answered_by__unit")
    lately = Q(answered_on__gte=held.day - LATELY)
    known = {one.id: one for one in held.goals}
    for one in theirs.filter(Q(answered_on__isnull=True) | lately).order_by("pk"):
        why, stamp, said = _asked(one)
        about = About(question=one.pk, goal=one.goal_id)
        yield Candidate(
            key=f"question {one.pk}",
            stamp=stamp,
            why=why,
            title=_short(one.words),
            said=_short(f"{said} {known[one.goal_id].sentence}"),
            about=about,
        )


def _asked(one: Question) -> tuple[Why, str, str]:
    days = {
        "asked": date_format(one.asked_on),
        "by": date_format(one.answer_by),
        "on": date_format(one.answered_on) if one.answered_on else "",
    }
    if one.answered_on:
        return Why.ANSWERED, "answered", _("Answered %(on)s.") % days
    if one.answer_by < today():
        words = _("Asked %(asked)s. The answer was due %(by)s.")
        return Why.OVERDUE, "overdue", words % days
    return Why.ASKED, "asked", _("Asked %(asked)s, to be answered by %(by)s.") % days


def _concerns(held: Held) -> Iterator[Candidate]:
    """Give the concerns that wait for the post which holds the meeting (1 query).

    Their words are for the posts they have passed; here it only says that there is one.
    """
    waiting = Concern.objects.filter(
        at_id=held.meeting.post_id, answered_on__isnull=True, withdrawn_on__isnull=True
    ).select_related("post__unit")
    for one in waiting.order_by("answer_by", "pk"):
        is_late = one.answer_by < today()
        words = _("Written %(day)s, to be answered by %(by)s.")
        days = {"day": date_format(one.written_on), "by": date_format(one.answer_by)}
        about = About(
            concern=one.pk, goal=one.goal_id, unit=one.unit_id, indicator=one.indicator
        )
        yield Candidate(
            key=f"concern {one.pk}",
            stamp="overdue" if is_late else "written",
            why=Why.OVERDUE if is_late else Why.CONCERN,
            title=_("A concern from %(who)s") % {"who": name_of(one.post)},
            said=words % days,
            about=about,
        )


def _decisions(held: Held) -> Iterator[Candidate]:
    """Give what the same body decided and has not done yet (1 query)."""
    rows = Decision.objects.filter(
        fate=Fate.OPEN.value,
        item__meeting__unit_id=held.unit.pk,
        item__meeting__body=held.body.value,
        item__meeting__stage=Stage.MINUTED.value,
        item__meeting__day__lt=held.day,
    ).select_related("owner__unit", "item__unit")
    for one in rows.order_by("due", "pk"):
        said = {"day": date_format(one.made_on), "due": date_format(one.due)}
        said["owner"] = name_of(one.owner)
        words = _("Decided %(day)s. %(owner)s, by %(due)s.")
        if one.due < today():
            words = _("Decided %(day)s. %(owner)s; it was due %(due)s.")
        item = one.item
        about = About(
            decision=one.pk,
            unit=item.unit_id,
            indicator=item.indicator,
            goal=item.goal_id,
            question=item.question_id,
        )
        yield Candidate(
            key=f"decision {one.pk}",
            stamp=one.due.isoformat(),
            why=Why.DECISION,
            title=_short(one.words),
            said=_short(words % said),
            about=about,
        )


def _deviations(held: Held) -> Iterator[Candidate]:
    """Give the accepted deviations that end soon after the meeting (1 query)."""
    at = Q(target__unit_id=held.unit.pk)
    if held.body is not Body.COMMITTEE:
        at |= Q(target__unit__path__startswith=f"{held.unit.path}/")
    known = {one.id: one for one in held.goals}
    running = Deviation.objects.at(held.day).filter(
        at,
        valid_to__lte=held.day + ENDS_SOON,
        target__valid_to__isnull=True,
        target__goal_id__in=known,
    )
    rows = running.select_related("target__unit")
    for one in rows.order_by("valid_to", "pk"):
        goal = known[one.target.goal_id]
        words = _("%(unit)s. The deviation ends %(day)s.")
        said = {"unit": one.target.unit.full_name, "day": date_format(one.valid_to)}
        yield Candidate(
            key=f"deviation {one.pk}",
            stamp=str(one.valid_to),
            why=Why.DEVIATION,
            title=_short(goal.sentence),
            said=words % said,
            about=About(deviation=one.pk, goal=goal.id, unit=one.target.unit_id),
        )


def _commitments(held: Held) -> Iterator[Candidate]:
    """Give how many promises between those who meet are past their day (1 query).

    Their words are for the two alone.
    """
    asked = Participant.objects.filter(meeting=held.meeting).values("post_id")
    late = Commitment.objects.filter(
        step=Step.ACCEPTED.value,
        due__lt=today(),
        promiser__in=asked,
        receiver__in=asked,
    )
    days = sorted(late.values_list("due", flat=True))
    if not days:
        return
    title = ngettext(
        "%(count)d commitment between those who meet is past its day",
        "%(count)d commitments between those who meet are past their day",
        len(days),
    ) % {"count": len(days)}
    said = _("The oldest was due %(day)s. The two of each know the words.")
    yield Candidate(
        key="commitments",
        stamp=f"{len(days)} {days[-1]}",
        why=Why.COMMITMENTS,
        title=title,
        said=said % {"day": date_format(days[0])},
    )


def _ownerless(held: Held) -> Iterator[Candidate]:
    """Give the municipality's goals that no post answers for (0 queries)."""
    for one in held.goals if held.is_towns else ():
        if one.owner is None:
            yield Candidate(
                key=f"goal {one.id}",
                stamp="ownerless",
                why=Why.OWNERLESS,
                title=_short(one.sentence),
                said=_("No post owns the goal, so nobody can answer for it."),
                about=About(goal=one.id),
            )


def _short(words: str, longest: int = 390) -> str:
    """Return words that fit an agenda's line."""
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
