"""A figure says one thing as a signal; its guards are off while the column comes."""

from importlib import import_module

from django.db import migrations, models

first = import_module("kaeden.publication.migrations.0002_a_released_figure_stays")
TABLE = "publication_figure"


def guard(apps, schema_editor):
    is_big = schema_editor.connection.vendor == "postgresql"
    form = first.POSTGRESQL if is_big else first.SQLITE
    for verb in ("update", "delete"):
        schema_editor.execute(form.format(table=TABLE, verb=verb))


def unguard(apps, schema_editor):
    is_big = schema_editor.connection.vendor == "postgresql"
    for verb in ("update", "delete"):
        on = f" ON {TABLE}" if is_big else ""
        schema_editor.execute(f"DROP TRIGGER {TABLE}_is_not_{verb}d{on}")


class Migration(migrations.Migration):
    dependencies = [("publication", "0004_a_released_model_stays")]

    operations = [
        migrations.RunPython(unguard, guard),
        migrations.AddField(
            "figure",
            "state",
            models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.RunPython(guard, unguard),
    ]
