"""The pages of a model, and the way to them and between them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.goals.indicators import catalogue
from kaeden.presentation.charts.marks import Crumb, ListItem
from kaeden.presentation.differences.words import Subject, titled
from kaeden.publication.model_queries import ReleasedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPage:
    """One of the pages of a model: its route, its name, and whom it is for.

    `is_told` says whether the model has anything to tell on it.
    """

    route: str
    text: str
    of_units: bool = False
    is_told: bool = True


def pages(subject: Subject | None) -> tuple[ModelPage, ...]:
    """Return the pages of a model in the order that one reads them."""
    has_spread = subject is None or not subject.is_yes_or_no
    has_gradient = subject is None or bool(subject.facts.gradient_of)
    return (
        ModelPage(route="differences", text=_("Where the differences lie")),
        ModelPage(route="for_whom", text=_("For whom?")),
        ModelPage(route="fair", text=_("Raw and fair side by side"), of_units=True),
        ModelPage(
            route="spread",
            text=_("Within each unit"),
            of_units=True,
            is_told=has_spread,
        ),
        ModelPage(
            route="gradient",
            text=_("What background means"),
            of_units=True,
            is_told=has_gradient,
        ),
        ModelPage(route="model_method", text=_("How it is worked out")),
    )


def tabs(
    town: str, name: str, subject: Subject | None, *, reads_units: bool
) -> tuple[ListItem, ...]:
    """Return the pages of a model that a reader may open, as a list of links."""
    return tuple(
        ListItem(text=one.text, href=reverse(f"web:{one.route}", args=[town, name]))
        for one in pages(subject)
        if one.is_told and (reads_units or not one.of_units)
    )


def links(town: str, models: Iterable[ReleasedModel]) -> tuple[ListItem, ...]:
    """Return the way from a place to the pages of models, by what they are of."""
    return tuple(
        ListItem(
            text=titled(one.facts),
            href=reverse("web:differences", args=[town, one.facts.indicator]),
        )
        for one in models
        if one.facts.indicator
    )


def gap_links(town: str, indicators: Iterable[str]) -> tuple[ListItem, ...]:
    """Return the way from a place to the gaps behind its figures, by what they are of."""
    known = catalogue()
    found = (
        ListItem(
            text=str(known[name].title), href=reverse("web:for_whom", args=[town, name])
        )
        for name in indicators
        if name in known
    )
    return tuple(sorted(found, key=lambda one: one.text))


def crumbs(town: str, town_name: str, title: str) -> tuple[Crumb, ...]:
    """Return the way down to a page of a model."""
    return (
        Crumb(text=_("Denmark"), href=reverse("web:denmark")),
        Crumb(text=town_name, href=reverse("web:municipality", args=[town])),
        Crumb(
            text=_("Where do the differences lie?"),
            href=reverse("web:all_differences", args=[town]),
        ),
        Crumb(text=title),
    )
