"""The parts of a desk that tell of practices."""

from kaeden.access.rules import Actor, Permission, may
from kaeden.learning.queries import practices
from kaeden.learning.queries.written import to_review
from kaeden.organisation.models import Unit
from kaeden.presentation import practices_in_use, written_practice
from kaeden.presentation.charts.marks import ListItem
from kaeden.shared.breaks import BreakKind
from kaeden.web.at_desk import AtDesk, Part


def what_we_use(at: AtDesk) -> Part:
    """The practices that the post's unit uses, and whether they are too many.

    That they are is known from the chain check, which the desk has read (2 queries).
    """
    found = practices.adoptions_at(at.unit)
    named = practices.practices(at.town) if found else {}
    too_many = next(
        (
            str(one.sentence)
            for one in at.known.report.breaks
            if one.kind is BreakKind.TOO_MUCH_AT_ONCE and one.unit == at.unit.code
        ),
        "",
    )
    view = practices_in_use.of_unit(at.actor, found, named, too_many=too_many)
    return Part(template="learning/desks/in_use.html", view=view)


def practices_to_review(at: AtDesk) -> Part | None:
    """What leaders below have written and the post is to review, while there is any."""
    found = to_review(at.actor)
    if not found:
        return None
    view = written_practice.lines(found)
    return Part(template="learning/desks/to_review.html", view=view)


def uses_at(actor: Actor, unit: Unit, town: Unit | None) -> tuple[ListItem, ...]:
    """Return what a unit uses, for who reads practices in its municipality."""
    if town is None or not may(actor, Permission.READ_PRACTICES, at=town.path):
        return ()
    found = practices.adoptions_at(unit)
    named = practices.practices(town) if found else {}
    return tuple(practices_in_use.items(found, named))
