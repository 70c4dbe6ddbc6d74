"""How often forecasts of practices held, with how sure that is."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.engine.calibration import Calibration, Kept
from kaeden.engine.effects.values import Refused
from kaeden.learning.queries.forecasts import HowForecastsHeld
from kaeden.presentation.numbers import number


def how_they_held(found: HowForecastsHeld) -> tuple[str, ...]:
    """Return how often forecasts held: of the practice, and of all practices."""
    if isinstance(found.overall, Refused):
        return (_too_few_held(found.overall),)
    said = []
    if isinstance(found.here, Calibration):
        said.append(_("Of this practice: %(held)s") % {"held": _how_often(found.here)})
    said.append(_("Of all practices: %(held)s") % {"held": _how_often(found.overall)})
    said.append(str(KEPT[found.overall.kept]))
    return tuple(said)


def _too_few_held(found: Refused) -> str:
    return ngettext(
        "The forecasts of %(count)d place have been held against what happened. How often "
        "they hold is told from %(needed)d on.",
        "The forecasts of %(count)d places have been held against what happened. How "
        "often they hold is told from %(needed)d on.",
        found.number,
    ) % {"count": found.number, "needed": found.needed}


def _how_often(found: Calibration) -> str:
    return _(
        "%(inside)d of %(held)d forecasts held. With so many, %(low)s to %(high)s of 100 "
        "may hold in the long run; %(promised)s of 100 should."
    ) % {
        "inside": found.inside,
        "held": found.held,
        "low": number(100 * found.low),
        "high": number(100 * found.high),
        "promised": number(100 * found.promised),
    }


KEPT: Mapping[Kept, str | Promise] = {
    Kept.AS_PROMISED: gettext_lazy("That fits what is promised."),
    Kept.TOO_SELDOM: gettext_lazy(
        "That is too seldom: reckon with larger differences than the forecast says."
    ),
    Kept.TOO_OFTEN: gettext_lazy(
        "That is more often than promised: the forecasts are more careful than they say."
    ),
}
