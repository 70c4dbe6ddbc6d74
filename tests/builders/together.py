"""A community of Fjordby's leaders, and what they agree on, by the verbs people use."""

from datetime import date, timedelta

from kaeden.access.rules import Actor, Role
from kaeden.dialogue.actions import shared, visits
from kaeden.dialogue.models import SharedCommitment, Visit
from kaeden.organisation.communities import form_community
from kaeden.organisation.models import Community
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    post_at,
    unit_at,
)

MEMBERS = (NORDSKOLEN, SYDSKOLEN, SOLSTRAALEN)


def a_community(
    *paths: str, by: Actor | None = None, name: str = "Læsefællesskabet"
) -> Community:
    """Leaders who are bound to each other; by the director if nobody is named."""
    keys = [post_at(path, Role.LEADER).key for path in paths or MEMBERS]
    director = by or holder_of(Role.DIRECTOR, TOWN)
    purpose = "At flere børn læser med lyst"
    return form_community(
        unit_at(TOWN), name=name, purpose=purpose, members=keys, by=director
    )


def leader_at(path: str) -> Actor:
    """Who leads an institution."""
    return holder_of(Role.LEADER, path)


def agreed_together(
    community: Community, by: Actor, *, due: date | None = None
) -> SharedCommitment:
    """What a member has proposed that all of them do."""
    day = due or today() + timedelta(days=30)
    return shared.propose(community, "Vi læser højt hver dag.", due=day, by=by)


def a_visit(by: Actor, at: str, *, community: Community | None = None) -> Visit:
    """A visit that a leader has asked for."""
    pk = community.pk if community else None
    return visits.ask_for_visit(unit_at(at), "Jeres læsestunder", by=by, community=pk)


def chief() -> Actor:
    """Who leads the schools."""
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
