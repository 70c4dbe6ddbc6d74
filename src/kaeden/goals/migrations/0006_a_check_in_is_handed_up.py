"""A check-in is its post's own until it is handed up."""

from importlib import import_module

from django.db import migrations, models

stays = import_module("kaeden.goals.migrations.0005_a_check_in_stays")


class Migration(migrations.Migration):
    dependencies = [("goals", "0005_a_check_in_stays")]

    # SQLite makes the table anew, and would forget what guards it.
    operations = [
        migrations.RunPython(stays.unguard, stays.guard),
        migrations.AddField(
            model_name="checkin",
            name="is_handed_up",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(stays.guard, stays.unguard),
    ]
