"""Support on a desk: what one needs, what waits for one's answer, what nobody has met."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from kaeden.conditions.queries.support import MyNeeds, ReadNeed
from kaeden.conditions.rules.support import OPEN
from kaeden.presentation.support import NeedView, view

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsView:
    """The first of some needs, and how many there are beyond them."""

    shown: tuple[NeedView, ...]
    more: str


def needs(found: Sequence[ReadNeed], *, most: int = MOST) -> NeedsView:
    """Return as many needs as a desk has room for."""
    beyond = len(found) - most
    words = ngettext("and %(count)d more", "and %(count)d more", beyond)
    return NeedsView(
        shown=tuple(view(one) for one in found[:most]),
        more=words % {"count": beyond} if beyond > 0 else "",
    )


def own(found: MyNeeds) -> NeedsView:
    """Return what one needs and has not got yet, and what is to be rated."""
    return needs([one for one in found.own if one.step in OPEN or one.may_rate])


def put_to_me(found: MyNeeds) -> NeedsView:
    """Return what waits for one's post to answer or to meet."""
    return needs([one for one in found.put_to_me if one.step in OPEN])
