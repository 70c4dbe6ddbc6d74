"""What an indicator file must hold, and the catalogue of them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import Field, ValidationInfo, field_validator

from kaeden.goals.indicator_parts import (
    POLARITY,
    BinomialVariance,
    Break,
    Comparison,
    Direction,
    DisclosureClass,
    KnownVariance,
    Level,
    Measure,
    Part,
    Plausible,
    Sector,
    SharesVariance,
    Size,
    Slug,
    Status,
    Theme,
    Unit,
    UnknownVariance,
    WithinVariance,
    Wording,
    WordingKind,
    kept,
)
from kaeden.shared.errors import BadInput
from kaeden.shared.files import Reading, read, refusal
from kaeden.shared.text import Text

__all__ = [
    "BinomialVariance",
    "Break",
    "Comparison",
    "Direction",
    "DisclosureClass",
    "Indicator",
    "KnownVariance",
    "Level",
    "Measure",
    "Plausible",
    "Sector",
    "SharesVariance",
    "Size",
    "Status",
    "Theme",
    "Unit",
    "UnknownVariance",
    "WithinVariance",
    "Wording",
    "WordingKind",
    "catalogue",
    "inspect",
    "load",
    "read_folders",
]

SHIPPED = Path(__file__).parent / "catalogue" / "indicators"
FEWEST_IN_SOCIAL_CASES = 10


class Indicator(Part):
    """One reviewed file: what is measured, why, for whom, and what it can't bear."""

    id: Slug
    title: Text
    question: Text
    sector: Sector
    theme: Theme
    why: Text
    numerator: Text | None = None
    denominator: Text | None = None
    population: Text
    direction: Direction
    level: Level
    measure: Measure
    size: Size | None = None
    within_variance: WithinVariance | None = None
    series: bool
    unit: Unit
    decimals: int = Field(ge=0, le=3)
    plausible: Plausible | None = None
    wording: Wording
    axis: Text
    comparison: Comparison
    adjustment: Text
    breaks: tuple[Break, ...] = ()
    selected_group: Text | None = None
    caveats: tuple[Text, ...] = Field(min_length=1)
    misuse: Text
    disclosure_class: DisclosureClass
    minimum_group: int = Field(ge=5)
    good_looks_like: Text | None = None
    owner: Text
    author_post: Text | None = None
    checker_post: Text | None = None
    reviewed: date
    review_due: date
    status: Status

    def review_is_overdue(self, on: date) -> bool:
        """Whether the review was due before that day."""
        return self.review_due < on

    # Each rule hangs on the last of the fields it reads, and passes when an earlier
    # one is already refused: so a file gets all its problems told at once.

    @field_validator("denominator")
    @classmethod
    def _both_or_none(cls, value: Text | None, info: ValidationInfo) -> Text | None:
        fits = "numerator" not in info.data or (
            (value is None) is (info.data["numerator"] is None)
        )
        why = _("numerator and denominator must both be there, or neither.")
        return kept(value, if_=fits, else_=why)

    @field_validator("within_variance")
    @classmethod
    def _variance_needs_size(cls, value: Any, info: ValidationInfo) -> Any:
        fits = value is None or info.data.get("size", value) is not None
        why = _("can't be used without “size”: how many children are behind?")
        return kept(value, if_=fits, else_=why)

    @field_validator("unit")
    @classmethod
    def _unit_fits(cls, unit: Unit, info: ValidationInfo) -> Unit:
        is_share = unit in {Unit.PERCENT, Unit.PER_1000}
        is_told = info.data.get("numerator") is not None
        told = _("a share needs numerator and denominator in words.")
        kept(unit, if_=not is_share or is_told, else_=told)
        binomial = isinstance(info.data.get("within_variance"), BinomialVariance)
        why = _("only percentages can have the variance kind “binomial”.")
        return kept(unit, if_=unit is Unit.PERCENT or not binomial, else_=why)

    @field_validator("plausible")
    @classmethod
    def _numbers_have_a_range(
        cls, value: Plausible | None, info: ValidationInfo
    ) -> Plausible | None:
        is_verdict = info.data.get("unit") is Unit.VERDICT
        fits = "unit" not in info.data or (value is None) is is_verdict
        return kept(
            value, if_=fits, else_=_("every unit but verdict needs lowest and highest.")
        )

    @field_validator("axis")
    @classmethod
    def _axis_tells_the_direction(cls, axis: Text, info: ValidationInfo) -> Text:
        da, en = POLARITY.get(info.data.get("direction", ""), ("", ""))
        why = _("must hold the words “%(da)s” (da) and “%(en)s” (en).")
        return kept(
            axis, if_=da in axis.da and en in axis.en, else_=why % {"da": da, "en": en}
        )

    @field_validator("breaks")
    @classmethod
    def _breaks_need_a_series(
        cls, breaks: tuple[Break, ...], info: ValidationInfo
    ) -> tuple[Break, ...]:
        fits = not breaks or info.data.get("series", True)
        return kept(breaks, if_=fits, else_=_("can't be there when “series” is false."))

    @field_validator("disclosure_class")
    @classmethod
    def _social_cases_are_s3(
        cls, value: DisclosureClass, info: ValidationInfo
    ) -> DisclosureClass:
        theme = info.data.get("theme")
        is_s3 = value is DisclosureClass.S3
        kept(
            value,
            if_=theme is not Theme.NOTIFICATIONS or is_s3,
            else_=_("notifications must be in class S3."),
        )
        fits = theme is not Theme.WELLBEING or value is not DisclosureClass.S1
        return kept(
            value, if_=fits, else_=_("survey answers must be in class S2 or S3.")
        )

    @field_validator("minimum_group")
    @classmethod
    def _social_cases_are_ten(cls, value: int, info: ValidationInfo) -> int:
        is_s3 = info.data.get("disclosure_class") is DisclosureClass.S3
        fits = not is_s3 or value >= FEWEST_IN_SOCIAL_CASES
        return kept(value, if_=fits, else_=_("must be at least 10 in class S3."))

    @field_validator("review_due")
    @classmethod
    def _due_after_reviewed(cls, due: date, info: ValidationInfo) -> date:
        reviewed = info.data.get("reviewed", date.min)
        return kept(due, if_=due > reviewed, else_=_("must be after “reviewed”."))

    def sort_key(self) -> tuple[int, int, str]:
        """Order by sector, theme and Danish title, as the catalogue does."""
        sector, theme = list(Sector).index(self.sector), list(Theme).index(self.theme)
        return sector, theme, self.title.da


