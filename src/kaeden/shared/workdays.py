"""Danish working days: neither Saturday, Sunday nor a public holiday.

The calendar is that of the library holidays, which follows the law: the great prayer
day is a working day from 2024 on.
"""

from datetime import date, timedelta

from holidays import country_holidays

HOLIDAYS = country_holidays("DK")
DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Whether people are at work on a day.

    >>> is_workday(date(2026, 12, 25)), is_workday(date(2026, 11, 24))
    (False, True)
    """
    return day.weekday() < 5 and day not in HOLIDAYS


def workdays_after(day: date, count: int) -> date:
    """Return the day that is so many working days after another.

    >>> workdays_after(date(2026, 12, 23), 2)
    datetime.date(2026, 12, 28)
    """
    while count > 0:
        day += DAY
        count -= is_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """Return how many working days lie after a day, until and with another.

    >>> workdays_between(date(2026, 12, 23), date(2026, 12, 28))
    2
    """
    days = (last - first).days
    return sum(is_workday(first + n * DAY) for n in range(1, days + 1))
