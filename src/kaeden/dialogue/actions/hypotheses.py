"""Write a claim that a number can test, and close it with what was learnt."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Hypothesis
from kaeden.dialogue.queries.hypotheses import get_hypothesis, may_write
from kaeden.dialogue.rules.hypotheses import LONGEST, Expected, is_testable, may_close
from kaeden.publication.queries import ReleasedFigure
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.periods import Period
from kaeden.shared.written import whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody believes, which way it will show, and by which year."""

    words: str
    expected: str
    by_period: str


@transaction.atomic
def write(
    figure: ReleasedFigure, claim: Claim, *, release_id: int, by: Actor
) -> Hypothesis:
    """Write down what one believes that a number will show; it begins from `figure`.

    Raises
    ------
    Forbidden
        If the unit is not in `by`'s line.
    BadInput
        If the words can't be kept, or the way or the year is none that can be tested.
    Refused
        If there is no number to begin from.
    """
    require(may_write(by, figure.unit.path))
    words = whole(claim.words, longest=LONGEST)
    if claim.expected not in set(Expected):
        raise BadInput(_("Choose which way you believe that the number goes."))
    if figure.value is None:
        raise Refused(_("There is no number here to begin from."))
    year = _testable(claim.by_period, newest=Period.parse(figure.period))
    assert by.user_id is not None, "a post in the line is somebody's"
    assert by.post_id is not None, "a post in the line is somebody's"
    made = Hypothesis.objects.create(
        post_id=by.post_id,
        unit_id=figure.unit.id,
        indicator=figure.indicator,
        release_id=release_id,
        words=words,
        expected=claim.expected,
        by_period=str(year),
        made_by_id=by.user_id,
        made_on=today(),
    )
    record(Event.Kind.HYPOTHESIS_WRITTEN, by=by, about=made)
    return made


def _testable(text: str, *, newest: Period) -> Period:
    year = Period.parse(text)
    if not is_testable(year, newest=newest):
        raise BadInput(
            _("The newest number is of %(newest)s. Name a later year, written like it.")
            % {"newest": str(newest)}
        )
    return year


@transaction.atomic
def close(pk: int, learnt: str, *, by: Actor) -> None:
    """Close a claim with what was learnt, whatever the number said.

    Raises
    ------
    NoSuchHypothesis
        If it is not in `by`'s line.
    BadInput
        If what was learnt can't be kept.
    Refused
        If another post wrote it, or it is closed already.
    OthersWereQuicker
        If somebody in the same post closed it just now.
    """
    one = get_hypothesis(by, pk)
    is_closed = one.closed_on is not None
    require(
        may_close(is_mine=one.post_id == by.post_id, is_closed=is_closed),
        otherwise=Refused,
    )
    facts = {"learnt": whole(learnt, longest=LONGEST), "closed_on": today()}
    if not Hypothesis.objects.filter(pk=pk, closed_on=None).update(**facts):
        raise OthersWereQuicker(
            _("Somebody has closed the hypothesis. Read it again first.")
        )
    record(Event.Kind.HYPOTHESIS_CLOSED, by=by, about=one)
