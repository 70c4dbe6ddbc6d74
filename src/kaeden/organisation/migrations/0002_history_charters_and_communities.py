import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kaeden.shared.clock


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bounds",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("committee", "Children and youth committee"),
                            ("director", "Director of children and youth"),
                            ("chief_schools", "Chief of schools"),
                            ("chief_daycare", "Chief of day care"),
                            ("chief_families", "Chief of families"),
                            ("area_leader", "Area leader"),
                            ("leader", "Institution leader"),
                            ("department_leader", "Department leader"),
                            ("team", "Team member"),
                            ("analyst", "Analyst"),
                            ("data_protection", "Data protection officer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("span_from", models.PositiveSmallIntegerField()),
                ("span_to", models.PositiveSmallIntegerField()),
                ("farthest", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Charter",
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
                ("area", models.CharField(max_length=500)),
                ("decision_room", models.CharField(max_length=500)),
                (
                    "communicate",
                    models.CharField(
                        choices=[
                            ("holds", "holds"),
                            ("shares", "shares"),
                            ("supports", "supports"),
                            ("not", "does not have"),
                        ],
                        default="not",
                        max_length=8,
                    ),
                ),
                (
                    "choose",
                    models.CharField(
                        choices=[
                            ("holds", "holds"),
                            ("shares", "shares"),
                            ("supports", "supports"),
                            ("not", "does not have"),
                        ],
                        default="not",
                        max_length=8,
                    ),
                ),
                (
                    "evaluate",
                    models.CharField(
                        choices=[
                            ("holds", "holds"),
                            ("shares", "shares"),
                            ("supports", "supports"),
                            ("not", "does not have"),
                        ],
                        default="not",
                        max_length=8,
                    ),
                ),
                (
                    "prioritise",
                    models.CharField(
                        choices=[
                            ("holds", "holds"),
                            ("shares", "shares"),
                            ("supports", "supports"),
                            ("not", "does not have"),
                        ],
                        default="not",
                        max_length=8,
                    ),
                ),
                (
                    "lead_close",
                    models.CharField(
                        choices=[
                            ("holds", "holds"),
                            ("shares", "shares"),
                            ("supports", "supports"),
                            ("not", "does not have"),
                        ],
                        default="not",
                        max_length=8,
                    ),
                ),
                (
                    "develop",
                    models.CharField(
                        choices=[
                            ("holds", "holds"),
                            ("shares", "shares"),
                            ("supports", "supports"),
                            ("not", "does not have"),
                        ],
                        default="not",
                        max_length=8,
                    ),
                ),
                (
                    "coordinate",
                    models.CharField(
                        choices=[
                            ("holds", "holds"),
                            ("shares", "shares"),
                            ("supports", "supports"),
                            ("not", "does not have"),
                        ],
                        default="not",
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Community",
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
                ("key", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("purpose", models.CharField(max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="Link",
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
            name="Membership",
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
            name="NotMine",
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
                ("words", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Placement",
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
                    "hierarchy",
                    models.CharField(
                        choices=[("line", "line"), ("cluster", "cluster")], max_length=8
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Succession",
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
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=kaeden.shared.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="UnitName",
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
                ("name", models.CharField(max_length=200)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="holding",
            name="a_holding_does_not_end_before_it_begins",
        ),
        migrations.RemoveConstraint(
            model_name="post",
            name="a_unit_has_each_post_once",
        ),
        migrations.RemoveConstraint(
            model_name="post",
            name="a_post_ends_after_it_begins",
        ),
        migrations.RemoveConstraint(
            model_name="unit",
            name="a_unit_ends_after_it_begins",
        ),
        migrations.AddField(
            model_name="holding",
            name="end_recorded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="holding",
            name="recorded_at",
            field=models.DateTimeField(default=kaeden.shared.clock.now),
        ),
        migrations.AddField(
            model_name="post",
            name="end_recorded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="post",
            name="key",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="post",
            name="recorded_at",
            field=models.DateTimeField(default=kaeden.shared.clock.now),
        ),
        migrations.AddField(
            model_name="post",
            name="staff",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="post",
            name="title",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="unit",
            name="end_recorded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="origin",
            field=models.CharField(
                choices=[("register", "register"), ("chain", "chain")],
                default="register",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(
                choices=[
                    ("committee", "Children and youth committee"),
                    ("director", "Director of children and youth"),
                    ("chief_schools", "Chief of schools"),
                    ("chief_daycare", "Chief of day care"),
                    ("chief_families", "Chief of families"),
                    ("area_leader", "Area leader"),
                    ("leader", "Institution leader"),
                    ("department_leader", "Department leader"),
                    ("team", "Team member"),
                    ("analyst", "Analyst"),
                    ("data_protection", "Data protection officer"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("country", "country"),
                    ("municipality", "municipality"),
                    ("area", "area"),
                    ("cluster", "cluster"),
                    ("school", "school"),
                    ("daycare", "daycare"),
                    ("social", "social"),
                    ("department", "department"),
                    ("class", "class"),
                    ("group", "group"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="unit",
            name="path",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="unit",
            name="recorded_at",
            field=models.DateTimeField(default=kaeden.shared.clock.now),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_holding_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_post_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_unit_ends_after_it_begins",
            ),
        ),
        migrations.AddField(
            model_name="bounds",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bounds",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="charter",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charters",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="communities",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="lower",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links_up",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="upper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links_down",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="organisation.community",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="notmine",
            name="ask",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.post",
            ),
        ),
        migrations.AddField(
            model_name="notmine",
            name="charter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="not_mine",
                to="organisation.charter",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="parent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="predecessor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successions",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="successor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="preceded_by",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="unitname",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="names",
                to="organisation.unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="bounds",
            constraint=models.UniqueConstraint(
                fields=("municipality", "role"), name="a_role_has_its_bounds_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bounds",
            constraint=models.CheckConstraint(
                condition=models.Q(("span_from__lte", models.F("span_to"))),
                name="a_span_runs_upward",
            ),
        ),
        migrations.AddConstraint(
            model_name="charter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("post",),
                name="a_post_has_one_charter_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="charter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_charter_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("municipality", "key"),
                name="a_community_has_a_key_of_its_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_community_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("lower",),
                name="a_post_reports_to_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("lower", models.F("upper")), _negated=True),
                name="a_post_does_not_report_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_link_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("community", "post"),
                name="a_post_is_in_a_community_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_membership_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("unit", "hierarchy"),
                name="a_unit_has_one_place_in_a_hierarchy",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_placement_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor"), name="a_unit_is_succeeded_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("predecessor", models.F("successor")), _negated=True
                ),
                name="a_unit_does_not_succeed_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_name_ends_after_it_begins",
            ),
        ),
    ]
