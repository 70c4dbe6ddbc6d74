"""What posts of Fjordby offer and need, made with the verbs that people use."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kaeden.access.rules import Actor, Role
from kaeden.conditions.actions import support
from kaeden.conditions.models import SupportNeed, SupportOffer
from kaeden.conditions.rules.support import Rating
from kaeden.organisation.models import Link, Post
from kaeden.shared.clock import standing_at, today
from tests.builders.dialogue import holder_of
from tests.builders.places import (
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    post_at,
    unit_at,
)

WHAT = "Hjælp til at læse klassens tal"
WORDS = (
    "Hjælp til at læse tallene for 7. årgang, så teamet kan vælge ét sted at begynde."
)


def analyst() -> Actor:
    """Who helps with numbers; the first call makes the post, below the director."""
    post, is_new = Post.objects.get_or_create(
        key="analyst",
        role=Role.ANALYST.value,
        unit=unit_at(TOWN),
        defaults={"valid_from": LOADED},
    )
    if is_new:
        director = post_at(TOWN, Role.DIRECTOR)
        Link.objects.create(lower=post, upper=director, valid_from=LOADED)
    return holder_of(Role.ANALYST, TOWN)


def leader() -> Actor:
    return holder_of(Role.LEADER, NORDSKOLEN)


def chief() -> Actor:
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


def an_offer(
    by: Actor | None = None, *, what: str = WHAT, days: int = 5
) -> SupportOffer:
    return support.offer(what, "Skoler og dagtilbud", days, by=by or analyst())


def a_need(
    of: SupportOffer | None = None,
    *,
    by: Actor | None = None,
    ago: int = 0,
    words: str = WORDS,
) -> SupportNeed:
    """Something needed so many days ago: of an offer, or of anybody who can help."""
    with at_noon(today() - timedelta(days=ago)):
        return support.need(
            words,
            wanted_by=today() + timedelta(days=30),
            of=of.pk if of else None,
            by=by or leader(),
        )


def met(need: SupportNeed, *, by: Actor | None = None, helper: Actor | None = None):
    """A need that is answered and met today."""
    day = today() + timedelta(days=7)
    support.answer(need.pk, "Vi kommer tirsdag.", met_by=day, by=helper or analyst())
    support.meet(need.pk, by=by or leader())
    return need


def rated(of: SupportOffer, *ratings: int, words: str = "") -> None:
    """Those served have rated the support."""
    for rating in ratings:
        support.rate(met(a_need(of)).pk, Rating(rating), words, by=leader())


def at_noon(day: date):
    """Let something happen on another day."""
    return standing_at(timezone.make_aware(datetime.combine(day, time(12))))
