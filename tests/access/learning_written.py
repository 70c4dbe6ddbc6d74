"""What leaders have written of practices in the small world, and what they use."""

from kaeden.learning.models import Adoption, WrittenPractice
from kaeden.organisation.models import Unit
from tests.access.world import post_row, thing, word

PRACTICE = "attendance-talks"
WRITTEN = (("l-9990", "999"), ("l-G991", "999"), ("schools", "999"))
USED = ("l-9990", "l-G991", "l-99901")


def everything(world):
    """Practices that wait for a review, and the uses of one."""
    written(world)
    used(world)


def written(world):
    """What waits for a review: for whoever wrote it, and for those who review there."""
    for key, town in WRITTEN:
        said, post = word(world), post_row(key)
        world.numbers[said] = WrittenPractice.objects.create(
            municipality=Unit.objects.get(code=town, valid_to=None),
            unit=post.unit,
            post=post,
            made_by=post.holdings.get().user,
            title=said,
            target_group="Alle",
            method="Sammen",
            mechanism="Flere ser mere",
            indicators=["exam-mark"],
            sectors=["school"],
            written_on=world.day,
        ).pk
        thing(world, said, "written", unit=post.unit.code, posts={key}, by={key})


def used(world):
    """What is done otherwise: all who read practices may; here it is read in the line."""
    for key in USED:
        said, post = word(world), post_row(key)
        world.numbers[said] = Adoption.objects.create(
            practice=PRACTICE,
            unit=post.unit,
            started=world.day,
            adaptations=said,
            post=post,
        ).pk
        unit = post.unit.code
        thing(world, said, "adoption", unit=unit, **{"is": ("adoption",)})
        thing(world, f"{said} told", "adaptation", unit=unit, word=said)
