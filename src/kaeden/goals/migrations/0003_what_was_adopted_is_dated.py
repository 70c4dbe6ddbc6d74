"""Adopted goals get their vision, their owner by date, and targets their unit."""

from django.db import migrations

SHIPPED_VISION = "thrive-learn-ready"


def fill(apps, schema_editor):
    goals, visions, ownerships, targets = (
        apps.get_model("goals", name).objects
        for name in ("Goal", "Vision", "Ownership", "Target")
    )
    for goal in goals.all():
        vision, _new = visions.get_or_create(
            municipality_id=goal.municipality_id,
            key=SHIPPED_VISION,
            valid_to=None,
            defaults={"valid_from": goal.valid_from},
        )
        goals.filter(pk=goal.pk).update(vision=vision, unit_id=goal.municipality_id)
        ownerships.create(
            goal=goal, post_id=goal.owner_post_id, valid_from=goal.valid_from
        )
        targets.filter(goal=goal).update(
            unit_id=goal.municipality_id,
            post_id=goal.owner_post_id,
            kind="level",
            valid_from=goal.valid_from,
        )


class Migration(migrations.Migration):
    dependencies = [("goals", "0002_vision_owner_meaning_and_targets")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
