"""What is tried in the small world, in the database and in the dicts."""

from datetime import timedelta

from kaeden.learning.models import (
    Lesson,
    Measure,
    TestCycle,
    TestOfChange,
    TestPart,
)
from kaeden.organisation.models import Unit
from tests.access.world import post_row, thing, word

INDICATOR = "school-absence"
TRIED = (  # who leads it, its unit and its house, and with whom it is shared
    ("team", "99901-0a", "99901", "nobody"),
    ("team", "99901-0a", "99901", "house"),
    ("sfo", "99901-sfo", "99901", "colleagues"),
    ("l-9990", "9990", "9990", "nobody"),
    ("l-G991", "G991", "G991", "chain"),
    ("l-99903", "99903", "99903", "colleagues"),
    ("h-leader", "99801", "99801", "chain"),
)
KINDS = {
    "nobody": "test",
    "house": "house_test",
    "colleagues": "colleagues_test",
    "chain": "shared_test",
}


def tests(world):
    """What some try: protected, or shared so far."""
    for key, unit, house, audience in TRIED:
        said, post = word(world), post_row(key)
        by = post.holdings.get(valid_to=None).user
        row = TestOfChange.objects.create(
            post=post,
            name=said,
            aim=said,
            aim_value=1.0,
            aim_by=world.day + timedelta(days=3650),
            audience=audience,
            shared_on=None if audience == "nobody" else world.day,
            made_by=by,
            made_on=world.day,
        )
        _measures(row)
        TestCycle.objects.create(
            test=row,
            number=1,
            change=said,
            begun_on=world.day,
            ends_on=world.day + timedelta(days=3650),
        )
        TestPart.objects.create(
            test=row,
            post=post,
            unit=Unit.objects.get(code=unit, valid_to=None),
            asked_on=world.day,
            joined_on=world.day,
        )
        world.numbers[said] = row.pk
        town = "998" if key.startswith("h-") else "999"
        at = {"nobody": [unit], "house": [house]}.get(audience, [town])
        more = {"units": at, "is": ("any test",), "word": said}
        thing(world, said, KINDS[audience], unit=house, posts={key}, **more)


def _measures(row):
    for kind in ("outcome", "process", "balancing"):
        Measure.objects.create(test=row, kind=kind, indicator=INDICATOR, better="lower")


LEARNT = (("l-9990", "9990", "999"), ("h-leader", "99801", "998"))


def lessons(world):
    """What was learnt, by somebody for the whole municipality."""
    for key, code, town in LEARNT:
        said, post = word(world), post_row(key)
        world.numbers[said] = Lesson.objects.create(
            post=post,
            unit=Unit.objects.get(code=code, valid_to=None),
            words=said,
            conditions=said,
            made_by=post.holdings.get(valid_to=None).user,
            written_on=world.day,
        ).pk
        thing(world, said, "lesson", unit=code, posts={key}, units=[town])


def everything(world):
    """Write it all."""
    tests(world)
    lessons(world)
