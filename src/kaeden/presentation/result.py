"""The page of one result: the card, where it belongs, what it is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Indicator
from kaeden.presentation import cards
from kaeden.presentation.cards import Card
from kaeden.presentation.charts.curve_marks import CurveMark
from kaeden.presentation.charts.marks import Crumb
from kaeden.presentation.figures import unit_name
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """What the page shows."""

    unit: str
    code: str
    indicator: Indicator
    card: Card | None
    crumbs: tuple[Crumb, ...]


def build(
    indicator: Indicator,
    figure: ReleasedFigure,
    figures: Sequence[ReleasedFigure],
    release: CurrentRelease,
    marks: Sequence[CurveMark] = (),
) -> ResultPage:
    """Return the page of one figure with its whole series, and marks on its curve."""
    series = cards.by_indicator(figures)[indicator.id]
    code = figure.unit.code
    is_town = figure.unit.municipality_code == code
    place = "municipality" if is_town else "institution"
    return ResultPage(
        unit=unit_name(figure.unit),
        code=code,
        indicator=indicator,
        card=cards.build(indicator, series, release=release, marks=marks),
        crumbs=(
            Crumb(text=_("My desk"), href=reverse("web:desk")),
            Crumb(
                text=unit_name(figure.unit),
                href=reverse(f"web:{place}", kwargs={"code": code}),
            ),
            Crumb(text=str(indicator.title)),
        ),
    )
