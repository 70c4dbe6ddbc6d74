"""What a municipality wants, from the vision to a leader's own words, each by date.

A goal of the starter set keeps its wording in its file; a goal that the municipality
has written itself has its words here. Whoever takes a goal up refers to it: the goal
is written once. Goal, strategy and effort are three tables, and never one.
"""

from django.db import models
from django.db.models import F, Q

from kaeden.goals.rules import Confidence, Group, LeadershipLevel, State, TargetKind
from kaeden.organisation.models import Post, Unit
from kaeden.shared.clock import now
from kaeden.shared.dated import Dated, ends_after_it_begins

NUMBER_KINDS = [kind.value for kind in TargetKind if kind is not TargetKind.WORDS]


def written(longest: int = 600, *, blank: bool = False) -> "models.CharField[str, str]":
    """Return a column for what a person has written."""
    return models.CharField(max_length=longest, blank=blank)


def owned_by(name: str) -> "models.ForeignKey[Post, Post]":
    """Return the column of the post that a row is the word of."""
    return models.ForeignKey(Post, on_delete=models.PROTECT, related_name=name)


def open_once(*fields: str, name: str) -> models.UniqueConstraint:
    """Return the constraint that only one such row is open at a time."""
    still_open = Q(valid_to__isnull=True)
    return models.UniqueConstraint(fields=fields, condition=still_open, name=name)


class Vision(Dated):
    """What the whole area of a municipality is for; `key` may name the shipped one."""

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="visions"
    )
    key = models.SlugField(max_length=60)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("municipality", "key", name="a_vision_has_a_key_of_its_own"),
            ends_after_it_begins("a_vision_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.municipality})"


class VisionWords(Dated):
    """A vision in the municipality's own words, until they are written anew."""

    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="words")
    sentence = written(300)
    why = written(blank=True)
    post = owned_by("+")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("vision", name="a_vision_has_one_wording_at_a_time"),
            ends_after_it_begins("a_vision_wording_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.sentence


class Goal(Dated):
    """A result that a municipality or one of its areas wants to reach.

    It holds from the day it is adopted. `unit` is where it is a goal, and `serves`
    the goal of a level above that it is a step towards. `key` may name a goal of the
    starter set: the wording is then fetched from its file, never copied.
    """

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="goals"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    vision = models.ForeignKey(
        Vision, null=True, blank=True, on_delete=models.PROTECT, related_name="goals"
    )
    serves = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="served"
    )

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("municipality", "key", name="a_goal_is_adopted_once"),
            models.CheckConstraint(
                name="a_goal_does_not_serve_itself",
                condition=Q(serves__isnull=True) | ~Q(serves=F("pk")),
            ),
            ends_after_it_begins("a_goal_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.municipality})"


class GoalWords(Dated):
    """A goal in the municipality's own words, until they are written anew.

    `sectors` are those whose children it is about, `indicator` an id of the catalogue
    or empty, and `by_period` the year in which it is to be reached.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="words")
    name = written(60)
    sentence = written(300)
    here = written(blank=True)
    for_whom = written(200, blank=True)
    sectors = models.JSONField(default=list)
    indicator = models.SlugField(max_length=60, blank=True)
    by_period = models.CharField(max_length=7, blank=True)
    post = owned_by("+")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("goal", name="a_goal_has_one_wording_at_a_time"),
            ends_after_it_begins("a_goal_wording_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.sentence


class GoalDraft(models.Model):
    """A goal that a post is writing: the fields of the form as they were typed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="goal_drafts")
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.pk} ({self.post})"


