"""What a municipality decides about its leaders' time, for all who have a post there.

No names of those who reported, and no number of fewer than three.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaeden.access.rules import Actor
from kaeden.conditions.queries.line import town_of
from kaeden.conditions.queries.time_robbers import (
    Case,
    MyTimeRobbers,
    around_in,
    cases_of,
    mine_among,
)
from kaeden.conditions.rules.returned import Returned, returned
from kaeden.conditions.rules.time_robbers import (
    GIVES_TIME,
    MEASURED_AFTER,
    Decision,
    State,
    Told,
    is_late,
    state_of,
)
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import name_of
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One time robber as the whole municipality reads it."""

    id: int
    title: str
    state: State
    count: int | None
    minutes: int | None
    decider: str
    decide_by: date
    is_late: bool
    reason: str
    decided_by: str
    decided_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What waits, what is decided, and the minutes that are given back."""

    open: tuple[LedgerLine, ...]
    decided: tuple[LedgerLine, ...]
    returned: Returned


def ledger_of(municipality: Unit) -> Ledger:
    """Return a municipality's ledger (5 queries)."""
    town = town_of(municipality)
    found = cases_of(municipality)
    cases = [case for pk, case in found.items() if case.root.pk == pk]
    lines = []
    for case in cases:
        acting = town.acting(case.root.decider_id)
        lines.append(_line(case, name_of(acting) if acting else ""))
    over = [one for one in lines if one.decided_on]
    return Ledger(
        open=tuple(one for one in lines if not one.decided_on),
        decided=tuple(sorted(over, key=lambda one: str(one.decided_on), reverse=True)),
        returned=returned(_asked(cases), on=today()),
    )


def mine_and_returned(
    actor: Actor, municipality: Unit
) -> tuple[MyTimeRobbers, Returned]:
    """Return one's own, and the minutes given back in one's municipality (5 queries)."""
    town, cases = around_in(municipality)
    roots = [case for pk, case in cases.items() if case.root.pk == pk]
    given = returned(_asked(roots), on=today())
    return mine_among(actor, town, cases), given


def _asked(cases: Iterable[Case]) -> list[Told]:
    """Return what each has said of what is removed or simplified long enough ago."""
    day = today()
    return [
        told
        for case in cases
        if case.root.decided_on and Decision(case.root.decision) in GIVES_TIME
        if case.root.decided_on + MEASURED_AFTER <= day
        for told in case.told
    ]


def _line(case: Case, decider: str) -> LedgerLine:
    root = case.root
    return LedgerLine(
        id=root.pk,
        title=root.title,
        state=state_of(root.decision, is_merged=False),
        count=case.count,
        minutes=case.minutes,
        decider=decider,
        decide_by=root.decide_by,
        is_late=is_late(root.decision, root.decide_by, on=today()),
        reason=root.reason,
        decided_by=name_of(root.decided_by) if root.decided_by else "",
        decided_on=root.decided_on,
    )
