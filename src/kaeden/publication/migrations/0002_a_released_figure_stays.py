"""The database itself refuses to change or delete what was released."""

from django.db import migrations

TABLES = ("publication_figure", "publication_peerset", "publication_release")
SQLITE = """
CREATE TRIGGER {table}_is_not_{verb}d BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'what is released stays as it is'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION kaeden_released_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what is released stays as it is'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_is_not_{verb}d BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION kaeden_released_stays()
"""


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    form = POSTGRESQL if vendor == "postgresql" else SQLITE
    for table in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(form.format(table=table, verb=verb))


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for verb in ("update", "delete"):
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_is_not_{verb}d{on}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION kaeden_released_stays()")


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
