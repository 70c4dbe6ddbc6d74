"""A figure says whose change it tells of; its guards are off meanwhile."""

from importlib import import_module

from django.db import migrations, models

before = import_module("kaeden.publication.migrations.0005_one_state")


class Migration(migrations.Migration):
    dependencies = [("publication", "0008_a_released_gap_stays")]

    operations = [
        migrations.RunPython(before.unguard, before.guard),
        migrations.AddField(
            "figure",
            "change_of",
            models.CharField(blank=True, default="", max_length=4),
        ),
        migrations.RunPython(before.guard, before.unguard),
    ]
