"""Units, the posts that lead them, and who holds a post: each from a day to a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from kaeden.organisation.rules import (
    AREA_NAMES,
    DEGREE_NAMES,
    INVENTED,
    POST_NAMES,
    Degree,
    Hierarchy,
    Kind,
    Origin,
    Task,
    municipality_name,
)
from kaeden.shared.clock import now
from kaeden.shared.dated import Dated, ends_after_it_begins


def degree() -> "models.CharField[str, str]":
    """Return the column of a post's part in one of the seven tasks."""
    return models.CharField(
        max_length=8,
        choices=[(one.value, DEGREE_NAMES[one]) for one in Degree],
        default=Degree.NOT.value,
    )


class Unit(Dated):
    """A node of the organisation, from the country down to one class.

    A unit stays the same when it moves or changes name; `Placement` and `UnitName`
    keep where it was and what it was called. `parent`, `path` and `name` are those of
    today's line. `path` is the codes from the top, ``dk/101/schools/101001``: rights
    and "all below" are read from it. A unit outside the municipality's chain (a
    private school, say) hangs under its municipality's area ``others``.
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
    path = models.CharField(max_length=200)
    search_name = models.CharField(max_length=200)
    origin = models.CharField(
        max_length=8,
        choices=[(o.value, o.value) for o in Origin],
        default=Origin.REGISTER.value,
    )

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
            ends_after_it_begins("a_unit_ends_after_it_begins"),
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
            return str(AREA_NAMES.get(self.code, self.name))
        return self.name

    @property
    def municipality_code(self) -> str:
        """The code of the municipality it lies in; empty above and outside."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 1 and parts[1].isdigit() else ""

    @property
    def is_invented(self) -> bool:
        """Whether it lies in the demo's municipality, and so does not exist."""
        return self.municipality_code == INVENTED

    @property
    def is_in_chain(self) -> bool:
        """Whether the municipality leads it; private schools, say, lead themselves."""
        return "/others/" not in f"{self.path}/"


class Placement(Dated):
    """A unit's place below another one, in one hierarchy."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    hierarchy = models.CharField(
        max_length=8, choices=[(h.value, h.value) for h in Hierarchy]
    )
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["unit", "hierarchy"],
                condition=Q(valid_to__isnull=True),
                name="a_unit_has_one_place_in_a_hierarchy",
            ),
            ends_after_it_begins("a_placement_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ({self.hierarchy})"


class UnitName(Dated):
    """What a unit was called; only units that have changed name have any."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            ends_after_it_begins("a_name_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """From a day on, a unit is carried on by another: by one (merger) or several."""

    predecessor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="preceded_by"
    )
    on = models.DateField()
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="a_unit_is_succeeded_once"
            ),
            models.CheckConstraint(
                name="a_unit_does_not_succeed_itself",
                condition=~Q(predecessor=F("successor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Post(Dated):
    """A place in the leadership chain, whoever holds it.

    `key` names it in the municipality's chain file. `title` is what it is called
    here; without one, it is called by its role. `staff` is how many people it leads
    directly, besides the posts below it; None where we do not know. Title and staff
    are those of today: they have no history.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=list(POST_NAMES.items()))
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=120, blank=True)
    staff = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["unit", "key"],
                condition=Q(valid_to__isnull=True),
                name="a_unit_has_each_post_once",
            ),
            ends_after_it_begins("a_post_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}"

    @cached_property
    def name(self) -> str:
        """The post's title, or its role's name in the reader's language."""
        return self.title or str(POST_NAMES[self.role])


class Link(Dated):
    """A post reports to another: one end of the chain holds on to the next."""

    lower = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="links_up")
    upper = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="links_down")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["lower"],
                condition=Q(valid_to__isnull=True),
                name="a_post_reports_to_one_at_a_time",
            ),
            models.CheckConstraint(
                name="a_post_does_not_report_to_itself",
                condition=~Q(lower=F("upper")),
            ),
            ends_after_it_begins("a_link_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.lower} → {self.upper}"


class Holding(Dated):
    """Somebody holds a post. A post without an open holding is vacant.

    `login` names the municipal login that gave it, and may take it back; it is empty
    when somebody filled the post by hand.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    holder_name = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holdings",
    )
    login = models.CharField(max_length=40, blank=True, default="")

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
                name="a_login_gives_posts_to_accounts",
                condition=Q(login="") | Q(user__isnull=False),
            ),
            ends_after_it_begins("a_holding_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.post} ({self.valid_from} –)"


class Charter(Dated):
    """What a post leads and decides: its area, its room, and its part in each task."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="charters")
    area = models.CharField(max_length=500)
    decision_room = models.CharField(max_length=500)
    communicate = degree()
    choose = degree()
    evaluate = degree()
    prioritise = degree()
    lead_close = degree()
    develop = degree()
    coordinate = degree()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(valid_to__isnull=True),
                name="a_post_has_one_charter_at_a_time",
            ),
            ends_after_it_begins("a_charter_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.area}"

    @property
    def tasks(self) -> dict[Task, Degree]:
        """The post's part in each of the seven tasks."""
        return {task: Degree(getattr(self, task.value)) for task in Task}


class NotMine(models.Model):
    """Something a charter leaves to another: what, and who to ask instead."""

    charter = models.ForeignKey(
        Charter, on_delete=models.CASCADE, related_name="not_mine"
    )
    words = models.CharField(max_length=300)
    ask = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.words


class Community(Dated):
    """Leaders who have bound themselves to each other about something."""

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="communities"
    )
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=500)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["municipality", "key"],
                condition=Q(valid_to__isnull=True),
                name="a_community_has_a_key_of_its_own",
            ),
            ends_after_it_begins("a_community_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """A post is part of a community; whoever holds it comes along."""

    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="memberships"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["community", "post"],
                condition=Q(valid_to__isnull=True),
                name="a_post_is_in_a_community_once",
            ),
            ends_after_it_begins("a_membership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.post} ({self.community})"


class Bounds(models.Model):
    """What a municipality holds to be a good span and a short way, for one role.

    `span_from` and `span_to` are people or posts led directly; `farthest` is the most
    levels from a unit up to the leader nearest it. Without a row, the bounds shipped in
    `rules.BOUNDS` hold.
    """

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="bounds"
    )
    role = models.CharField(max_length=20, choices=list(POST_NAMES.items()))
    span_from = models.PositiveSmallIntegerField()
    span_to = models.PositiveSmallIntegerField()
    farthest = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["municipality", "role"], name="a_role_has_its_bounds_once"
            ),
            models.CheckConstraint(
                name="a_span_runs_upward", condition=Q(span_from__lte=F("span_to"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.span_from}–{self.span_to}"
