"""Units get their places, posts their keys and links, as they stood."""

from django.db import migrations

DATES = ("valid_from", "valid_to")


def fill(apps, schema_editor):
    unit = apps.get_model("organisation", "Unit")
    placement = apps.get_model("organisation", "Placement")
    post = apps.get_model("organisation", "Post")
    link = apps.get_model("organisation", "Link")
    placement.objects.bulk_create(
        [
            placement(
                unit=one,
                parent_id=one.parent_id,
                hierarchy="line",
                recorded_at=one.recorded_at,
                **{day: getattr(one, day) for day in DATES},
            )
            for one in unit.objects.exclude(parent=None)
        ],
        batch_size=500,
    )
    posts = list(post.objects.select_related("unit"))
    for one in posts:
        one.key = one.role.replace("_", "-")
        if one.role == "leader":
            one.key = f"{one.key}-{one.unit.code.lower()}"
    post.objects.bulk_update(posts, ["key"], batch_size=500)
    link.objects.bulk_create(
        [
            link(
                lower=one,
                upper_id=one.reports_to_id,
                **{day: getattr(one, day) for day in DATES},
            )
            for one in posts
            if one.reports_to_id
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_history_charters_and_communities")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
