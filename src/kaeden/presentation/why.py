"""Why do I see this? The rule, the data, how much was scanned, how much is chance."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kaeden.goals.indicators import Indicator
from kaeden.presentation.false_alarms import said as calibrated
from kaeden.presentation.figures import children_words, difference_form, years
from kaeden.presentation.numbers import NO_BREAK, number
from kaeden.presentation.signals import not_said
from kaeden.publication.queries import CurrentRelease, ReleasedFigure

FALSE_SHARE = 0.05
"""The share of the signals that the scan lets be chance; ADR 0006 decides it."""


def why_shown(
    indicator: Indicator, figure: ReleasedFigure, release: CurrentRelease
) -> tuple[str, ...]:
    """Return the answer to "why do I see this?", a sentence at a time."""
    return tuple(_lines(indicator, figure, release))


def _lines(
    indicator: Indicator, figure: ReleasedFigure, release: CurrentRelease
) -> Iterator[str]:
    yield from filter(None, (_rule(indicator, figure), not_said(figure)))
    children = children_words(indicator, figure)
    if children:
        yield _("Behind the number: %(children)s.") % {"children": children}
    own = _("This is one of them.") if figure.signal else _("This is not one of them.")
    yield f"{scanned(release)} {own}"
    yield false_alarms(release.signals)
    yield calibrated()
    if release.is_own:
        yield _("They are the municipality's own, and held against nobody outside it.")
        return
    yield _("How the numbers were made stands on the page of the indicator.")


def _rule(indicator: Indicator, figure: ReleasedFigure) -> str:
    """Return the rule that let the result stand out; empty if none did."""
    if figure.signal == "development" and figure.change_of:
        return _(
            "The rule: over %(years)s the children of this place, with the same "
            "background, have moved one way and further than those of the other places, by "
            "more than chance explains. Places with few children are held closer to the "
            "others."
        ) % {"years": years(figure.points or 0, indicator)}
    if figure.signal == "development":
        return _(
            "The rule: over %(years)s the number has moved one way by more than chance "
            "explains, and that holds when each year is left out in turn."
        ) % {"years": years(figure.points or 0, indicator)}
    if figure.signal == "comparison":
        swing = difference_form(indicator).text(figure.swing or 0.0)
        return _(
            "The rule: the number lies further from the mean of the %(peers)s like it "
            "than such places usually lie apart (%(swing)s)."
        ) % {"peers": figure.peers, "swing": f"±{NO_BREAK}{swing}"}
    return ""


def scanned(release: CurrentRelease) -> str:
    """Return how many results were held up, and how many stood out."""
    words = _(
        "This time %(scanned)s results (units times indicators) were held up against "
        "chance, and %(signals)s stood out."
    )
    if release.is_own:
        words = _(
            "This time %(scanned)s of the municipality's own results (units times "
            "indicators) were held up against chance, and %(signals)s stood out."
        )
    return words % {
        "scanned": number(release.scanned),
        "signals": number(release.signals),
    }


def false_alarms(signals: int) -> str:
    """Return how many of the signals are expected to be chance, as a count."""
    expected = round(signals * FALSE_SHARE)
    if not expected:
        return _(
            "About 1 in 20 of what stands out is chance: of so few, probably none."
        )
    return _(
        "About 1 in 20 of what stands out is chance: of the %(signals)s probably about "
        "%(expected)s."
    ) % {"signals": number(signals), "expected": number(expected)}
