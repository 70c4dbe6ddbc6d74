"""The worked example: the same on real Danish pupils, of schools that nobody can name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.data.contracts import Contract
from kaeden.goals.indicators import Sector
from kaeden.presentation.charts.parts import FigureTable
from kaeden.presentation.differences import fair, gradients, method, shares
from kaeden.presentation.differences.labels import labels_of
from kaeden.presentation.differences.words import Subject, optimum_words
from kaeden.presentation.numbers import Form, number
from kaeden.publication.model_queries import ReleasedFair, ReleasedModel
from kaeden.publication.model_rules import ModelFacts

POINTS = Form(decimals=0)
SHOWN = 20
"""So many schools are drawn, by number; a picture of two hundred can't be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleView:
    """One outcome of the example, with all that the pages of a model show."""

    id: str
    title: str
    differences: shares.DifferencesPage
    fair: fair.FairPage
    gradient: gradients.GradientPage
    shown: str
    optimum: str
    why: str
    caveats: tuple[str, ...]
    coefficients: FigureTable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplePage:
    """What the page shows; without models it has not been worked out here."""

    source: Contract
    views: tuple[ExampleView, ...]


def build(
    models: Sequence[ReleasedModel],
    units: Mapping[int, Sequence[ReleasedFair]],
    source: Contract,
) -> ExamplePage:
    """Return the page; `units` are those of each model."""
    return ExamplePage(
        source=source,
        views=tuple(_view(one.facts, units[one.id]) for one in models),
    )


def _view(facts: ModelFacts, units: Sequence[ReleasedFair]) -> ExampleView:
    labels = labels_of(facts)
    subject = Subject(
        title=labels.title or facts.recipe,
        sector=Sector.SCHOOL,
        form=POINTS,
        facts=facts,
        labels=labels,
    )
    some = sorted(units, key=lambda one: one.code)[:SHOWN]
    return ExampleView(
        id=facts.recipe,
        title=subject.title,
        differences=shares.build(subject),
        fair=fair.build(subject, some, ""),
        gradient=gradients.build(subject, some, ""),
        shown=_("Drawn are %(shown)s of the %(all)s schools, by number.")
        % {"shown": number(len(some)), "all": number(len(units))},
        optimum=optimum_words(facts),
        why=labels.why,
        caveats=labels.caveats,
        coefficients=method.coefficients(subject),
    )
