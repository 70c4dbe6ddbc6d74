"""Read what a practice can be expected to give a unit; each docstring says what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may, require
from kaeden.engine.calibration import Calibration, calibrate
from kaeden.engine.effects.values import Refusal, Refused
from kaeden.engine.synthesis import FEWEST, LEVEL, Foretold, foretell
from kaeden.learning.errors import NoSuchForecast
from kaeden.learning.models import Forecast, ForecastOutcome
from kaeden.learning.queries.places import context_of, places_of
from kaeden.learning.queries.practices import (
    AdoptionOf,
    adoptions_in,
    adoptions_of,
    get_practice,
    town_of,
)
from kaeden.learning.rules.forecasts import foretold_in, may_ask_now
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_unit, units_now, within
from kaeden.organisation.rules import INSTITUTIONS
from kaeden.publication.queries import current_release, figures_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happened where something was foretold."""

    gain: float
    low: float
    high: float
    is_inside: bool
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was foretold to a unit when its leader asked, and what happened."""

    told: Foretold
    guess: float | None
    asked_on: date
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a practice can be expected to give a unit.

    Attributes
    ----------
    found : Foretold or Refused
        By the newest figures.
    asked : Asked or None
        The newest that the unit has asked for.
    uses : tuple of AdoptionOf
        Who uses or used it, the first first.
    verdict : Verdict
        Whether the reader may ask for it now.
    release : int
        The release that the newest figures are of.
    """

    unit: Unit
    practice: str
    indicator: str
    found: Foretold | Refused
    asked: Asked | None
    uses: tuple[AdoptionOf, ...]
    verdict: Verdict
    release: int


def ahead(actor: Actor, practice: str, indicator: str, code: str) -> Ahead:
    """Return what a practice can be expected to give a unit (13 queries).

    Raises
    ------
    NoSuchPractice
        If the municipality knows no such practice.
    NoSuchForecast
        If one's post does not reach the unit, or the practice should not move that.
    """
    town = town_of(actor)
    unit = readable_unit(actor, town, code)
    if indicator not in get_practice(practice, town).indicators:
        raise NoSuchForecast(_("The practice is not meant to move that."))
    release = current_release(town.code).id
    uses = adoptions_of(practice, town)
    found = foretold_at(unit, practice, indicator, release)
    asked = newest_asked(unit, practice, indicator)
    own = [one for one in uses if one.unit_id == unit.pk]
    return Ahead(
        unit=unit,
        practice=practice,
        indicator=indicator,
        found=found,
        asked=asked,
        uses=tuple(uses),
        verdict=may(actor, Permission.ASK_FORECAST, at=unit.path)
        and may_ask_now(
            found,
            in_use=any(one.ended is None for one in own),
            asked=_is_the_same(asked, found),
        ),
        release=release,
    )


def _is_the_same(asked: Asked | None, found: Foretold | Refused) -> bool:
    if asked is None or not isinstance(found, Foretold):
        return False
    return asked.told.digest == found.digest


def readable_unit(actor: Actor, town: Unit, code: str) -> Unit:
    """Return an institution whose forecasts one's post reads (1 query).

    Raises
    ------
    NoSuchForecast
        If it is none, or the post does not reach it.
    """
    unit = get_unit(town, code)
    reads = may(actor, Permission.READ_FORECAST, at=unit.path)
    if not reads or unit.kind not in INSTITUTIONS:
        raise NoSuchForecast(_("There is no such place in your line."))
    return unit


def foretold_at(
    unit: Unit, practice: str, indicator: str, release: int
) -> Foretold | Refused:
    """Return what the newest evidence foretells at a unit (5 queries).

    Gains in other municipalities count where they were found in the country's figures.
    """
    places = [
        one
        for one in places_of(practice, indicator, unit.municipality_code)
        if (one.municipality, one.gain.unit) != (unit.municipality_code, unit.code)
    ]
    here = context_of(unit.form, figures_at([release], [unit.pk], indicator))
    return foretell(places, here)


def newest_asked(unit: Unit, practice: str, indicator: str) -> Asked | None:
    """Return the newest forecast that a unit has asked for, if any (1 query)."""
    rows = Forecast.objects.filter(unit=unit, practice=practice, indicator=indicator)
    row = rows.select_related("outcome").order_by("pk").last()
    return None if row is None else _asked(row)


def _asked(row: Forecast) -> Asked:
    return Asked(
        told=foretold_in(row.said),
        guess=row.guess,
        asked_on=row.asked_on,
        outcome=_outcome(getattr(row, "outcome", None)),
    )


def _outcome(row: ForecastOutcome | None) -> Outcome | None:
    if row is None:
        return None
    return Outcome(
        gain=row.gain,
        low=row.low,
        high=row.high,
        is_inside=row.is_inside,
        held_on=row.held_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """An institution below a post, and whether its leader has asked."""

    unit: Unit
    asked_on: date | None
    uses_it: bool


def institutions_below(actor: Actor, practice: str) -> list[Below]:
    """Return the institutions a post reads forecasts of, by name (5 queries).

    Raises
    ------
    Forbidden
        If it reads none.
    NoSuchPractice
        If the municipality knows no such practice.
    """
    require(may(actor, Permission.READ_FORECAST, at=actor.path))
    town = town_of(actor)
    kinds = [one.value for one in get_practice(practice, town).sectors]
    near = Q(path=actor.path) | Q(path__startswith=f"{actor.path}/")
    units = units_now().filter(near, kind__in=kinds).order_by("search_name")
    rows = Forecast.objects.filter(practice=practice, unit__in=units)
    asked = dict(rows.order_by("pk").values_list("unit_id", "asked_on"))
    uses = adoptions_in(town).filter(practice=practice, ended__isnull=True)
    using = set(uses.values_list("unit_id", flat=True))
    return [
        Below(unit=one, asked_on=asked.get(one.pk), uses_it=one.pk in using)
        for one in units
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class HowForecastsHeld:
    """How often forecasts held in a municipality: of one practice, and of all."""

    here: Calibration | Refused
    overall: Calibration | Refused


def how_forecasts_held(actor: Actor, practice: str, town: Unit) -> HowForecastsHeld:
    """Return how often forecasts held, as counts of no single unit (1 query).

    Raises
    ------
    Forbidden
        If one's post reads no practices there.
    """
    require(may(actor, Permission.READ_PRACTICES, at=town.path))
    rows = ForecastOutcome.objects.filter(within(town, "forecast__unit__"))
    found = list(
        rows.values_list("forecast__practice", "forecast__unit_id", "is_inside")
    )
    return HowForecastsHeld(
        here=_held([one for one in found if one[0] == practice]),
        overall=_held(found),
    )


def _held(found: Sequence[tuple[str, int, bool]]) -> Calibration | Refused:
    """Count, where enough units are in it that no one can be told apart."""
    units = {unit for _practice, unit, _inside in found}
    if len(units) < FEWEST:
        return Refused(why=Refusal.TOO_FEW_ADOPTING, number=len(units), needed=FEWEST)
    inside = sum(is_inside for _practice, _unit, is_inside in found)
    return calibrate(inside, len(found), promised=LEVEL)
