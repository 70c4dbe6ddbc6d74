"""What stands out, in a sentence: how many children, why, and of how many it is one."""

from django.utils.translation import gettext as _

from kaeden.engine.signals import By, State
from kaeden.goals.indicators import Indicator
from kaeden.presentation.figures import children_words, years
from kaeden.presentation.numbers import number
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


def said(indicator: Indicator, figure: ReleasedFigure, release: CurrentRelease) -> str:
    """Return why a result stands out; empty where it doesn't."""
    state = figure.state
    if state is None or state.by is None:
        return ""
    return f"{_about(indicator, figure)} {_why(indicator, figure, state.by)} {_one_of(release)}"


def _about(indicator: Indicator, figure: ReleasedFigure) -> str:
    children = children_words(indicator, figure)
    if not children:
        return _("The source doesn't say how many children it is about.")
    return _("It is about %(children)s.") % {"children": children}


def _why(indicator: Indicator, figure: ReleasedFigure, by: By) -> str:
    if by is By.DEVELOPMENT:
        words = _(
            "Over %(years)s the number has moved one way, more than chance explains."
        )
        if figure.change_of:
            words = _(
                "Over %(years)s its own children have moved one way and further than those "
                "of the others, more than chance explains."
            )
        return words % {"years": years(figure.points or 0, indicator)}
    words = _(
        "The number lies further from the %(peers)s like it than they usually lie apart."
    )
    return words % {"peers": figure.peers}


def _one_of(release: CurrentRelease) -> str:
    words = _("It is one of %(signals)s that stand out among %(scanned)s results.")
    return words % {
        "signals": number(release.signals),
        "scanned": number(release.scanned),
    }


def not_said(figure: ReleasedFigure) -> str:
    """Return what a result says that doesn't stand out; empty of others."""
    if figure.state is None:
        return ""
    return {
        State.INSIDE_CHANCE: _("Chance can explain it: it doesn't stand out."),
        State.TOO_UNCERTAIN: _(
            "It is too uncertain to say. That isn't the same as no change: the number "
            "has too few years or too few children behind it."
        ),
    }.get(figure.state, "")
