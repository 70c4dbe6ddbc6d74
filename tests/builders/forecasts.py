"""Seven schools that use a practice, and one that asks what it could give them too."""

from datetime import UTC, datetime

from kaeden.access.rules import SYSTEM, Actor
from kaeden.learning.actions.evidence import weigh_all
from kaeden.learning.actions.forecasts import ask, hold_against
from kaeden.learning.models import Forecast, ForecastOutcome
from kaeden.organisation.models import Unit
from kaeden.shared.clock import standing_at
from tests.builders.evidence import ABSENCE, many_schools, released_years
from tests.builders.places import TOWN, unit_at
from tests.builders.practices import TALKS, leader

BEFORE = datetime(2022, 5, 2, 10, tzinfo=UTC)


def tried_by(users: int = 7, *, effect: float = -1.5) -> list[Unit]:
    """Schools from the last one on use it; Nordskolen, the first, does not."""
    schools = many_schools()
    released_years(schools[::-1], users=users, effect=effect)
    weigh_all(unit_at(TOWN), by=SYSTEM)
    return schools


def asked(
    guess: float | None = None, *, by: Actor | None = None, at: datetime = BEFORE
) -> Forecast:
    with standing_at(at):
        return ask(TALKS, ABSENCE, guess, by=by or leader())


def held() -> list[ForecastOutcome]:
    """Weigh anew who uses it now, and hold what was foretold against it."""
    return hold_against(weigh_all(unit_at(TOWN), by=SYSTEM), by=SYSTEM)
