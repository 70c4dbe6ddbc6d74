"""One form for each kind of step in a draft, built from a table of what it asks."""

import itertools
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.organisation.chain import Chain
from kaeden.organisation.drafts import STEPS
from kaeden.organisation.rules import (
    DEGREE_NAMES,
    LEADING,
    POST_NAMES,
    TASK_NAMES,
    Kind,
)
from kaeden.organisation.steps.shape import Step
from kaeden.presentation.unit import KIND_NAMES
from kaeden.shared.errors import BadInput
from kaeden.shared.words import slug

CODE = re.compile(r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z")
Field: TypeAlias = Callable[[Chain, str], forms.Field]


def _units(chain: Chain, *, empty: str) -> list[tuple[str, str]]:
    """Return the units as choices, each set in below the one above it."""
    depth = {"": -1}
    found = [("", empty)]
    for unit in _line_order(chain):
        depth[unit] = depth[chain.unit[unit].parent] + 1
        found.append((unit, "· " * depth[unit] + chain.unit[unit].full_name))
    return found


def _line_order(chain: Chain) -> list[str]:
    return [unit.code for unit in chain.down(chain.municipality)]


def a_unit(chain: Chain, label: str) -> forms.Field:
    """Return the choice of a unit."""
    return forms.ChoiceField(label=label, choices=_units(chain, empty="–"))


def a_unit_or_none(chain: Chain, label: str) -> forms.Field:
    """Return the choice of a unit that may be left open."""
    choices = _units(chain, empty=_("none"))
    return forms.ChoiceField(label=label, choices=choices, required=False)


def a_post(chain: Chain, label: str) -> forms.Field:
    """Return the choice of a post."""
    posts = [(post.key, chain.post_name(post.key)) for post in chain.posts]
    return forms.ChoiceField(label=label, choices=[("", "–"), *posts])


def a_name(_chain: Chain, label: str) -> forms.Field:
    """Return a name to write."""
    return forms.CharField(label=label, max_length=120)


def a_code(_chain: Chain, label: str) -> forms.Field:
    """Return a code to write; left open, one is made of the name."""
    return forms.RegexField(
        CODE,
        label=label,
        max_length=20,
        required=False,
        error_messages={
            "invalid": _("Write letters a–z, digits, and . _ - without blanks.")
        },
    )


def a_number(_chain: Chain, label: str) -> forms.Field:
    """Return a number of staff to write."""
    return forms.IntegerField(label=label, min_value=0, max_value=30_000)


def a_number_or_none(_chain: Chain, label: str) -> forms.Field:
    """Return a number of staff to write, or to leave open."""
    return forms.IntegerField(
        label=label, min_value=0, max_value=30_000, required=False
    )


def one_of(choices: Mapping[Any, str | Promise]) -> Field:
    """Return a field that chooses among known values."""

    def field(_chain: Chain, label: str) -> forms.Field:
        return forms.ChoiceField(
            label=label, choices=[(str(key), name) for key, name in choices.items()]
        )

    return field


UNIT_KINDS = {
    kind: name
    for kind, name in KIND_NAMES.items()
    if kind not in {Kind.COUNTRY, Kind.MUNICIPALITY}
}
ROLES = {role: name for role, name in POST_NAMES.items() if role in {*LEADING, "team"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a kind of step asks: its address, its title, and its fields in order."""

    slug: str
    title: str | Promise
    fields: Mapping[str, tuple[Field, str | Promise]]


UNIT, POST = gettext_lazy("Unit"), gettext_lazy("Post")
ASKED: Mapping[str, Asked] = {
    "move_unit": Asked(
        slug="flyt-enhed",
        title=gettext_lazy("Move a unit"),
        fields={
            "unit": (a_unit, UNIT),
            "to": (a_unit, gettext_lazy("To lie under")),
        },
    ),
    "merge_units": Asked(
        slug="laeg-sammen",
        title=gettext_lazy("Merge two units"),
        fields={
            "unit": (a_unit, gettext_lazy("The first unit; its leader goes on")),
            "other": (a_unit, gettext_lazy("The other unit")),
            "name": (a_name, gettext_lazy("What they are called together")),
            "code": (
                a_code,
                gettext_lazy("A new institution number; without it the first goes on"),
            ),
        },
    ),
    "split_unit": Asked(
        slug="del",
        title=gettext_lazy("Split a unit"),
        fields={
            "unit": (a_unit, UNIT),
            "name": (a_name, gettext_lazy("What the first is called")),
            "code": (a_code, gettext_lazy("The first one's institution number")),
            "other_name": (a_name, gettext_lazy("What the other is called")),
            "other_code": (a_code, gettext_lazy("The other one's institution number")),
        },
    ),
    "open_unit": Asked(
        slug="aabn-enhed",
        title=gettext_lazy("Open a unit"),
        fields={
            "name": (a_name, gettext_lazy("What it is called")),
            "code": (a_code, gettext_lazy("Its institution number, if it has one")),
            "unit_kind": (one_of(UNIT_KINDS), gettext_lazy("What it is")),
            "to": (a_unit, gettext_lazy("To lie under")),
        },
    ),
    "close_unit": Asked(
        slug="luk-enhed",
        title=gettext_lazy("Close a unit"),
        fields={
            "unit": (a_unit, UNIT),
            "by": (a_unit_or_none, gettext_lazy("Who carries it on")),
        },
    ),
    "rename_unit": Asked(
        slug="omdoeb",
        title=gettext_lazy("Rename a unit"),
        fields={
            "unit": (a_unit, UNIT),
            "name": (a_name, gettext_lazy("What it is called")),
        },
    ),
    "cluster_unit": Asked(
        slug="klynge",
        title=gettext_lazy("Put a unit in a cluster"),
        fields={
            "unit": (a_unit, UNIT),
            "cluster": (a_unit_or_none, gettext_lazy("Cluster")),
        },
    ),
    "move_post": Asked(
        slug="flyt-stilling",
        title=gettext_lazy("Let a post answer to another"),
        fields={
            "post": (a_post, POST),
            "to": (a_post, gettext_lazy("To answer to")),
        },
    ),
    "seat_post": Asked(
        slug="plads",
        title=gettext_lazy("Give a post its seat at another unit"),
        fields={"post": (a_post, POST), "unit": (a_unit, UNIT)},
    ),
    "open_post": Asked(
        slug="ny-stilling",
        title=gettext_lazy("Open a post"),
        fields={
            "title": (a_name, gettext_lazy("What it is called")),
            "role": (one_of(ROLES), gettext_lazy("What kind of post it is")),
            "unit": (a_unit, UNIT),
            "to": (a_post, gettext_lazy("To answer to")),
            "staff": (a_number_or_none, gettext_lazy("Employees it leads directly")),
        },
    ),
    "close_post": Asked(
        slug="nedlaeg-stilling",
        title=gettext_lazy("Close a post"),
        fields={"post": (a_post, POST)},
    ),
    "set_staff": Asked(
        slug="medarbejdere",
        title=gettext_lazy("Change how many a post leads"),
        fields={
            "post": (a_post, POST),
            "staff": (a_number, gettext_lazy("Employees it leads directly")),
        },
    ),
    "set_task": Asked(
        slug="opgave",
        title=gettext_lazy("Change a post's part in a task"),
        fields={
            "post": (a_post, POST),
            "task": (one_of(TASK_NAMES), gettext_lazy("Task")),
            "degree": (one_of(DEGREE_NAMES), gettext_lazy("The post's part")),
        },
    ),
}
"""What is asked for each kind in `drafts.STEPS`."""
BY_SLUG = {asked.slug: kind for kind, asked in ASKED.items()}


class StepForm(forms.Form):
    """What a kind of step asks, with the units and posts of a chain to choose from."""

    def __init__(self, *args: Any, kind: str, chain: Chain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.chain = kind, chain
        for name, (field, label) in ASKED[kind].fields.items():
            self.fields[name] = field(chain, str(label))

    @property
    def title(self) -> str | Promise:
        """What the step does."""
        return ASKED[self.kind].title

    @property
    def slug(self) -> str:
        """The step's address."""
        return ASKED[self.kind].slug

    def clean(self) -> dict[str, Any]:
        """Refuse a step that can't be taken, with its own sentence."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.step().apply(self.chain)
            except BadInput as error:
                self.add_error(None, str(error.message))
        return given

    def step(self) -> Step:
        """Return the step that was asked for."""
        given = dict(self.cleaned_data)
        taken = {*self.chain.unit, *self.chain.carried_on}
        if self.kind == "merge_units":
            given["code"] = given["code"] or given["unit"]
        for code, name in (("code", "name"), ("other_code", "other_name")):
            if code in given:
                given[code] = given[code] or made_of(given[name], taken)
                taken.add(given[code])
        if self.kind == "open_post":
            given["key"] = made_of(given["title"], self.chain.post)
        return STEPS[self.kind](**given)


def made_of(name: str, taken: Container[str]) -> str:
    """Return a code that nothing has yet, made of a name.

    >>> made_of("Klynge Øst", {"klynge-oest"})
    'klynge-oest-2'
    """
    code = slug(name)[:16].strip("-") or "ny"
    numbered = (f"{code}-{number}" for number in itertools.count(2))
    return code if code not in taken else next(c for c in numbered if c not in taken)