class Ownership(Dated):
    """The one post that answers for a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="ownerships")
    post = owned_by("goals")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("goal", name="a_goal_has_one_owner_at_a_time"),
            ends_after_it_begins("an_ownership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.post}"


class Meaning(Dated):
    """What a goal means at a post: so a level takes up the goal of the one above."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="meanings")
    post = owned_by("meanings")
    words = written()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("goal", "post", name="a_goal_means_one_thing_at_a_post"),
            ends_after_it_begins("a_meaning_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.post}"


class Strategy(Dated):
    """The way a post means to reach a goal; not the goal, and not what is done."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="strategies")
    post = owned_by("strategies")
    words = written()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("goal", "post", name="a_post_has_one_strategy_for_a_goal"),
            ends_after_it_begins("a_strategy_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.post}"


class Effort(Dated):
    """Something a post does to reach a goal, as long as it is done."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="efforts")
    post = owned_by("efforts")
    words = written(300)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            ends_after_it_begins("an_effort_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.words


class Contribution(Dated):
    """What another post brings to a goal it does not own, with its own evidence."""

    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="contributions"
    )
    post = owned_by("contributions")
    words = written()
    indicator = models.SlugField(max_length=60, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("goal", "post", name="a_post_contributes_once_to_a_goal"),
            ends_after_it_begins("a_contribution_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.post}"


class Target(Dated):
    """What a unit wants of a goal by a year: a level, a change, a gap, or in words.

    `value` is the level; the change since `since_period` in the indicator's own unit;
    or the widest gap between `group` and `other_group`. A target in words has three
    descriptions instead. `post` answers for it, or nobody yet.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="targets")
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="targets"
    )
    kind = models.CharField(
        max_length=12, choices=[(k.value, k.value) for k in TargetKind]
    )
    indicator = models.SlugField(max_length=60, blank=True)
    value = models.FloatField(null=True, blank=True)
    at_most = models.BooleanField(default=False)
    since_period = models.CharField(max_length=7, blank=True)
    by_period = models.CharField(max_length=7)
    group = models.CharField(
        max_length=24, blank=True, choices=[(g.value, g.value) for g in Group]
    )
    other_group = models.CharField(
        max_length=24, blank=True, choices=[(g.value, g.value) for g in Group]
    )
    reached = written(300, blank=True)
    on_the_way = written(300, blank=True)
    not_yet = written(300, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once(
                *("goal", "unit", "kind", "indicator", "group", "other_group"),
                "by_period",
                name="a_unit_has_each_target_once",
            ),
            models.CheckConstraint(
                name="a_target_has_a_period", condition=~Q(by_period="")
            ),
            models.CheckConstraint(
                name="a_number_has_an_indicator_and_words_have_three",
                condition=Q(kind__in=NUMBER_KINDS, value__isnull=False)
                & ~Q(indicator="")
                | Q(kind=TargetKind.WORDS.value, value__isnull=True)
                & ~(Q(reached="") | Q(on_the_way="") | Q(not_yet="")),
            ),
            models.CheckConstraint(
                name="a_change_has_a_beginning_and_a_gap_two_groups",
                condition=Q(kind__in=[TargetKind.LEVEL.value, TargetKind.WORDS.value])
                | Q(kind=TargetKind.DEVELOPMENT.value) & ~Q(since_period="")
                | Q(kind=TargetKind.GAP.value)
                & ~(Q(group="") | Q(other_group="") | Q(group=F("other_group"))),
            ),
            ends_after_it_begins("a_target_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator or self.kind}: {self.value or self.reached}"


class CheckIn(models.Model):
    """How it goes with a target, in words, and how sure one is; it stays as it was.

    Others in the line read it when it `is_handed_up`; until then it is the post's own.
    """

    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, related_name="check_ins"
    )
    post = owned_by("check_ins")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State])
    confidence = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in Confidence]
    )
    words = written()
    made_on = models.DateField()
    is_handed_up = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["target", "made_on"])]  # noqa: RUF012

    def __str__(self) -> str:
        return f"{self.target} ({self.made_on})"


class Deviation(Dated):
    """A target that may be missed until a day, for a reason, by the post above.

    `state` and `value` are how it stood when it was accepted. They are a ratchet: the
    chain warns when it gets worse than that, and a renewal never loosens them.
    """

    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, related_name="deviations"
    )
    post = owned_by("accepted_deviations")
    reason = written()
    state = models.CharField(
        max_length=12, blank=True, choices=[(s.value, s.value) for s in State]
    )
    value = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_deviation_has_an_end", condition=Q(valid_to__isnull=False)
            ),
            ends_after_it_begins("a_deviation_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.target} → {self.valid_to}"


class Value(Dated):
    """One of the few values of a municipality, known by its name."""

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="values_held"
    )
    name = written(60)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("municipality", "name", name="a_value_has_a_name_of_its_own"),
            ends_after_it_begins("a_value_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class ValueWords(Dated):
    """What a value means, and at a level of the chain: how it is seen in practice."""

    value = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="words")
    level = models.CharField(
        max_length=20,
        blank=True,
        choices=[(one.value, one.value) for one in LeadershipLevel],
    )
    words = written(300)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            open_once("value", "level", name="a_value_is_seen_one_way_at_a_level"),
            ends_after_it_begins("a_value_wording_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.words
