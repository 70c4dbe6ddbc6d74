"""Who sits at a desk, and what the parts of a desk are made from."""

from dataclasses import dataclass
from functools import cached_property

from kaeden.access.rules import Actor, Role
from kaeden.chaincheck.queries import Known, Report, known_to
from kaeden.conditions.queries import support as needs
from kaeden.dialogue.queries import expectations, questions
from kaeden.dialogue.queries.expectations import MyExpectations
from kaeden.dialogue.queries.links import SeenLink, links_of
from kaeden.dialogue.queries.questions import AskedQuestion
from kaeden.goals import queries as goals
from kaeden.organisation import queries as organisation
from kaeden.organisation.models import Unit
from kaeden.organisation.snapshot import chain_of
from kaeden.publication import queries as publication
from kaeden.publication.errors import NothingReleased
from kaeden.publication.queries import CurrentRelease
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a desk: what it shows, and the template that shows it."""

    template: str
    view: object


@dataclass(frozen=True, kw_only=True)
class AtDesk:
    """Who sits at a desk, and what its parts are made from, each read once.

    `tells_breaks` says that a part tells of the chain's breaks.
    """

    actor: Actor
    role: Role
    tells_breaks: bool

    @cached_property
    def unit(self) -> Unit:
        """The unit of the post (1 query)."""
        return organisation.get_unit_at(self.actor.path)

    @cached_property
    def town(self) -> Unit:
        """The municipality of the post (1 query)."""
        return organisation.get_municipality(self.unit.municipality_code)

    @cached_property
    def known(self) -> Known:
        """The chain and its goals; its breaks too, where a part of the desk tells them.

        They cost as much as the rest of the page (17 queries and the stations' own;
        without them 15).
        """
        if self.tells_breaks:
            return known_to(self.actor, self.town, today())
        return Known(
            chain=chain_of(self.town, today()),
            goals=goals.threads(today(), self.town).get(self.town.code, ()),
            report=Report(as_of=today(), chains={}, breaks=()),
            own=organisation.key_of(self.actor.post_id, self.town),
        )

    @cached_property
    def links(self) -> list[SeenLink]:
        """The links at whose ends the post stands (2 queries)."""
        return links_of(self.actor)

    @cached_property
    def asked(self) -> list[AskedQuestion]:
        """The questions that the post is to answer (at most 3 queries)."""
        return questions.waiting_for(self.actor)

    @cached_property
    def expectations(self) -> MyExpectations:
        """What is expected in the post's links (2 queries)."""
        return expectations.mine_along(self.links)

    @cached_property
    def needs(self) -> needs.MyNeeds:
        """The needs of support at which the post stands (2 queries)."""
        return needs.mine(self.actor)

    @cached_property
    def release(self) -> CurrentRelease | None:
        """The newest release that the municipality reads, if there is one (1 query)."""
        try:
            return publication.current_release(self.town.code)
        except NothingReleased:
            return None
