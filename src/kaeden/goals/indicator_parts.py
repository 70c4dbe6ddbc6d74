"""The words and parts that an indicator file is made of."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationInfo,
    field_validator,
)

from kaeden.shared.errors import BadInput
from kaeden.shared.periods import Period
from kaeden.shared.text import Text

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

Value = TypeVar("Value")


class Sector(StrEnum):
    """The three pillars of the children-and-youth area."""

    SCHOOL = "school"
    DAYCARE = "daycare"
    SOCIAL = "social"


class Theme(StrEnum):
    """The side of the core task that an indicator is about."""

    LEARNING = "learning"
    WELLBEING = "wellbeing"
    ABSENCE = "absence"
    COMPETENCE = "competence"
    TRANSITION = "transition"
    STAFFING = "staffing"
    STAFF_EDUCATION = "staff_education"
    NOTIFICATIONS = "notifications"


class Direction(StrEnum):
    """Which way is better, if either is."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_JUDGEMENT = "no_judgement"

    @property
    def judges(self) -> bool:
        """Whether one way is better than the other."""
        return self is not Direction.NO_JUDGEMENT


class Level(StrEnum):
    """The lowest level that there are figures for."""

    INSTITUTION = "institution"
    MUNICIPALITY = "municipality"


class Unit(StrEnum):
    """What one of the figure is."""

    PERCENT = "percent"
    MARK = "mark"
    SCORE = "score"
    CHILDREN_PER_ADULT = "children_per_adult"
    PUPILS_PER_TEACHER = "pupils_per_teacher"
    PER_1000 = "per_1000"
    DAYS = "days"
    VERDICT = "verdict"


class WordingKind(StrEnum):
    """How the figure is said in natural units."""

    AWAY_ON_A_DAY = "away_on_a_day"
    PER_100 = "per_100"
    PER_1000 = "per_1000"
    SCALE = "scale"
    RATIO = "ratio"
    MARK = "mark"
    VERDICT = "verdict"


class Comparison(StrEnum):
    """Whom a unit is compared with."""

    NEIGHBOURS = "neighbours"
    NONE = "none"


class DisclosureClass(StrEnum):
    """How sensitive: register outcomes, survey answers, social cases."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"


class Status(StrEnum):
    """Where the file is in its life."""

    PUBLISHED = "published"
    IN_DEVELOPMENT = "in_development"
    ARCHIVED = "archived"


POLARITY: Mapping[Direction, tuple[str, str]] = MappingProxyType(
    {
        Direction.HIGHER: ("højere er bedre", "higher is better"),
        Direction.LOWER: ("lavere er bedre", "lower is better"),
        Direction.NO_JUDGEMENT: ("ingen vurdering", "no judgement"),
    }
)
"""The words that an axis title must hold, in Danish and English."""


def kept(value: Value, *, if_: bool, else_: str) -> Value:
    """Return the value of a field, or refuse it with that sentence."""
    if not if_:
        raise ValueError(else_)
    return value


def _a_slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError(
            _("“%(text)s” must be small letters a–z, digits and hyphens.")
            % {"text": text}
        )
    return text


def _a_period(text: str) -> str:
    try:
        return str(Period.parse(text))
    except BadInput as error:
        raise ValueError(str(error.message)) from error


Slug = Annotated[str, AfterValidator(_a_slug)]
PeriodText = Annotated[str, AfterValidator(_a_period)]


class Part(BaseModel):
    """A part of a reviewed file: frozen, and without unknown fields."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
        validate_default=True,
    )


class Measure(Part):
    """Where the figure is: a source's contract, a measure, and its breakdown."""

    source: str = Field(min_length=1)
    name: str = Field(min_length=1)
    breakdown: str = ""


class Size(Part):
    """Where the number of children behind each figure comes from."""

    source: str = Field(min_length=1)
    name: str = Field(min_length=1)
    share: FiniteFloat = Field(gt=0, le=1)
    why: Text

    @property
    def is_approximate(self) -> bool:
        """Whether the number is a share of another number."""
        return self.share < 1


class KnownVariance(Part):
    """The variance among children within a unit is known from elsewhere."""

    kind: Literal["known"]
    value: FiniteFloat = Field(gt=0)
    why: Text
    reference: str = Field(min_length=1)


class SharesVariance(Part):
    """The shares of the total variation that lie between units and between groups."""

    kind: Literal["shares"]
    unit_share: FiniteFloat = Field(gt=0, lt=1)
    group_share: FiniteFloat = Field(ge=0, lt=1)
    why: Text
    reference: str = Field(min_length=1)


class BinomialVariance(Part):
    """Each child counts in or not, so the share itself tells the variance."""

    kind: Literal["binomial"]


class UnknownVariance(Part):
    """Nobody has published the variance; it must be judged from the spread."""

    kind: Literal["unknown"]
    why: Text


WithinVariance = Annotated[
    KnownVariance | SharesVariance | BinomialVariance | UnknownVariance,
    Field(discriminator="kind"),
]


class Plausible(Part):
    """The range that real figures lie in; outside it, the data are asked about."""

    lowest: FiniteFloat
    highest: FiniteFloat

    @field_validator("highest")
    @classmethod
    def _above_lowest(cls, highest: float, info: ValidationInfo) -> float:
        lowest = info.data.get("lowest", highest - 1)
        return kept(highest, if_=lowest < highest, else_=_("must be above “lowest”."))


def _places(says: Text) -> set[str]:
    """Return the names in braces that both languages share; empty if they differ."""
    da, en = (set(re.findall(r"{(.*?)}", text)) for text in (says.da, says.en))
    return da if da == en else set()


class Wording(Part):
    """How presentation says the figure.

    `noun` is a plural, such as pupils. `says` is the finding as a sentence around
    ``{value}``; `says_children`, where the number of children is exact, a sentence
    around ``{count}`` and ``{n}``.
    """

    kind: WordingKind
    noun: Text
    says: Text
    says_children: Text | None = None
    scale_low: FiniteFloat | None = None
    scale_high: FiniteFloat | None = None

    @field_validator("says")
    @classmethod
    def _says_a_value(cls, says: Text) -> Text:
        return kept(
            says,
            if_=_places(says) == {"value"},
            else_=_("the sentence must hold {value} once, and no other braces."),
        )

    @field_validator("says_children")
    @classmethod
    def _says_children(cls, says: Text | None) -> Text | None:
        return kept(
            says,
            if_=says is None or _places(says) == {"count", "n"},
            else_=_("the sentence must hold {count} and {n}, and no other braces."),
        )

    @field_validator("scale_high")
    @classmethod
    def _scale_has_both_ends(
        cls, high: float | None, info: ValidationInfo
    ) -> float | None:
        low, kind = info.data.get("scale_low"), info.data.get("kind")
        has_ends = low is not None and high is not None and low < high
        has_none = low is None and high is None
        fits = has_ends if kind is WordingKind.SCALE else has_none
        why = _("a scale needs scale_low and scale_high; other wordings have neither.")
        return kept(high, if_=fits, else_=why)


class Break(Part):
    """Two neighbouring periods whose figures can't be compared, and why."""

    between: tuple[PeriodText, PeriodText]
    why: Text

    @property
    def periods(self) -> tuple[Period, Period]:
        """The last period before the break, and the first after it."""
        return Period.parse(self.between[0]), Period.parse(self.between[1])
