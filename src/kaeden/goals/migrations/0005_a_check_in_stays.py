"""The database itself refuses to change or delete a check-in."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER goals_checkin_is_not_{verb}d BEFORE {verb} ON goals_checkin
BEGIN SELECT RAISE(ABORT, 'a check-in stays as it is'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION kaeden_check_in_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a check-in stays as it is'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER goals_checkin_is_not_{verb}d BEFORE {verb} ON goals_checkin
FOR EACH ROW EXECUTE FUNCTION kaeden_check_in_stays()
"""
VERBS = ("update", "delete")


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    form = POSTGRESQL if vendor == "postgresql" else SQLITE
    for verb in VERBS:
        schema_editor.execute(form.format(verb=verb))


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for verb in VERBS:
        on = " ON goals_checkin" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER goals_checkin_is_not_{verb}d{on}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION kaeden_check_in_stays()")


class Migration(migrations.Migration):
    dependencies = [("goals", "0004_goals_are_owned_by_date")]

    operations = [migrations.RunPython(guard, unguard)]
