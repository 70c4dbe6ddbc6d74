"""Read what linked posts expect of each other; each docstring ends with its cost.

Words are for the two ends of a link alone; others up the line get to know no more than
whether they are confirmed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Verdict
from kaeden.dialogue.errors import NoSuchExpectation
from kaeden.dialogue.models import Confirmation, Expectation
from kaeden.dialogue.queries.links import (
    Linked,
    SeenLink,
    get_link,
    links_below,
    links_of,
    name_of,
    pairs_of,
)
from kaeden.dialogue.rules.expectations import (
    Condition,
    Confirmed,
    State,
    Verb,
    Way,
    Wording,
    condition,
    may_act,
)
from kaeden.dialogue.rules.links import End
from kaeden.shared.clock import today

Ends: TypeAlias = tuple[int, int]
"""The ids of the posts at the upper and the lower end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One way of a link, as one of its ends sees it today."""

    way: Way
    now: Condition
    verdicts: Mapping[Verb, Verdict]
    is_mine: bool
    wordings: tuple[Wording, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether both ends have confirmed it, and it counts."""
        return self.now.state is State.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkExpectations:
    """Both ways of a link, as one of its ends sees them."""

    link: SeenLink
    down: Expected
    up: Expected

    @property
    def ways(self) -> tuple[Expected, Expected]:
        """What is expected of the lower post, and what of the upper."""
        return self.down, self.up

    @property
    def waits_for_me(self) -> bool:
        """Whether one's own post must act, and somebody stands at the other end."""
        return self.link.pair.is_whole and any(one.is_mine for one in self.ways)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyExpectations:
    """All of one's post's links; `up` is the one to the post it reports to."""

    up: LinkExpectations | None
    down: tuple[LinkExpectations, ...]

    @property
    def links(self) -> tuple[LinkExpectations, ...]:
        """The link up first."""
        return (self.up, *self.down) if self.up else self.down

    @property
    def confirmed(self) -> int:
        """How many ways are confirmed, of `asked`."""
        return sum(way.is_confirmed for one in self.links for way in one.ways)

    @property
    def asked(self) -> int:
        """How many ways there are: two in each link."""
        return 2 * len(self.links)

    @property
    def waiting(self) -> tuple[LinkExpectations, ...]:
        """The links in which one's own post must act."""
        return tuple(one for one in self.links if one.waits_for_me)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """A link further down the line: whether both ways are confirmed, and no words."""

    upper: str
    lower: str
    confirmed: int
    asked: int


def mine(actor: Actor) -> MyExpectations:
    """Return the expectations at both ends of one's post's links (4 queries)."""
    return mine_along(links_of(actor))


def mine_along(links: Sequence[SeenLink]) -> MyExpectations:
    """Return the expectations along one's links, which are read already (2 queries)."""
    written = _written({(one.upper, one.lower) for one in links})
    seen = [_of(one, written) for one in links]
    return MyExpectations(
        up=next((one for one in seen if one.link.end is End.LOWER), None),
        down=tuple(one for one in seen if one.link.end is End.UPPER),
    )


def of_link(actor: Actor, pk: int) -> LinkExpectations:
    """Return the expectations of one link with all their wordings (4 queries).

    Raises
    ------
    NoSuchLink
        If one's post is at neither end.
    """
    link = get_link(actor, pk)
    return _of(link, _written({(link.upper, link.lower)}))


def get_expectation(actor: Actor, pk: int) -> tuple[Expectation, SeenLink]:
    """Return a wording and its link of today, for those at its ends (3 queries).

    Raises
    ------
    NoSuchExpectation
        Also when it exists, but one's post is at neither end or the link has ended.
    """
    found = Expectation.objects.filter(pk=pk).first()
    links = links_of(actor) if found else []
    for link in links:
        if found and (link.upper, link.lower) == (found.upper_id, found.lower_id):
            return found, link
    raise NoSuchExpectation(_("There is no such expectation for your post."))


def in_line_below(actor: Actor) -> list[LineState]:
    """Return how it stands further down one's line, without words (4 queries)."""
    links = links_below(actor)
    conditions = conditions_of(links, today())
    return [
        LineState(
            upper=name_of(link.upper),
            lower=name_of(link.lower),
            confirmed=sum(
                one.state is State.CONFIRMED for one in conditions[link.pk].values()
            ),
            asked=len(Way),
        )
        for link in links
    ]


def conditions_of(
    links: Iterable[Linked], day: date
) -> Mapping[int, Mapping[Way, Condition]]:
    """Return how both ways of each link stood on a day, by its id (3 queries)."""
    links = list(links)
    pairs = pairs_of(links, day)
    written = _written({(one.upper_id, one.lower_id) for one in links}, until=day)
    return {
        link.pk: {
            way: condition(
                way,
                written[link.upper_id, link.lower_id][way],
                pairs[link.pk],
                on=day,
            )
            for way in Way
        }
        for link in links
    }


def current(link: SeenLink, way: Way) -> Condition:
    """Return how one way of a link stands now, freshly read (2 queries)."""
    wordings = _written({(link.upper, link.lower)})[link.upper, link.lower][way]
    return condition(way, wordings, link.pair, on=today())


def _of(
    link: SeenLink, written: Mapping[Ends, Mapping[Way, list[Wording]]]
) -> LinkExpectations:
    wordings = written[link.upper, link.lower]
    return LinkExpectations(
        link=link,
        down=_expected(link, Way.DOWN, wordings[Way.DOWN]),
        up=_expected(link, Way.UP, wordings[Way.UP]),
    )


def _expected(link: SeenLink, way: Way, wordings: list[Wording]) -> Expected:
    day = today()
    now = condition(way, wordings, link.pair, on=day)
    return Expected(
        way=way,
        now=now,
        verdicts={
            verb: may_act(verb, now, end=link.end, pair=link.pair, on=day)
            for verb in Verb
        },
        is_mine=link.end in now.waits_for,
        wordings=tuple(wordings),
    )


def _written(
    ends: set[Ends], *, until: date | None = None
) -> dict[Ends, dict[Way, list[Wording]]]:
    """Return the wordings of links until a day, oldest first (2 queries)."""
    found: dict[Ends, dict[Way, list[Wording]]] = {
        one: {way: [] for way in Way} for one in ends
    }
    day = until or today()
    for row in _rows(ends, day):
        ways = found.get((row.upper_id, row.lower_id))
        if ways is not None:  # a post has other words with those it reported to before
            ways[Way(row.way)].append(_wording(row, day))
    return found


def _rows(ends: set[Ends], day: date) -> QuerySet[Expectation]:
    given = Prefetch(
        "confirmations",
        queryset=Confirmation.objects.filter(on__lte=day).order_by("on", "pk"),
    )
    lower = {below for _upper, below in ends}
    written = Expectation.objects.filter(lower_id__in=lower, proposed_on__lte=day)
    return written.order_by("number").prefetch_related(given)


def _wording(row: Expectation, day: date) -> Wording:
    return Wording(
        id=row.pk,
        number=row.number,
        words=row.words,
        proposed_by=End(row.proposed_by),
        proposed_on=row.proposed_on,
        discussed_on=_until(row.discussed_on, day),
        withdrawn_on=_until(row.withdrawn_on, day),
        confirmed=tuple(_confirmed(one) for one in row.confirmations.all()),
    )


def _until(when: date | None, day: date) -> date | None:
    return when if when and when <= day else None


def _confirmed(one: Confirmation) -> Confirmed:
    return Confirmed(
        end=End(one.end),
        on=one.on,
        upper=one.upper_holding_id,
        lower=one.lower_holding_id,
    )
