"""Room for visions, owners, meanings, ways, check-ins, deviations and values."""

import django.db.models.deletion
from django.db import migrations, models

import kaeden.shared.clock


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0001_initial"),
        ("organisation", "0004_links_instead_of_reports_to"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckIn",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_yet", "not_yet"),
                            ("on_the_way", "on_the_way"),
                            ("reached", "reached"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("very_low", "very_low"),
                            ("low", "low"),
                            ("middle", "middle"),
                            ("high", "high"),
                            ("very_high", "very_high"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(max_length=600)),
                ("made_on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Contribution",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.CharField(max_length=600)),
                ("indicator", models.SlugField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Deviation",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(max_length=600)),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_yet", "not_yet"),
                            ("on_the_way", "on_the_way"),
                            ("reached", "reached"),
                        ],
                        max_length=12,
                    ),
                ),
                ("value", models.FloatField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Effort",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="GoalDraft",
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
                ("content", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(default=kaeden.shared.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="GoalWords",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=60)),
                ("sentence", models.CharField(max_length=300)),
                ("here", models.CharField(blank=True, max_length=600)),
                ("for_whom", models.CharField(blank=True, max_length=200)),
                ("sectors", models.JSONField(default=list)),
                ("indicator", models.SlugField(blank=True, max_length=60)),
                ("by_period", models.CharField(blank=True, max_length=7)),
            ],
        ),
        migrations.CreateModel(
            name="Meaning",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.CharField(max_length=600)),
            ],
        ),
        migrations.CreateModel(
            name="Ownership",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Strategy",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.CharField(max_length=600)),
            ],
        ),
        migrations.CreateModel(
            name="Value",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="ValueWords",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("committee", "committee"),
                            ("director", "director"),
                            ("chief", "chief"),
                            ("area_leader", "area_leader"),
                            ("leader", "leader"),
                            ("department_leader", "department_leader"),
                            ("team", "team"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Vision",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("key", models.SlugField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="VisionWords",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("sentence", models.CharField(max_length=300)),
                ("why", models.CharField(blank=True, max_length=600)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="goal",
            name="a_goal_is_adopted_once",
        ),
        migrations.RenameField(
            model_name="goal",
            old_name="adopted_on",
            new_name="valid_from",
        ),
        migrations.AddField(
            model_name="goal",
            name="end_recorded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="goal",
            name="recorded_at",
            field=models.DateTimeField(default=kaeden.shared.clock.now),
        ),
        migrations.AddField(
            model_name="goal",
            name="serves",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="served",
                to="goals.goal",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="valid_to",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="target",
            name="end_recorded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="target",
            name="group",
            field=models.CharField(
                blank=True,
                choices=[
                    ("girls", "girls"),
                    ("boys", "boys"),
                    ("long_education", "long_education"),
                    ("short_education", "short_education"),
                    ("danish_origin", "danish_origin"),
                    ("other_origin", "other_origin"),
                    ("without_support", "without_support"),
                    ("with_support", "with_support"),
                    ("at_home", "at_home"),
                    ("outside_home", "outside_home"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="kind",
            field=models.CharField(
                choices=[
                    ("level", "level"),
                    ("development", "development"),
                    ("gap", "gap"),
                    ("words", "words"),
                ],
                null=True,
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="not_yet",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="target",
            name="on_the_way",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="target",
            name="other_group",
            field=models.CharField(
                blank=True,
                choices=[
                    ("girls", "girls"),
                    ("boys", "boys"),
                    ("long_education", "long_education"),
                    ("short_education", "short_education"),
                    ("danish_origin", "danish_origin"),
                    ("other_origin", "other_origin"),
                    ("without_support", "without_support"),
                    ("with_support", "with_support"),
                    ("at_home", "at_home"),
                    ("outside_home", "outside_home"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="reached",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="target",
            name="recorded_at",
            field=models.DateTimeField(default=kaeden.shared.clock.now),
        ),
        migrations.AddField(
            model_name="target",
            name="since_period",
            field=models.CharField(blank=True, max_length=7),
        ),
        migrations.AddField(
            model_name="target",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="valid_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="target",
            name="valid_to",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="goal",
            name="key",
            field=models.SlugField(max_length=60),
        ),
        migrations.AlterField(
            model_name="target",
            name="at_most",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="target",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="goals.goal",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="indicator",
            field=models.SlugField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="target",
            name="value",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="checkin",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="check_ins",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="check_ins",
                to="goals.target",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="goals.goal",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="deviation",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accepted_deviations",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="deviation",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deviations",
                to="goals.target",
            ),
        ),
        migrations.AddField(
            model_name="effort",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="efforts",
                to="goals.goal",
            ),
        ),
        migrations.AddField(
            model_name="effort",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="efforts",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="goaldraft",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="goal_drafts",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="goalwords",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="words",
                to="goals.goal",
            ),
        ),
        migrations.AddField(
            model_name="goalwords",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="meaning",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meanings",
                to="goals.goal",
            ),
        ),
        migrations.AddField(
            model_name="meaning",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meanings",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="ownership",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ownerships",
                to="goals.goal",
            ),
        ),
        migrations.AddField(
            model_name="ownership",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goals",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="strategy",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="strategies",
                to="goals.goal",
            ),
        ),
        migrations.AddField(
            model_name="strategy",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="strategies",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="value",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="values_held",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="valuewords",
            name="value",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="words",
                to="goals.value",
            ),
        ),
        migrations.AddField(
            model_name="vision",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visions",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="vision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goals",
                to="goals.vision",
            ),
        ),
        migrations.AddField(
            model_name="visionwords",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="visionwords",
            name="vision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="words",
                to="goals.vision",
            ),
        ),
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(
                fields=["target", "made_on"], name="goals_check_target__2329fc_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("goal", "post"),
                name="a_post_contributes_once_to_a_goal",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_contribution_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__isnull", False)),
                name="a_deviation_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_deviation_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="effort",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="an_effort_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalwords",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("goal",),
                name="a_goal_has_one_wording_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalwords",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_goal_wording_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="meaning",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("goal", "post"),
                name="a_goal_means_one_thing_at_a_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="meaning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_meaning_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("goal",),
                name="a_goal_has_one_owner_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="an_ownership_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("goal", "post"),
                name="a_post_has_one_strategy_for_a_goal",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_strategy_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("municipality", "name"),
                name="a_value_has_a_name_of_its_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_value_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="valuewords",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("value", "level"),
                name="a_value_is_seen_one_way_at_a_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="valuewords",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_value_wording_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="vision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("municipality", "key"),
                name="a_vision_has_a_key_of_its_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="vision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_vision_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="visionwords",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("vision",),
                name="a_vision_has_one_wording_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="visionwords",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_vision_wording_ends_after_it_begins",
            ),
        ),
    ]
