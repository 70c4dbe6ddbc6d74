"""What a municipality stands for on a day: its vision and its few values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kaeden.goals import starter
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import Value, ValueWords, Vision, VisionWords
from kaeden.goals.rules import LeadershipLevel
from kaeden.organisation.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldVision:
    """What the whole area is for; `is_own` when the municipality wrote it itself.

    One that is not `is_adopted` is the shipped vision, proposed.
    """

    sentence: str
    why: str
    is_own: bool
    is_adopted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldValue:
    """A value, what it means, and how it is seen at the levels where it is written."""

    id: int
    name: str
    meaning: str
    seen: Mapping[LeadershipLevel, str]


def vision_of(municipality: Unit, as_of: date) -> HeldVision:
    """Return the municipality's vision, or the shipped one as a proposal (2 queries)."""
    own: VisionWords | None = (
        VisionWords.objects.at(as_of).filter(vision__municipality=municipality).first()
    )
    if own is not None:
        return HeldVision(
            sentence=own.sentence, why=own.why, is_own=True, is_adopted=True
        )
    shipped = starter.vision()
    return HeldVision(
        sentence=str(shipped.sentence),
        why=str(shipped.why),
        is_own=False,
        is_adopted=Vision.objects.at(as_of).filter(municipality=municipality).exists(),
    )


def values_of(municipality: Unit, as_of: date) -> list[HeldValue]:
    """Return the municipality's values in the order they were taken (2 queries)."""
    rows = Value.objects.at(as_of).filter(municipality=municipality)
    words: dict[int, dict[str, str]] = {}
    for one in ValueWords.objects.at(as_of).filter(value__municipality=municipality):
        words.setdefault(one.value_id, {})[one.level] = one.words
    return [
        HeldValue(
            id=one.pk,
            name=one.name,
            meaning=words.get(one.pk, {}).get("", ""),
            seen={
                level: said
                for level in LeadershipLevel
                if (said := words.get(one.pk, {}).get(level.value, ""))
            },
        )
        for one in rows.order_by("valid_from", "pk")
    ]


def get_value(municipality: Unit, pk: int) -> Value:
    """Return the row of a value of today, for an action (1 query).

    Raises
    ------
    NoSuchGoal
        If the municipality has no such value.
    """
    held = Value.objects.filter(municipality=municipality, valid_to__isnull=True)
    found: Value | None = held.filter(pk=pk).select_related("municipality").first()
    if found is None:
        raise NoSuchGoal(_("There is no such value here."))
    return found
