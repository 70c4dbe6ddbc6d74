"""What somebody may see of a chain, with its goals and breaks."""

from typing import Any

from kaeden.chaincheck.queries import Known, Report
from kaeden.goals.way import Thread
from kaeden.organisation.chain import Chain
from kaeden.presentation.chain import lay
from kaeden.presentation.chain_view import Laid
from kaeden.shared.breaks import Break


def all_known(
    chain: Chain, *breaks: Break, goals: tuple[Thread, ...] = (), **changes: Any
) -> Known:
    """Everything, as the director knows it."""
    report = Report(
        as_of=chain.as_of, chains={chain.municipality: chain}, breaks=breaks
    )
    facts: dict[str, Any] = {
        "line": frozenset(unit.code for unit in chain.units),
        "with_names": True,
        "own": "direktor",
    }
    return Known(chain=chain, goals=goals, report=report, **(facts | changes))


def laid(chain: Chain, *goals: Thread, **changes: Any) -> Laid:
    """A chain with its goals, laid out as the director sees it."""
    return lay(all_known(chain, goals=goals, **changes))
