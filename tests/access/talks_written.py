"""Conversations of the small world: each between the two posts of a leader's link."""

from datetime import timedelta

from kaeden.dialogue.models import Conversation, Preparation
from tests.access.world import post_row, thing, word

KINDS = {"school", "daycare", "social"}


def conversations(world):
    """One for each link to a leader, with the leader's words."""
    for key, row in list(world.plain["things"].items()):
        if row["kind"] == "link":
            low, up = (post_row(one) for one in key.split()[1:])
            if low.role == "leader" and low.unit.kind in KINDS:
                _conversation(world, low, up, row["posts"])


def _conversation(world, low, up, posts):
    said, writer = word(world), next(iter(world.accounts.values()))
    made = Conversation.objects.create(
        kind=low.unit.kind,
        unit=low.unit,
        upper=up,
        lower=low,
        planned_for=world.day + timedelta(days=20),
        opens_on=world.day + timedelta(days=13),
        planned_on=world.day,
        made_by=writer,
    )
    Preparation.objects.create(
        conversation=made,
        end="lower",
        number=1,
        focus=[said],
        made_by=writer,
        written_on=world.day,
    )
    world.numbers[said] = made.pk
    thing(world, said, "conversation", posts=posts)
