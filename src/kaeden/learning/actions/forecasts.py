"""Ask for a forecast, and hold it against what happened: each verb once."""

from collections.abc import Iterable
from dataclasses import asdict
from math import isfinite

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.engine.synthesis import Foretold, is_measured
from kaeden.learning.models import Adoption, Evidence, Forecast, ForecastOutcome
from kaeden.learning.queries.forecasts import ahead
from kaeden.learning.queries.places import gains_in
from kaeden.learning.rules.forecasts import (
    Held,
    Use,
    foretold_in,
    hold,
    is_used_long_enough,
    said_of,
)
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_unit_at, within
from kaeden.publication.queries import figures_at
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.periods import Period


@transaction.atomic
def ask(
    practice: str, indicator: str, guess: float | None = None, *, by: Actor
) -> Forecast:
    """Ask what a practice can be expected to give one's unit, before it is begun.

    `guess` is what one expects oneself, written before the forecast is seen.

    Raises
    ------
    Forbidden
        If `by`'s post leads no institution.
    NoSuchPractice, NoSuchForecast
        If the municipality knows no such practice, or it should not move that.
    BadInput
        If the guess is no number.
    Refused
        If the practice is in use, too few have tried it, or the same was asked before.
    """
    require(may(by, Permission.ASK_FORECAST, at=by.path))
    if guess is not None and not isfinite(guess):
        raise BadInput(_("Write your guess as a number, or leave it out."))
    unit = get_unit_at(by.path)
    wait_for_turn(f"forecasts {unit.pk}")
    now = ahead(by, practice, indicator, unit.code)
    require(now.verdict, otherwise=Refused)
    assert isinstance(now.found, Foretold), "a refusal can't be asked for"
    assert by.post_id is not None, "who leads holds a post"
    made = Forecast.objects.create(
        practice=practice,
        indicator=indicator,
        unit=unit,
        release_id=now.release,
        method=now.found.method,
        digest=now.found.digest,
        said=said_of(now.found),
        guess=guess,
        asked_on=today(),
        post_id=by.post_id,
    )
    record(Event.Kind.FORECAST_ASKED, by=by, about=made)
    return made


@transaction.atomic
def hold_forecasts(town: Unit, *, by: Actor) -> list[ForecastOutcome]:
    """Hold a municipality's forecasts against the newest evidence, each of them once.

    Of what a unit asked for before it began, the newest counts. It is held when the
    practice has been used for a year, and the unit's gain can be seen.

    Raises
    ------
    Forbidden
        If `by` may not release results there.
    """
    require(may(by, Permission.RELEASE_RESULTS, at=town.path))
    weighed = {
        (one.practice, one.indicator): one
        for one in Evidence.objects.filter(municipality=town).order_by("pk")
    }
    made: dict[tuple[int, str, str], ForecastOutcome] = {}
    for one in _waiting(town):
        known = weighed.get((one.practice, one.indicator))
        thing = (one.unit_id, one.practice, one.indicator)
        found = _held(one, known) if known and thing not in made else None
        if known and found:
            made[thing] = _keep(one, known, found, by)
    return list(made.values())


def hold_against(weighed: Iterable[Evidence], *, by: Actor) -> list[ForecastOutcome]:
    """Hold what was foretold in the municipalities of some new evidence.

    Raises
    ------
    Forbidden
        As `hold_forecasts`.
    """
    towns = {one.municipality_id: one.municipality for one in weighed}
    return [
        one
        for _pk, town in sorted(towns.items())
        for one in hold_forecasts(town, by=by)
    ]


def _waiting(town: Unit) -> list[Forecast]:
    """Return what was foretold and nothing is held against, the newest first (1 query)."""
    same = Forecast.objects.filter(
        unit=OuterRef("unit"),
        practice=OuterRef("practice"),
        indicator=OuterRef("indicator"),
        outcome__isnull=False,
    )
    rows = Forecast.objects.filter(within(town, "unit__")).exclude(Exists(same))
    return list(rows.select_related("unit").order_by("-pk"))


def _held(one: Forecast, known: Evidence) -> Held | None:
    """Return what happened where something was foretold, when it can be seen (2 queries)."""
    gain = next((g for g in gains_in(known) if g.unit == one.unit.code), None)
    if gain is None or not is_measured(gain):
        return None
    figures = figures_at([known.release_id], [one.unit_id], one.indicator)
    uses = Adoption.objects.filter(unit=one.unit_id, practice=one.practice)
    is_ripe = is_used_long_enough(
        [Use(started=use.started, ended=use.ended) for use in uses],
        asked_on=one.asked_on,
        until=Period.parse(figures[-1].period).ends,
    )
    return hold(foretold_in(one.said), gain) if is_ripe else None


def _keep(one: Forecast, known: Evidence, found: Held, by: Actor) -> ForecastOutcome:
    made = ForecastOutcome.objects.create(
        forecast=one,
        release_id=known.release_id,
        method=known.method,
        digest=known.digest,
        held_on=today(),
        **asdict(found),
    )
    record(Event.Kind.FORECAST_HELD, by=by, about=made)
    return made
