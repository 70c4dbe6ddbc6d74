"""What people believe of results in the small world, in the database and in the dicts."""

from kaeden.dialogue.models import Hypothesis, WhatWeDid
from kaeden.organisation.models import Unit
from kaeden.publication.models import Release
from tests.access.world import post_row, thing, word

INDICATOR = "school-absence"
CLAIMED = (("9990", "l-9990"), ("99903", "schools"), ("G991", "l-G991"))


def hypotheses(world):
    """What some believe that a number will show."""
    for code, key in CLAIMED:
        said, post = word(world), post_row(key)
        world.numbers[said] = Hypothesis.objects.create(
            post=post,
            unit=Unit.objects.get(code=code, valid_to=None),
            indicator=INDICATOR,
            release=Release.objects.get(),
            words=said,
            expected="falls",
            by_period="2027/28",
            made_by=post.holdings.get().user,
            made_on=world.day,
        ).pk
        thing(world, said, "hypothesis", unit=code, posts={key})


def what_they_did(world):
    """What a school that became better tells the other leaders."""
    said, post = word(world), post_row("l-99901")
    WhatWeDid.objects.create(
        unit=Unit.objects.get(code="99901", valid_to=None),
        indicator=INDICATOR,
        words=said,
        post=post,
        made_by=post.holdings.get().user,
        shared_on=world.day,
    )
    thing(world, said, "what_we_did", unit="99901", posts={"l-99901"})


def everything(world):
    """Write it all."""
    hypotheses(world)
    what_they_did(world)
