"""Units, the posts that lead them, and who holds a post: each from a day to a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from kaeden.organisation.rules import (
    AREA_NAMES,
    POST_NAMES,
    Area,
    Kind,
    municipality_name,
)


def dated(name: str) -> models.CheckConstraint:
    """Return the constraint that a thing does not end before it begins."""
    return models.CheckConstraint(
        name=name, condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
    )


class Unit(models.Model):
    """A node of the organisation, from the country down to one institution.

    `path` is the codes from the top, ``dk/101/schools/101001``: rights and "all
    below" are read from it. A unit outside the municipality's chain (a private
    school, say) hangs under its municipality's area ``others``.
    """

    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=40, blank=True)
    owner = models.CharField(max_length=20, blank=True)
    town = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=80)
    search_name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["path", "valid_from"], name="a_path_begins_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(valid_to__isnull=True),
                name="a_path_is_one_unit_at_a_time",
            ),
            dated("a_unit_ends_after_it_begins"),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["kind", "code"]),
            models.Index(fields=["search_name"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name with what it is, for municipalities and areas."""
        if self.kind == Kind.MUNICIPALITY.value:
            return municipality_name(self.code, self.name)
        if self.kind == Kind.AREA.value:
            return str(AREA_NAMES[Area(self.code)])
        return self.name

    @property
    def municipality_code(self) -> str:
        """The code of the municipality it lies in; empty above and outside."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 1 and parts[1].isdigit() else ""

    @property
    def is_in_chain(self) -> bool:
        """Whether the municipality leads it; private schools, say, lead themselves."""
        return "/others/" not in f"{self.path}/"


class Post(models.Model):
    """A place in the leadership chain, whoever holds it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=list(POST_NAMES.items()))
    reports_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="led"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["unit", "role"],
                condition=Q(valid_to__isnull=True),
                name="a_unit_has_each_post_once",
            ),
            dated("a_post_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}"

    @cached_property
    def name(self) -> str:
        """The post's name in the reader's language."""
        return str(POST_NAMES[self.role])


class Holding(models.Model):
    """Somebody holds a post. A post without an open holding is vacant."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    holder_name = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holdings",
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(valid_to__isnull=True),
                name="a_post_has_one_holder_at_a_time",
            ),
            models.CheckConstraint(
                name="a_holding_has_a_holder",
                condition=~Q(holder_name="") | Q(user__isnull=False),
            ),
            models.CheckConstraint(
                name="a_holding_does_not_end_before_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} ({self.valid_from} –)"
