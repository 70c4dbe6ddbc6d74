from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    """Make the table of the cache; one that is there already is left as it is."""
    database = schema_editor.connection.alias
    call_command("createcachetable", "kaeden_cache", database=database, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_sessions_and_first_passwords")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
