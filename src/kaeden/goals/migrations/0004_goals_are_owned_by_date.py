"""What was moved is held to its rules."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("goals", "0003_what_was_adopted_is_dated")]

    operations = [
        migrations.AlterField(
            model_name="target",
            name="valid_from",
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name="target",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="organisation.unit",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="kind",
            field=models.CharField(
                choices=[
                    ("level", "level"),
                    ("development", "development"),
                    ("gap", "gap"),
                    ("words", "words"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="goal",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.RemoveField(
            model_name="goal",
            name="owner_post",
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=(
                    "goal",
                    "unit",
                    "kind",
                    "indicator",
                    "group",
                    "other_group",
                    "by_period",
                ),
                name="a_unit_has_each_target_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["level", "development", "gap"]),
                        ("value__isnull", False),
                        models.Q(("indicator", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "words"),
                        ("value__isnull", True),
                        models.Q(
                            ("reached", ""),
                            ("on_the_way", ""),
                            ("not_yet", ""),
                            _connector="OR",
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_number_has_an_indicator_and_words_have_three",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["level", "words"]),
                    models.Q(
                        ("kind", "development"),
                        models.Q(("since_period", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "gap"),
                        models.Q(
                            ("group", ""),
                            ("other_group", ""),
                            ("group", models.F("other_group")),
                            _connector="OR",
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_change_has_a_beginning_and_a_gap_two_groups",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_target_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("municipality", "key"),
                name="a_goal_is_adopted_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("serves__isnull", True),
                    models.Q(("serves", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="a_goal_does_not_serve_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_goal_ends_after_it_begins",
            ),
        ),
    ]
