"""A leader's time on the desk: what is asked, what waits, what was answered."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from kaeden.conditions.queries.time_robbers import MyTimeRobbers
from kaeden.conditions.rules.returned import Returned
from kaeden.organisation.models import Unit
from kaeden.presentation.ledger import given_back
from kaeden.presentation.time_robbers import RobberView, views

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """The few that call for something, and how many one waits for."""

    asked: tuple[RobberView, ...]
    to_decide: tuple[RobberView, ...]
    answered: tuple[RobberView, ...]
    open: str
    given_back: str
    ledger_href: str


def build(town: Unit, found: MyTimeRobbers, given: Returned | None = None) -> TimeView:
    """Return what a desk has room for; `given` is told to those who lead leaders."""
    words = ngettext(
        "You wait for an answer on %(count)d time robber.",
        "You wait for an answer on %(count)d time robbers.",
        len(found.open),
    )
    asked = {one.id for one in found.asked}
    answered = [one for one in found.answered if one.id not in asked]
    return TimeView(
        asked=views(found.asked[:MOST]),
        to_decide=views(found.to_decide[:MOST]),
        answered=views(answered[:1]),
        open=words % {"count": len(found.open)} if found.open else "",
        given_back=given_back(given) if given else "",
        ledger_href=reverse("web:ledger", args=[town.code]),
    )
