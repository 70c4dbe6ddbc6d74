"""Minutes in words, as people say them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.presentation.numbers import number

CHIPS: Mapping[int, str | Promise] = {
    0: gettext_lazy("No time"),
    15: gettext_lazy("15 minutes"),
    30: gettext_lazy("30 minutes"),
    60: gettext_lazy("1 hour"),
    120: gettext_lazy("2 hours"),
    240: gettext_lazy("4 hours or more"),
}
"""What can be chosen, a week."""
LONG = 120


def minutes(count: int) -> str:
    """Return a number of minutes; from two hours on in hours, to the half hour."""
    if abs(count) < LONG:
        words = ngettext("%(count)s minute", "%(count)s minutes", count)
        return words % {"count": number(count)}
    halves = round(count / 30) / 2
    whole = halves == int(halves)
    return _("%(count)s hours") % {"count": number(halves, 0 if whole else 1)}


def a_week(count: int) -> str:
    """Return a number of minutes a week."""
    return _("%(minutes)s a week") % {"minutes": minutes(count)}


def takes(seconds: int, *, is_estimate: bool) -> str:
    """Return what a form takes; an estimate says that it is one."""
    if seconds < 60:
        words = _("Takes about %(count)d seconds") % {"count": seconds}
    else:
        count = round(seconds / 60 + 0.01)
        words = ngettext(
            "Takes about %(count)d minute", "Takes about %(count)d minutes", count
        ) % {"count": count}
    estimated = _("estimated")
    return f"{words} ({estimated})." if is_estimate else f"{words}."
