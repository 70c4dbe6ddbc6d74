"""Every row is linked to those before it, and the database keeps them as they are."""

from django.db import migrations, models

from kaeden.audit.rules import Head, digest_of

FACTS = ("actor_id", "post_id", "role", "seat", "at", "kind", "about")
TABLES = ("audit_event", "audit_lookup")
SQLITE = """
CREATE TRIGGER {table}_is_not_{verb}d BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION kaeden_trail_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the trail is only added to'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_is_not_{verb}d BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION kaeden_trail_stays()
"""
VERBS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def link(apps, _schema_editor):
    """Link the rows that are there, in the order they were added."""
    event, head = apps.get_model("audit", "Event"), Head()
    for row in event.objects.order_by("pk"):
        said = {name: getattr(row, name) for name in FACTS}
        digest = digest_of("events", head, row.pk, said)
        event.objects.filter(pk=row.pk).update(digest=digest)
        head = Head(number=row.pk, digest=digest)


def guard(_apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    form = POSTGRESQL if vendor == "postgresql" else SQLITE
    for table in TABLES:
        for verb in VERBS[vendor]:
            schema_editor.execute(form.format(table=table, verb=verb))


def unguard(_apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for verb in VERBS[vendor]:
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_is_not_{verb}d{on}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION kaeden_trail_stays()")


def who():
    """Return the columns that say who, as operations can take them."""
    return [
        ("post_id", models.BigIntegerField(blank=True, null=True)),
        ("role", models.CharField(blank=True, default="", max_length=20)),
        ("seat", models.CharField(blank=True, default="", max_length=200)),
    ]


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_kinds_need_no_migration")]

    operations = [
        *(
            migrations.AddField(model_name="event", name=name, field=field)
            for name, field in who()
        ),
        migrations.AddField(
            model_name="event",
            name="digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="LookUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("actor_id", models.BigIntegerField(blank=True, null=True)),
                *who(),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("route", models.CharField(max_length=100)),
                ("address", models.TextField()),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
