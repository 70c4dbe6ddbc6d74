"""Adopted goals get their vision, their owner by date, and targets their unit."""

from django.db import migrations
from django.db.models import F, Min, OuterRef, Subquery

SHIPPED_VISION = "thrive-learn-ready"


def fill(apps, schema_editor):
    goal, vision, ownership, target = (
        apps.get_model("goals", name)
        for name in ("Goal", "Vision", "Ownership", "Target")
    )
    towns = goal.objects.values_list("municipality").annotate(Min("valid_from"))
    vision.objects.bulk_create(
        vision(municipality_id=town, key=SHIPPED_VISION, valid_from=first)
        for town, first in towns
    )
    own = vision.objects.filter(municipality=OuterRef("municipality"))
    goal.objects.update(
        unit_id=F("municipality_id"), vision_id=Subquery(own.values("pk"))
    )
    ownership.objects.bulk_create(
        ownership(goal=one, post_id=one.owner_post_id, valid_from=one.valid_from)
        for one in goal.objects.all()
    )
    adopted = goal.objects.filter(pk=OuterRef("goal"))
    target.objects.update(
        kind="level",
        unit_id=Subquery(adopted.values("municipality_id")),
        post_id=Subquery(adopted.values("owner_post_id")),
        valid_from=Subquery(adopted.values("valid_from")),
    )


class Migration(migrations.Migration):
    dependencies = [("goals", "0002_vision_owner_meaning_and_targets")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
