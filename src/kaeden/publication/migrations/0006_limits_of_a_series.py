"""A figure carries the limits of its series; its guards are off meanwhile."""

from importlib import import_module

from django.db import migrations, models

before = import_module("kaeden.publication.migrations.0005_one_state")


def a_number(name):
    return migrations.AddField("figure", name, models.FloatField(null=True))


def a_word(name, longest):
    field = models.CharField(blank=True, default="", max_length=longest)
    return migrations.AddField("figure", name, field)


class Migration(migrations.Migration):
    dependencies = [("publication", "0005_one_state")]

    operations = [
        migrations.RunPython(before.unguard, before.guard),
        *map(a_number, ("centre", "lower", "upper")),
        a_word("limits", 5),
        a_word("broken", 40),
        migrations.RunPython(before.guard, before.unguard),
    ]
