"""Who has lifted themselves: a change for the better that chance hardly explains. Pure."""

from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict
from kaeden.goals.indicators import Direction

LONGEST = 600


def has_lifted(
    direction: Direction, moved: int | None, *, preliminary: bool | None
) -> bool:
    """Whether a development goes the better way, and is more than preliminary.

    `moved` is −1, 0 or 1, as the engine found it over the years without a break.
    """
    if not direction.judges or not moved or preliminary is not False:
        return False
    return (moved > 0) is (direction is Direction.HIGHER)


def may_tell(*, lifted: bool) -> Verdict:
    """Judge whether there is anything to tell: only of what has lifted."""
    if lifted:
        return YES
    return Verdict(
        allowed=False,
        why_not=_("This result has not become better by more than chance explains."),
    )