def load(path: Path) -> Indicator:
    """Read one file.

    Raises
    ------
    BadInput
        If anything is wrong with it; the message has a sentence for each problem.
    """
    reading = inspect(path)
    if reading.thing is None or reading.problems:
        raise refusal(path, reading.problems)
    return reading.thing


def inspect(path: Path) -> Reading[Indicator]:
    """Return the indicator, or every problem, without raising."""
    reading = read(path, Indicator)
    if reading.thing is None or reading.thing.id == path.stem:
        return reading
    why = _("id: says “%(id)s”, but the file is called %(file)s. Let them be the same.")
    values = {"id": reading.thing.id, "file": path.name}
    return Reading(thing=reading.thing, problems=(why % values,))


def read_folders(*folders: Path) -> Mapping[str, Indicator]:
    """Return every indicator in the folders by id, by sector, theme and title.

    Raises
    ------
    BadInput
        If a folder is missing, a file is wrong, or two files have the same id.
    """
    found: dict[str, Indicator] = {}
    for path in (path for folder in folders for path in _files(folder)):
        indicator = load(path)
        if indicator.id in found:
            raise BadInput(
                _("%(path)s has the id of another indicator. Give it its own.")
                % {"path": path}
            )
        found[indicator.id] = indicator
    ordered = sorted(found.values(), key=Indicator.sort_key)
    return MappingProxyType({indicator.id: indicator for indicator in ordered})


def catalogue() -> Mapping[str, Indicator]:
    """Return the shipped indicators and the municipality's own; read once."""
    own = getattr(settings, "KAEDEN_INDICATORS", None)
    return _read_once(*[SHIPPED, *([own] if own else [])])


_read_once = lru_cache(maxsize=4)(read_folders)


def published() -> Mapping[str, Indicator]:
    """Return the indicators that have figures: not those in development."""
    return {
        name: one for name, one in catalogue().items() if one.status is Status.PUBLISHED
    }


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BadInput(
            _("There is no folder %(folder)s. Check KAEDEN_INDICATORS.")
            % {"folder": folder}
        )
    return sorted(folder.glob("*.yaml"))
