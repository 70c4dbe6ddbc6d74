"""The database refuses to change or delete a gap that was released."""

from importlib import import_module

from django.db import migrations

TABLE = "publication_gapfigure"
before = import_module("kaeden.publication.migrations.0002_a_released_figure_stays")


def guard(apps, schema_editor):
    is_big = schema_editor.connection.vendor == "postgresql"
    form = before.POSTGRESQL if is_big else before.SQLITE
    for verb in ("update", "delete"):
        schema_editor.execute(form.format(table=TABLE, verb=verb))


def unguard(apps, schema_editor):
    is_big = schema_editor.connection.vendor == "postgresql"
    on = f" ON {TABLE}" if is_big else ""
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_is_not_{verb}d{on}")


class Migration(migrations.Migration):
    dependencies = [("publication", "0007_gaps_between_groups")]

    operations = [migrations.RunPython(guard, unguard)]
