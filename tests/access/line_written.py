"""What has gone up and down the line in the small world."""

import itertools
from datetime import timedelta

from kaeden.dialogue.models import Concern, Inquiry, Passage, Question
from tests.access.world import post_row, thing, word

WRITTEN = (("l-9990", "schools", "director"), ("north", "schools"), ("sfo", "l-99901"))
"""Each concern's way: who wrote it, and whom it has passed."""


ASKED_BELOW = ("schools", "l-9990")


def everything(world):
    """Concerns that have gone up, and questions that were sent further down."""
    concerns(world)
    inquiries(world)


def inquiries(world):
    """What the goal's owner asks below; the words are for the two."""
    sender, to = (post_row(key) for key in ASKED_BELOW)
    for question in Question.objects.all():
        said = word(world)
        Inquiry.objects.create(
            question=question,
            sender=sender,
            to=to,
            words=said,
            made_by=sender.holdings.get().user,
            asked_on=world.day,
            answer_by=world.day + timedelta(days=14),
        )
        facts = {"posts": set(ASKED_BELOW), "about": question.words}
        thing(world, said, "inquiry", **facts)


def concerns(world):
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
