"""How much attention a goal gets, beside which way its result goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.dialogue.queries.attention import Attention
from kaeden.goals.queries import MunicipalGoal
from kaeden.presentation.goals import GoalLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionRow:
    """A goal with its year on agendas, in questions and decisions, and its way."""

    sentence: str
    href: str
    agendas: int
    asked: int
    decided: int
    sign: str
    way: str


def rows(
    lines: Sequence[GoalLine],
    goals: Sequence[MunicipalGoal],
    found: Mapping[int, Attention],
) -> tuple[AttentionRow, ...]:
    """Return a row for each goal that attention is known of; none without any."""
    ids = {goal.key: goal.id or 0 for goal in goals}
    return tuple(
        _row(line, found[ids[line.key]]) for line in lines if ids[line.key] in found
    )


def said(found: Attention) -> str:
    """Return a goal's year in one sentence."""
    if not found:
        return _("In the last year the goal has been on no agenda.")
    agendas = ngettext("on %(count)d agenda", "on %(count)d agendas", found.agendas) % {
        "count": found.agendas
    }
    asked = ngettext("asked about once", "asked about %(count)d times", found.asked) % {
        "count": found.asked
    }
    decided = ngettext(
        "decided on once", "decided on %(count)d times", found.decided
    ) % {"count": found.decided}
    return _("In the last year: %(agendas)s, %(asked)s, %(decided)s.") % {
        "agendas": agendas,
        "asked": asked,
        "decided": decided,
    }


def _row(line: GoalLine, found: Attention) -> AttentionRow:
    way = line.answers[1]
    return AttentionRow(
        sentence=line.sentence,
        href=line.href,
        agendas=found.agendas,
        asked=found.asked,
        decided=found.decided,
        sign=way.sign,
        way=way.says,
    )
