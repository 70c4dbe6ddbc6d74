"""The next conversations: as many as a desk has room for, what waits first."""

from dataclasses import dataclass

from django.urls import reverse

from kaeden.dialogue.queries.conversations import MyTalks
from kaeden.presentation.conversations import TalkLine, talk_line

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksView:
    """Conversations that wait for the post, then those that are nearest."""

    waiting: tuple[TalkLine, ...]
    others: tuple[TalkLine, ...]
    year_href: str


def talks(found: MyTalks, town: str) -> TalksView:
    """Return what is to be done about the next conversations; `town` is a code."""
    waiting = found.waiting[:MOST]
    others = [one for one in found.open if one not in found.waiting]
    return TalksView(
        waiting=tuple(talk_line(one) for one in waiting),
        others=tuple(talk_line(one) for one in others[: MOST - len(waiting)]),
        year_href=reverse("web:year", args=[town]),
    )
