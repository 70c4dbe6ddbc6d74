"""What has gone up and down the line in the small world."""

import itertools
from datetime import timedelta

from kaeden.dialogue.models import Concern, Passage
from tests.access.world import post_row, thing, word

WRITTEN = (("l-9990", "schools", "director"), ("north", "schools"), ("sfo", "l-99901"))
"""Each concern's way: who wrote it, and whom it has passed."""


def everything(world):
    """Concerns; their words are for the posts that they have passed."""
    for way in WRITTEN:
        said, posts = word(world), [post_row(key) for key in way]
        by = posts[0].holdings.get().user
        row = Concern.objects.create(
            post=posts[0],
            made_by=by,
            words=said,
            written_on=world.day,
            answer_by=world.day + timedelta(days=21),
            at=posts[-1],
        )
        for number, (sender, to) in enumerate(itertools.pairwise(posts), 1):
            Passage.objects.create(
                concern=row,
                number=number,
                sender=sender,
                to=to,
                words=said if number > 1 else "",
                made_by=by,
                sent_on=world.day,
            )
        world.numbers[said] = row.pk
        thing(world, said, "concern", posts=set(way))
