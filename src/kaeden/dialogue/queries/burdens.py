"""Read what weighs on the two of a conversation; nobody else reads it, ever."""

from dataclasses import dataclass
from datetime import date

from kaeden.dialogue.models import Burden
from kaeden.dialogue.queries.links import SeenLink
from kaeden.dialogue.rules.links import Pair
from kaeden.dialogue.sealing import unseal
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighs:
    """The words, and the day on which they are deleted."""

    words: str
    number: int
    delete_on: date


def of_conversation(pk: int, link: SeenLink) -> Weighs | None:
    """Return what the two who hold the posts now have written (1 query)."""
    row = Burden.objects.filter(conversation_id=pk, delete_on__gt=today()).first()
    if row is None or not is_theirs(row, link.pair):
        return None
    return Weighs(
        words=unseal(bytes(row.sealed)), number=row.number, delete_on=row.delete_on
    )


def is_theirs(row: Burden, pair: Pair) -> bool:
    """Whether the two who wrote it still hold the two posts."""
    return (row.upper_holding_id, row.lower_holding_id) == (pair.upper, pair.lower)
