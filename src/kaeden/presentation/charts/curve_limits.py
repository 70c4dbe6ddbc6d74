"""How far a unit's years usually swing, in words: how firm that is, and what does not."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kaeden.publication.queries import ReleasedFigure


def swing_words(series: Sequence[ReleasedFigure]) -> str:
    """Return what the lines on a curve are, how firm they are, and what breaks them."""
    shown = [one for one in series if one.limits and one.value is not None]
    if not shown:
        return ""
    said = [_("The dotted lines show how far the number usually swings.")]
    if any(one.limits == "trial" for one in shown):
        said.append(
            _("They are preliminary and may move: fewer than twelve years are behind.")
        )
    outside = [one.period for one in shown if is_outside(one)]
    if outside:
        said.append(_("Outside them: %(periods)s.") % {"periods": ", ".join(outside)})
    run = [one.period for one in shown if "long run" in one.broken]
    if run:
        words = _("From %(first)s to %(last)s it stays on one side for unusually long.")
        said.append(words % {"first": run[0], "last": run[-1]})
    return " ".join(said)


def is_outside(figure: ReleasedFigure) -> bool:
    """Whether a year lies outside the unit's own limits."""
    return "outside" in figure.broken
