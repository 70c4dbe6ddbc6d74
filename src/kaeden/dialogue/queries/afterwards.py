"""Read what numbers did after they were judged; each docstring ends with its cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaeden.access.rules import Actor
from kaeden.dialogue.models import Assessment
from kaeden.dialogue.queries.assessments import (
    WrittenAssessment,
    newest_with_earlier,
    with_words,
)
from kaeden.dialogue.rules.afterwards import Fate, Went, fate_of
from kaeden.goals.indicators import Direction, Indicator, catalogue
from kaeden.publication import queries as publication
from kaeden.publication.queries import ReleasedFigure
from kaeden.publication.since import Moved, moved_between
from kaeden.shared.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class CameAfter:
    """The number as it was judged, the newest one since, and what lies between them."""

    judged: ReleasedFigure
    newest: ReleasedFigure
    moved: Moved
    went: Went
    fate: Fate


def came_after(
    found: Sequence[WrittenAssessment], newest: Sequence[ReleasedFigure]
) -> Mapping[int, CameAfter]:
    """Return what came after assessments, by their id (at most 1 query).

    `newest` are figures of the release that is current. Those without a newer number
    are left out.
    """
    now = {
        (one.unit.id, one.indicator): one
        for one in newest
        if one.is_latest and one.value is not None
    }
    later = [one for one in found if _is_later(now.get((one.unit, one.indicator)), one)]
    if not later:
        return {}
    keys = {one.id: (one.release, one.unit, one.indicator) for one in later}
    judged = publication.latest_in(keys.values())
    return {
        one.id: _between(one, judged[keys[one.id]], now[keys[one.id][1:]])
        for one in later
        if keys[one.id] in judged
    }


def _is_later(now: ReleasedFigure | None, one: WrittenAssessment) -> bool:
    if now is None:
        return False
    return Period.parse(one.period).ends <= Period.parse(now.period).begins


def mine(actor: Actor) -> list[WrittenAssessment]:
    """Return what one's own post has assessed, newest first (1 query)."""
    rows = with_words(Assessment.objects.filter(post_id=actor.post_id or 0))
    return newest_with_earlier(rows.order_by("-made_at", "-number"))


def newest_of(
    actor: Actor, found: Sequence[WrittenAssessment]
) -> tuple[str, Sequence[ReleasedFigure]]:
    """Return the newest figures that assessments of one's town are about (2 queries).

    With the scope of the release that they are in.
    """
    if not found:
        return "", ()
    town = actor.path.split("/")[1]
    release = publication.current_release(town)
    newest = publication.of_units(release.id, {one.unit for one in found})
    return release.scope, newest


def _between(
    one: WrittenAssessment, judged: ReleasedFigure, newest: ReleasedFigure
) -> CameAfter:
    indicator = catalogue()[judged.indicator]
    breaks = {one.between[1] for one in indicator.breaks}
    moved = moved_between(judged, newest, breaks=breaks)
    went = _went(indicator, judged, newest, moved)
    return CameAfter(
        judged=judged,
        newest=newest,
        moved=moved,
        went=went,
        fate=fate_of(one.said, went),
    )


def _went(
    indicator: Indicator, judged: ReleasedFigure, newest: ReleasedFigure, moved: Moved
) -> Went:
    if moved is Moved.WITHIN_CHANCE:
        return Went.NOWHERE
    if moved is not Moved.BEYOND_CHANCE:
        return Went.UNKNOWN
    if not indicator.direction.judges:
        return Went.MOVED
    rose = (newest.value or 0.0) > (judged.value or 0.0)
    is_better = rose is (indicator.direction is Direction.HIGHER)
    return Went.BETTER if is_better else Went.WORSE
