"""The parts of a desk that are about results: to assess, assessed, lifted."""

from django.utils.translation import gettext as _

from kaeden.dialogue.queries import assessments, lifted
from kaeden.dialogue.queries.first_act import first_acts
from kaeden.presentation import first_act as acts_page
from kaeden.presentation import lifted as lifted_page
from kaeden.presentation.desks import assessed, results
from kaeden.presentation.desks.results import ResultsView
from kaeden.web.at_desk import AtDesk, Part


def to_assess(at: AtDesk) -> Part:
    """The results that a chief is asked to assess."""
    return Part(template="dialogue/desks/results.html", view=_queue(at))


def own_results(at: AtDesk) -> Part:
    """The results of the own institution, which its leader assesses first."""
    view = _queue(at, heading=_("Your results to assess"))
    return Part(template="dialogue/desks/results.html", view=view)


def lifted_like_us(at: AtDesk) -> Part | None:
    """Who like the post's unit has lifted themselves, where there are numbers."""
    if at.release is None:
        return None
    found = lifted.lifted_like(at.actor, at.unit, at.release.id)
    view = lifted_page.build(at.actor, at.unit, found)
    return Part(template="dialogue/desks/lifted.html", view=view)


def _queue(at: AtDesk, *, heading: str = "") -> ResultsView:
    if at.release:
        queue = assessments.queue_of(at.role, at.unit, at.release)
        return results.build(queue, at.release, heading=heading)
    return results.no_numbers(at.town, heading=heading)


def agenda(at: AtDesk) -> Part:
    """The assessed results that chiefs propose to the director."""
    view = assessed.agenda(assessments.agenda_of(at.actor, at.unit))
    return Part(template="dialogue/desks/agenda.html", view=view)


def written(at: AtDesk) -> Part:
    """What is written about the results of the post's unit."""
    view = assessed.written(assessments.assessments_at(at.actor, at.unit))
    return Part(template="dialogue/desks/written.html", view=view)


def how_soon(at: AtDesk) -> Part | None:
    """How soon signals are acted on, when that can be told (5 queries)."""
    view = acts_page.build(at.town, first_acts(at.town))
    if not view.sentences:
        return None
    return Part(template="dialogue/desks/first_act.html", view=view)
