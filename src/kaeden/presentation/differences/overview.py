"""A municipality's models as a list, each with where its differences lie."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from kaeden.goals.indicators import catalogue
from kaeden.presentation.differences.labels import labels_of
from kaeden.presentation.differences.shares import why_none
from kaeden.presentation.differences.words import share_sentence, subject_of
from kaeden.publication.model_queries import ReleasedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLine:
    """One model in the list."""

    indicator: str
    title: str
    period: str
    sentence: str
    href: str


def lines(town: str, models: Iterable[ReleasedModel]) -> tuple[ModelLine, ...]:
    """Return the models of indicators, in the catalogue's order."""
    order = list(catalogue())
    own = [one for one in models if one.facts.indicator in order]
    own.sort(key=lambda one: order.index(one.facts.indicator))
    return tuple(_line(town, one) for one in own)


def _line(town: str, model: ReleasedModel) -> ModelLine:
    name = model.facts.indicator
    subject = subject_of(catalogue()[name], model.facts, labels_of(model.facts))
    return ModelLine(
        indicator=name,
        title=subject.title,
        period=model.facts.period,
        sentence=why_none(subject) or share_sentence(subject),
        href=reverse("web:differences", args=[town, name]),
    )
