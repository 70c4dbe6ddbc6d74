"""What a place in a table holds: a number, or the reason why there is none."""

from enum import StrEnum


class ValueStatus(StrEnum):
    """A value is never just blank."""

    VALUE = "value"
    ZERO = "zero"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    HIDDEN = "hidden"

    @property
    def has_number(self) -> bool:
        """Whether there is a number to show or to calculate with."""
        return self in {ValueStatus.VALUE, ValueStatus.ZERO}
