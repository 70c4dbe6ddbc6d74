"""The breaks that a post can mend itself, gravest first, and the whole chain's map."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from kaeden.chaincheck.queries import Known
from kaeden.goals.queries import MunicipalGoal
from kaeden.presentation import chain
from kaeden.presentation.as_of import AsOf
from kaeden.presentation.chain import ChainPage
from kaeden.presentation.chain_breaks import Told, single
from kaeden.shared.breaks import BreakKind

MOST = 5
ELSEWHERE = frozenset(
    {
        BreakKind.EXPECTATION_UNCONFIRMED,
        BreakKind.QUESTION_UNANSWERED,
        BreakKind.CONCERN_UNANSWERED,
        BreakKind.COMMITMENT_OVERDUE,
        BreakKind.NEED_UNANSWERED,
        BreakKind.RESULT_NOT_ASSESSED,
    }
)
"""What has a part of its own on a desk, with the act beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The breaks of one post, each with the one act that mends it."""

    told: tuple[Told, ...]
    more: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeChain:
    """The map of the chain, and where all its breaks stand."""

    page: ChainPage
    all_href: str


def mending(known: Known) -> Mending:
    """Return the breaks that the reader's own post owns and meets nowhere else."""
    own = [
        one
        for one in known.report.breaks
        if known.own and one.owner == known.own and one.kind not in ELSEWHERE
    ]
    beyond = len(own) - MOST
    more = ngettext("%(count)d more is yours.", "%(count)d more are yours.", beyond)
    return Mending(
        told=tuple(single(one) for one in own[:MOST]),
        more=more % {"count": beyond} if beyond > 0 else "",
        href=_all(known),
    )


def whole(
    known: Known, proposed: Sequence[MunicipalGoal], *, as_of: AsOf
) -> WholeChain:
    """Return the map of the reader's chain, as far as they may see it."""
    return WholeChain(
        page=chain.build(known, proposed, as_of=as_of), all_href=_all(known)
    )


def _all(known: Known) -> str:
    return reverse("web:breaks", args=[known.chain.municipality])
