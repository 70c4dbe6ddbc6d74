"""The database refuses to change or delete what a model was released with."""

from importlib import import_module

from django.db import migrations

TABLES = ("publication_modelfigure", "publication_fairfigure")
before = import_module("kaeden.publication.migrations.0002_a_released_figure_stays")


def guard(apps, schema_editor):
    is_big = schema_editor.connection.vendor == "postgresql"
    form = before.POSTGRESQL if is_big else before.SQLITE
    for table in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(form.format(table=table, verb=verb))


def unguard(apps, schema_editor):
    is_big = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            on = f" ON {table}" if is_big else ""
            schema_editor.execute(f"DROP TRIGGER {table}_is_not_{verb}d{on}")


class Migration(migrations.Migration):
    dependencies = [("publication", "0003_models_of_rows")]

    operations = [migrations.RunPython(guard, unguard)]
