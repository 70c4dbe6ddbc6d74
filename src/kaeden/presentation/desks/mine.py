"""What is expected of a post, and what it may decide: the words, and no more."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from kaeden.dialogue.queries.expectations import MyExpectations
from kaeden.organisation.chain import Chain
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.expectations import LinkView, WayView, link


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a post decides itself, and whom it asks about the rest."""

    area: str
    decision_room: str
    not_mine: tuple[ListItem, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedView:
    """The link up in words; `waiting` are those that the post itself must act on."""

    up: LinkView | None
    waits: str
    waiting: tuple[tuple[LinkView, WayView], ...]


def room(chain: Chain, key: str) -> Room | None:
    """Return the post's room for decisions; None where nobody has written it."""
    post = chain.post.get(key)
    if post is None or post.charter is None:
        return None
    return Room(
        area=post.charter.area,
        decision_room=post.charter.decision_room,
        not_mine=tuple(
            ListItem(
                text=line.words,
                note=chain.post_name(line.ask),
                href=reverse("web:post", args=[chain.municipality, line.ask]),
            )
            for line in post.charter.not_mine
            if line.ask in chain.post
        ),
        href=reverse("web:post", args=[chain.municipality, key]),
    )


def expected(found: MyExpectations, *, most: int = 3) -> ExpectedView:
    """Return what the link up says, and up to `most` that wait for the post."""
    waiting = [
        (view, way)
        for view, one in ((link(one), one) for one in found.waiting)
        for way, known in zip(view.ways, one.ways, strict=True)
        if known.is_mine
    ]
    words = ngettext(
        "%(count)d expectation waits for you.",
        "%(count)d expectations wait for you.",
        len(waiting),
    )
    return ExpectedView(
        up=link(found.up) if found.up else None,
        waits=words % {"count": len(waiting)} if waiting else "",
        waiting=tuple(waiting[:most]),
    )
