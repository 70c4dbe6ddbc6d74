"""When somebody may get the week's e-mail. Pure."""

from datetime import date, timedelta
from enum import StrEnum

APART = timedelta(days=7)


class Told(StrEnum):
    """What becomes of somebody for whom something waits."""

    TO_TELL = "to_tell"
    TOLD_LATELY = "told_lately"
    DECLINED = "declined"
    WITHOUT_ADDRESS = "without_address"


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def is_recent(told_on: date | None, *, on: date) -> bool:
    """Whether it is less than a week since somebody was told."""
    return told_on is not None and told_on > on - APART


def judge(*, wants: bool, address: str, told_on: date | None, on: date) -> Told:
    """Judge whether somebody is to be told on a day, and if not, why not."""
    if not wants:
        return Told.DECLINED
    if not address:
        return Told.WITHOUT_ADDRESS
    return Told.TOLD_LATELY if is_recent(told_on, on=on) else Told.TO_TELL
