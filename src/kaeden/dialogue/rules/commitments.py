"""What one post has promised another: its way, and who takes which step. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict

LONGEST = 600
LONGEST_REASON = 500
LATEST = timedelta(days=2 * 365)


class Step(StrEnum):
    """Where a commitment is."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"


class Occasion(StrEnum):
    """A kind of thing that a commitment may hang on."""

    RESULT = "result"
    GOAL = "goal"
    EXPECTATION = "expectation"
    COMMUNITY = "community"
    TIME_ROBBER = "time_robber"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a commitment hangs on, as its row names it; a result is the first two.

    Everything may be left out: then it is a commitment on its own.
    """

    unit_id: int | None = None
    indicator: str = ""
    goal_id: int | None = None
    expectation_id: int | None = None
    community_id: int | None = None
    time_robber_id: int | None = None
    conversation_id: int | None = None

    def parts(self) -> Mapping[Occasion, "About"]:
        """Return each thing alone, by its kind."""
        return {
            occasion: About(**{name: getattr(self, name) for name in columns})
            for occasion, columns in COLUMNS.items()
            if getattr(self, columns[0])
        }


COLUMNS: Mapping[Occasion, tuple[str, ...]] = {
    Occasion.RESULT: ("unit_id", "indicator"),
    Occasion.GOAL: ("goal_id",),
    Occasion.EXPECTATION: ("expectation_id",),
    Occasion.COMMUNITY: ("community_id",),
    Occasion.TIME_ROBBER: ("time_robber_id",),
    Occasion.CONVERSATION: ("conversation_id",),
}
"""The columns that name a thing of each kind."""

NOTHING = About()

NEXT: Mapping[Step, frozenset[Step]] = {
    Step.PROPOSED: frozenset({Step.ACCEPTED, Step.DECLINED}),
    Step.ACCEPTED: frozenset({Step.KEPT, Step.BROKEN, Step.RENEGOTIATED}),
    Step.DECLINED: frozenset(),
    Step.KEPT: frozenset(),
    Step.BROKEN: frozenset(),
    Step.RENEGOTIATED: frozenset(),
}
"""The whole truth about a commitment's way.

It becomes renegotiated on the day that both have accepted another in its place; until
then it holds.
"""

OPEN = (Step.PROPOSED, Step.ACCEPTED)
TAKEN = (Step.ACCEPTED, Step.KEPT, Step.BROKEN, Step.RENEGOTIATED)
"""Steps of what both have once agreed on."""

WHY_NOT: Mapping[Step, str | Promise] = {
    Step.PROPOSED: _("It is proposed, and not yet accepted."),
    Step.ACCEPTED: _("It has been accepted."),
    Step.DECLINED: _("It has been declined."),
    Step.KEPT: _("It has been kept."),
    Step.BROKEN: _("It has not been kept, and that is noted."),
    Step.RENEGOTIATED: _("You have agreed on something else."),
}


def may_step(to: Step, now: Step, *, is_proposer: bool) -> Verdict:
    """Judge a step by the map `NEXT`; a proposal is accepted by the other post."""
    if to not in NEXT[now]:
        return Verdict(allowed=False, why_not=WHY_NOT[now])
    if to is Step.ACCEPTED and is_proposer:
        return Verdict(allowed=False, why_not=_("The other post accepts it."))
    return YES


def may_renegotiate(now: Step, *, is_pending: bool) -> Verdict:
    """Judge whether another commitment may be proposed in the place of one."""
    if now is not Step.ACCEPTED:
        return Verdict(allowed=False, why_not=WHY_NOT[now])
    if is_pending:
        return Verdict(
            allowed=False, why_not=_("Something else is proposed already. Answer that.")
        )
    return YES


def is_overdue(step: Step, due: date, *, on: date) -> bool:
    """Whether its day has passed while it still holds."""
    return step is Step.ACCEPTED and due < on


def is_a_fair_day(due: date, *, proposed_on: date) -> bool:
    """Whether something can be promised for a day: today or later, within two years."""
    return proposed_on <= due <= proposed_on + LATEST
