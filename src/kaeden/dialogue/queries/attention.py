"""How much a goal is on people's minds: agendas, questions, decisions in a year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kaeden.access.rules import Actor, Permission, may
from kaeden.dialogue.models import Decision, MeetingItem, Question
from kaeden.dialogue.models.meetings import REACHED
from kaeden.dialogue.rules.decisions import Fate
from kaeden.dialogue.rules.meetings import Stage
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.models import Unit
from kaeden.shared.clock import today

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """How many meetings had a goal on their agenda, asked about it, decided on it."""

    agendas: int = 0
    asked: int = 0
    decided: int = 0

    def __bool__(self) -> bool:
        return bool(self.agendas or self.asked or self.decided)


def attention_of(
    actor: Actor, town: Unit, goals: Sequence[MunicipalGoal]
) -> Mapping[int, Attention]:
    """Return the attention that each goal got in the last year (at most 3 queries).

    For the posts that stand in the municipality's line; others are told nothing, and
    nothing is asked. An agenda item counts for the goal it is about and for the goals
    that its indicator stands first for.
    """
    ids = {one.id: one for one in goals if one.id is not None}
    if not ids or not may(actor, Permission.READ_QUESTION, at=town.path):
        return {}
    since = today() - A_YEAR
    leads = {one.lead: one.id for one in ids.values() if one.lead}
    met = _meetings(town, since, leads)
    asked = Counter(
        Question.objects.filter(
            goal_id__in=ids, asked_on__gt=since, withdrawn_on__isnull=True
        ).values_list("goal_id", flat=True)
    )
    decided = _decided(town, since, leads)
    return {
        goal: Attention(agendas=met[goal], asked=asked[goal], decided=decided[goal])
        for goal in ids
    }


def _meetings(
    town: Unit, since: date, leads: Mapping[str, int | None]
) -> Counter[int | None]:
    rows = MeetingItem.objects.filter(
        is_on=True, meeting__stage__in=REACHED, meeting__day__gt=since
    ).filter(meeting__unit__path__startswith=town.path)
    values = ("meeting_id", "goal_id", "question__goal_id", "indicator")
    pairs = {
        (meeting, goal or asked or leads.get(name))
        for meeting, goal, asked, name in rows.order_by().values_list(*values)
    }
    return Counter(goal for _meeting, goal in pairs)


def _decided(
    town: Unit, since: date, leads: Mapping[str, int | None]
) -> Counter[int | None]:
    rows = Decision.objects.filter(
        made_on__gt=since,
        item__meeting__stage=Stage.MINUTED.value,
        item__meeting__unit__path__startswith=town.path,
    ).exclude(fate=Fate.STRUCK.value)
    values = ("item__goal_id", "item__question__goal_id", "item__indicator")
    return Counter(
        goal or asked or leads.get(name)
        for goal, asked, name in rows.values_list(*values)
    )
