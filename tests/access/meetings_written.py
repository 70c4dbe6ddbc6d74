"""Meetings in the small world whose minutes are approved: in the database and plainly."""

from datetime import time

from kaeden.access.rules import Role
from kaeden.dialogue.models import Decision, Meeting, MeetingItem, Participant
from kaeden.dialogue.rules.meetings import ASKED, BODY_OF
from tests.access.world import POSTS, post_row, thing, word

HELD_BY = ("director", "schools", "north", "l-9990", "h-director")


def everything(world):
    """Let some posts meet with those who report to them, and decide something."""
    for holder in HELD_BY:
        post = post_row(holder)
        user = post.holdings.get().user
        row = Meeting.objects.create(
            unit=post.unit,
            body=BODY_OF[Role(post.role)].value,
            post=post,
            day=world.day,
            starts=time(9),
            ends=time(10),
            place="Her",
            stage="minuted",
            minuted_on=world.day,
            made_by=user,
            called_at=world.moment,
            changed_at=world.moment,
        )
        asked = {one[0] for one in POSTS if one[3] == holder and one[1] in ASKED}
        for key in (holder, *sorted(asked)):
            Participant.objects.create(meeting=row, post=post_row(key))
        _item(world, row, user, {holder, *asked})


def _item(world, row, user, posts):
    """Write its one item, whose title and whose decision are words of their own."""
    said, decided = word(world), word(world)
    item = MeetingItem.objects.create(
        meeting=row, number=1, key="own", why="own", title=said
    )
    decision = Decision.objects.create(
        item=item,
        words=decided,
        owner=row.post,
        due=world.day,
        made_on=world.day,
        made_by=user,
    )
    world.numbers[said] = row.pk
    world.numbers[f"in {said}"] = item.pk
    world.numbers[decided] = decision.pk
    place = {"unit": row.unit.code, "posts": posts, "about": said}
    thing(world, said, "meeting", **place)
    thing(world, decided, "decision", **place)
