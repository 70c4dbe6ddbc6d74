"""How often signals and older rules cry wolf, told per 100 places."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.engine.false_alarms import Rate, RuleName, Size, false_alarms


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule: of 100 quiet places an alarm, and of 100 alarms those that were right."""

    rule: str
    alarms: str
    right: str


def lines() -> tuple[RuleLine, ...]:
    """Return every rule that was measured, ours first."""
    return tuple(
        RuleLine(
            rule=_names()[one.rule],
            alarms=per_hundred(one.false_alarms),
            right=per_hundred(one.right[Size.TWO]),
        )
        for one in false_alarms().rules
    )


def said() -> str:
    """Return the measure in a sentence, beside the traffic lights of the old scheme."""
    found = false_alarms()
    words = _(
        "Out of 100 places without any change, tried on made-up figures: %(ours)s with a "
        "false alarm by these rules, %(lights)s by traffic lights and %(arrows)s by arrows."
    )
    return words % {
        "ours": per_hundred(found.of(RuleName.OURS).false_alarms),
        "lights": per_hundred(found.of(RuleName.LIGHT).false_alarms),
        "arrows": per_hundred(found.of(RuleName.ARROW).false_alarms),
    }


def per_hundred(rate: Rate) -> str:
    """Return a rate as a count of 100."""
    count = round(100 * rate.share)
    return str(count) if count else _("fewer than 1")


def _names() -> dict[RuleName, str]:
    return {
        RuleName.OURS: _("Kæden's signals"),
        RuleName.LIGHT: _("Traffic lights: red when below the municipality's mean"),
        RuleName.ARROW: _("Arrows: down when below last year"),
        RuleName.TESTED_ARROW: _("Arrows that are tested one by one"),
        RuleName.DECILE: _("The lowest tenth of the country"),
    }
