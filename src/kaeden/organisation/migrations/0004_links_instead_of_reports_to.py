from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_what_was_there_gets_its_history")]

    operations = [
        migrations.RemoveField(
            model_name="post",
            name="reports_to",
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("unit", "key"),
                name="a_unit_has_each_post_once",
            ),
        ),
    ]
