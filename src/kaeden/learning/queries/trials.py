"""What is counted in a test as runs of days; each docstring ends with its cost."""

from kaeden.engine.trials import Count, Trial, by_week, trial
from kaeden.learning.queries.tests_of_change import SeenMeasure, SeenTest
from kaeden.organisation.models import Unit
from kaeden.publication import queries as publication
from kaeden.publication.errors import NothingReleased
from kaeden.publication.queries import ReleasedFigure


def trial_of(test: SeenTest, measure: SeenMeasure, *, part: int) -> Trial:
    """Return what one unit has counted of a measure (0 queries)."""
    return trial(_counts(measure, {part}), begun_on=test.cycles[0].begun_on)


def trial_of_all(test: SeenTest, measure: SeenMeasure) -> Trial:
    """Return what all units have counted together, week by week (0 queries)."""
    parts = {one.id for one in test.joined}
    weeks = by_week(_counts(measure, parts))
    return trial(weeks, begun_on=test.cycles[0].begun_on)


def kept_back(measure: SeenMeasure) -> int:
    """Return how many days are not shown, for so few were counted (0 queries)."""
    return sum(one.number is None for one in measure.observations)


def figures_of(test: SeenTest) -> dict[tuple[int, str], list[ReleasedFigure]]:
    """Return the released figures of a test's indicators, by house and indicator.

    (At most 3 queries; none for a test that the team counts itself.)
    """
    names = {one.indicator for one in test.measures if one.indicator}
    houses = {one.house_id for one in test.joined}
    if not names:
        return {}
    town = Unit.objects.get(pk=min(houses)).municipality_code
    try:
        release = publication.current_release(town)
    except NothingReleased:
        return {}
    found: dict[tuple[int, str], list[ReleasedFigure]] = {}
    for one in publication.of_units(release.id, houses):
        if one.indicator in names:
            found.setdefault((one.unit.id, one.indicator), []).append(one)
    return found


def _counts(measure: SeenMeasure, parts: set[int]) -> list[Count]:
    return [
        Count(day=one.day, number=one.number, of=one.of)
        for one in measure.observations
        if one.part in parts and one.number is not None
    ]
