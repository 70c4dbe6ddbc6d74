"""Read whose turn it is to assess a result; each docstring ends with its cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from kaeden.access.rules import Role
from kaeden.dialogue.models import Assessment
from kaeden.dialogue.rules.assessments import Opening, opening
from kaeden.organisation.models import Holding
from kaeden.publication.models import Release
from kaeden.publication.queries import CurrentRelease, ReleasedFigure
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What is known of some results of a release, to say whose turn it is.

    `led` are the units whose leader's post somebody holds; `written` are the results
    that the leader has assessed, by unit and indicator.
    """

    released: date
    led: frozenset[int]
    written: frozenset[tuple[int, str]]

    def at(self, figure: ReleasedFigure) -> Opening:
        """Whether those above the leader may assess a result today."""
        return opening(
            released=self.released,
            on=today(),
            is_led=figure.unit.id in self.led,
            has_written=(figure.unit.id, figure.indicator) in self.written,
        )


def turns_at(release: Release | CurrentRelease, units: Iterable[int]) -> Turns:
    """Return whose turn it is at some units (2 queries)."""
    ids = set(units)
    words = Assessment.objects.filter(
        release_id=release.id, unit_id__in=ids, post__role=Role.LEADER.value
    )
    written = frozenset(words.values_list("unit_id", "indicator"))
    return turns_after(release, ids, written)


def turns_after(
    release: Release | CurrentRelease,
    units: Iterable[int],
    written: frozenset[tuple[int, str]],
) -> Turns:
    """Return whose turn it is, when it is known what leaders have written (1 query)."""
    held = Holding.objects.at(today()).filter(
        post__unit_id__in=set(units), post__role=Role.LEADER.value
    )
    return Turns(
        released=localdate(release.made_at),
        led=frozenset(held.values_list("post__unit_id", flat=True)),
        written=written,
    )


def newest_of(release_id: int, figure: ReleasedFigure) -> Mapping[int, Assessment]:
    """Return the newest words on a released result, by the post's id (1 query)."""
    rows = Assessment.objects.filter(
        release_id=release_id, unit_id=figure.unit.id, indicator=figure.indicator
    )
    return {one.post_id: one for one in rows.order_by("number")}
