"""Open, answer and close the pulse: each verb once, for every door.

**No answer can be joined to a person.** A ticket and the answers are written in one
transaction, so that both or neither are there. All answers of a round lie in one box,
and whoever answers takes everything out, adds to it, shuffles it and puts all of it
back: neither the order of rows, nor their numbers, nor what the database itself notes of
when a row was written tells which is the newest. Results are read when a round is
closed, and never while they can be watched to move.
"""

from collections.abc import Mapping
from secrets import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import RoundIsClosed
from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.models import PulseAnswer, PulseRound, PulseTicket, TimeShare
from kaeden.dialogue.queries.pulse import Invitation, invitation, open_round
from kaeden.dialogue.rules.pulse import POINTS, TENTHS, Side, quarter_of
from kaeden.organisation.models import Unit
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused

Scores = Mapping[str, int]
"""An answer, 1 to 5, to each statement by its id."""


@transaction.atomic
def open_pulse(municipality: Unit, *, by: Actor) -> PulseRound:
    """Open this quarter's round.

    Raises
    ------
    Forbidden
        If `by`'s post does not reach the municipality.
    Refused
        If a round is open, or this quarter has had its own.
    """
    require(may(by, Permission.RUN_PULSE, at=municipality.path))
    wait_for_turn(f"pulse {municipality.pk}")
    if open_round(municipality):
        raise Refused(_("A pulse is open already. Close it first."))
    made, is_new = PulseRound.objects.get_or_create(
        municipality=municipality,
        quarter=quarter_of(today()),
        defaults={"instrument": instrument().name, "opened_on": today()},
    )
    if not is_new:
        raise Refused(_("This quarter has had its pulse. Open the next one after it."))
    record(Event.Kind.PULSE_OPENED, by=by, about=made)
    return made


@transaction.atomic
def close_pulse(municipality: Unit, *, by: Actor) -> PulseRound:
    """Close the open round; from now on its results can be read.

    Raises
    ------
    Forbidden
        If `by`'s post does not reach the municipality.
    RoundIsClosed
        If no round is open, also when somebody was quicker just now.
    """
    require(may(by, Permission.RUN_PULSE, at=municipality.path))
    wait_for_turn(f"pulse {municipality.pk}")
    now = open_round(municipality)
    if now is None:
        raise RoundIsClosed(_("No pulse is open."))
    now.closed_on = today()
    now.save(update_fields=["closed_on"])
    record(Event.Kind.PULSE_CLOSED, by=by, about=now)
    return now


@transaction.atomic
def answer(
    scores: Mapping[Side, Scores], *, by: Actor, tenths: int | None = None
) -> None:
    """Answer the open round, once, for all links that one's post stands in.

    `scores` has an answer from each side that one is asked from; `tenths` is the share
    of time on professional leadership, where that is asked.

    Raises
    ------
    RoundIsClosed
        If no round is open for `by`.
    Refused
        If `by` has answered already, also when two presses came at once.
    BadInput
        If anything is missing, or is none of the answers.
    """
    asked = invitation(by)
    if asked is None:
        raise RoundIsClosed(_("No pulse is open for your post."))
    _check(asked, scores, tenths)
    municipality = PulseRound.objects.values_list("municipality", flat=True)
    wait_for_turn(f"pulse {municipality.get(pk=asked.round_id)}")
    if not PulseRound.objects.filter(pk=asked.round_id, closed_on=None).exists():
        raise RoundIsClosed(_("The pulse has been closed."))
    _ticket, is_new = PulseTicket.objects.get_or_create(
        round_id=asked.round_id, holding_id=asked.holding_id
    )
    if not is_new:
        raise Refused(_("You have answered this pulse."))
    _drop(
        *(
            PulseAnswer(
                round_id=asked.round_id,
                side=part.side.value,
                about=part.about,
                level=part.level,
                scores=dict(scores[part.side]),
            )
            for part in asked.parts
        )
    )
    if asked.time is not None and tenths is not None:
        level = asked.time.value
        _drop(TimeShare(round_id=asked.round_id, level=level, tenths=tenths))
    about = PulseRound(pk=asked.round_id)
    record(Event.Kind.PULSE_ANSWERED, by=by, about=about)


def _check(
    asked: Invitation, scores: Mapping[Side, Scores], tenths: int | None
) -> None:
    """Refuse answers that are not exactly those that were asked for."""
    wanted = set(instrument().items)
    is_whole = scores.keys() == {part.side for part in asked.parts} and all(
        one.keys() == wanted for one in scores.values()
    )
    given = [score for one in scores.values() for score in one.values()]
    if not is_whole or (tenths is None) is not (asked.time is None):
        raise BadInput(_("Answer all questions; there are no others."))
    if not all(1 <= score <= POINTS for score in given) or not (
        tenths is None or 0 <= tenths <= TENTHS
    ):
        raise BadInput(_("Choose one of the answers to each question."))


def _drop(*fresh: PulseAnswer | TimeShare) -> None:
    """Put answers in the round's box so that nobody can tell which they are.

    It writes the whole box anew: a thousand rows take some hundredths of a second.
    """
    for table in {type(one) for one in fresh}:
        there = table.objects.filter(round_id=fresh[0].round_id)
        box = [*there, *fresh]
        there.delete()
        SystemRandom().shuffle(box)
        for one in box:
            one.pk = None
        table.objects.bulk_create(box)
