"""What commitments hang on: found by its address, judged, and named for its readers.

A commitment hangs on what one may see: a released result or an adopted goal of one's
own municipality, an expectation or a conversation of the same link, a community that
one sees, a time robber of one's own municipality if one can report one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, has
from kaeden.conditions.errors import NoSuchTimeRobber
from kaeden.conditions.models import TimeRobber
from kaeden.dialogue.errors import (
    NoSuchConversation,
    NoSuchExpectation,
    NothingToAgreeOn,
)
from kaeden.dialogue.models import Conversation, Expectation
from kaeden.dialogue.queries.expectations import get_expectation
from kaeden.dialogue.queries.links import SeenLink
from kaeden.dialogue.rules.commitments import About, Occasion
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.indicators import catalogue
from kaeden.goals.models import Goal
from kaeden.goals.queries import get_adopted, get_goal_of, goals_by_id
from kaeden.organisation.communities import communities_of, get_community
from kaeden.organisation.errors import NoSuchCommunity, NoSuchUnit
from kaeden.organisation.models import Link, Unit
from kaeden.organisation.queries import get_municipality, get_place
from kaeden.publication import queries as publication
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something that a commitment hangs on, by name; `address` leads to it."""

    occasion: Occasion
    name: str
    address: tuple[str, ...]


def find(actor: Actor, occasion: Occasion, address: Sequence[str]) -> About:
    """Return what an address names, if one may see it (at most 5 queries).

    Raises
    ------
    NotFound
        If there is no such thing, or not for this post.
    """
    try:
        return FINDERS[occasion](actor, *address)
    except (TypeError, ValueError) as error:  # an address of another form
        raise NothingToAgreeOn(_("There is nothing to agree on there.")) from error


def require_seen(actor: Actor, about: About, link: SeenLink) -> None:
    """Go on, if one may see all that is to be hung on (at most 9 queries).

    Raises
    ------
    NotFound
        If something of it is not there for this post, or an expectation is of another
        link.
    """
    for occasion, part in about.parts().items():
        CHECKS[occasion](actor, part, link)


def named(actor: Actor, abouts: Iterable[About]) -> Mapping[About, tuple[Named, ...]]:
    """Return what each hangs on, as a reader may see it (at most 9 queries).

    Nothing is asked where nothing hangs on anything. A goal that has ended costs 3 more.
    """
    by_kind: dict[Occasion, set[About]] = {}
    parts = {about: about.parts() for about in abouts}
    for own in parts.values():
        for occasion, part in own.items():
            by_kind.setdefault(occasion, set()).add(part)
    known: dict[About, Named] = {}
    for occasion, wanted in by_kind.items():
        known |= NAMERS[occasion](actor, wanted)
    return {
        about: tuple(known[part] for part in own.values() if part in known)
        for about, own in parts.items()
    }


# A result ------------------------------------------------------------------------------


def _find_result(actor: Actor, code: str, indicator: str) -> About:
    unit = get_place(code)
    _require_result(actor, unit, indicator)
    return About(unit_id=unit.pk, indicator=indicator)


def _check_result(actor: Actor, about: About, _link: SeenLink) -> None:
    unit = Unit.objects.filter(pk=about.unit_id or 0).first()
    if unit is None:
        raise NoSuchUnit(_("There is no such unit."))
    _require_result(actor, unit, about.indicator)


def _require_result(actor: Actor, unit: Unit, indicator: str) -> None:
    if not is_of_ones_own_town(actor, unit):
        raise NoSuchUnit(_("There is no such unit in your municipality."))
    release = publication.current_release(unit.municipality_code)
    publication.get_figure(release.id, unit, indicator)


def _name_results(_actor: Actor, abouts: Iterable[About]) -> dict[About, Named]:
    abouts = list(abouts)
    units, known = Unit.objects.in_bulk({one.unit_id for one in abouts}), catalogue()
    return {
        one: Named(
            occasion=Occasion.RESULT,
            name=f"{units[one.unit_id].full_name}: {known[one.indicator].title}",
            address=(units[one.unit_id].code, one.indicator),
        )
        for one in abouts
        if one.unit_id and one.indicator in known
    }


# A goal --------------------------------------------------------------------------------


def _find_goal(actor: Actor, key: str) -> About:
    return About(goal_id=get_adopted(_municipality(actor), key).pk)


def _check_goal(actor: Actor, about: About, _link: SeenLink) -> None:
    here = Goal.objects.filter(municipality__path=_town_of(actor), valid_to=None)
    if not here.filter(pk=about.goal_id or 0).exists():
        raise NoSuchGoal(_("There is no such goal here."))


def _name_goals(actor: Actor, abouts: Iterable[About]) -> dict[About, Named]:
    ids = {one.goal_id for one in abouts if one.goal_id}
    known = goals_by_id(ids)
    ended = ids - known.keys()
    if ended:
        town = _municipality(actor)
        known |= {pk: get_goal_of(town, pk) for pk in ended}
    return {
        About(goal_id=pk): Named(
            occasion=Occasion.GOAL,
            name=goal.sentence,
            address=(_town_of(actor).split("/")[1], goal.key),
        )
        for pk, goal in known.items()
    }


# An expectation ------------------------------------------------------------------------


def _find_expectation(actor: Actor, pk: str) -> About:
    found, _link = get_expectation(actor, int(pk))
    return About(expectation_id=found.pk)


def _check_expectation(_actor: Actor, about: About, link: SeenLink) -> None:
    theirs = Expectation.objects.filter(upper_id=link.upper, lower_id=link.lower)
    if not theirs.filter(pk=about.expectation_id or 0).exists():
        raise NoSuchExpectation(_("There is no such expectation for your post."))


def _name_expectations(_actor: Actor, abouts: Iterable[About]) -> dict[About, Named]:
    """Name them by their words: both ends of the link read them (2 queries)."""
    rows = Expectation.objects.filter(pk__in={one.expectation_id for one in abouts})
    found = list(rows)
    lower = {one.lower_id for one in found}
    links = {
        (one.upper_id, one.lower_id): one.pk
        for one in Link.objects.at(today()).filter(lower_id__in=lower)
    }
    return {
        About(expectation_id=one.pk): Named(
            occasion=Occasion.EXPECTATION,
            name=one.words,
            address=tuple(
                str(pk) for pk in (links.get((one.upper_id, one.lower_id)),) if pk
            ),
        )
        for one in found
    }


# A community ---------------------------------------------------------------------------


def _find_community(actor: Actor, key: str) -> About:
    found = get_community(actor, _municipality(actor), key, today())
    return About(community_id=found.row.pk)


def _check_community(actor: Actor, about: About, _link: SeenLink) -> None:
    if not _name_communities(actor, [about]):
        raise NoSuchCommunity(_("There is no such community."))


def _name_communities(actor: Actor, abouts: Iterable[About]) -> dict[About, Named]:
    ids = {one.community_id for one in abouts}
    seen = communities_of(actor, _municipality(actor), today())
    return {
        About(community_id=one.row.pk): Named(
            occasion=Occasion.COMMUNITY,
            name=one.row.name,
            address=(one.row.municipality.code, one.row.key),
        )
        for one in seen
        if one.row.pk in ids
    }


# A time robber -------------------------------------------------------------------------


def _find_time_robber(actor: Actor, pk: str) -> About:
    about = About(time_robber_id=int(pk))
    _require_time_robber(actor, about)
    return about


def _check_time_robber(actor: Actor, about: About, _link: SeenLink) -> None:
    _require_time_robber(actor, about)


def _require_time_robber(actor: Actor, about: About) -> None:
    if not _name_time_robbers(actor, [about]):
        raise NoSuchTimeRobber(_("There is no such time robber."))


def _name_time_robbers(actor: Actor, abouts: Iterable[About]) -> dict[About, Named]:
    if not has(actor, Permission.REPORT_TIME_ROBBER):
        return {}
    ids = [one.time_robber_id for one in abouts if one.time_robber_id]
    found = TimeRobber.objects.filter(municipality__path=_town_of(actor), pk__in=ids)
    return {
        About(time_robber_id=one.pk): Named(
            occasion=Occasion.TIME_ROBBER,
            name=one.title,
            address=(_town_of(actor).split("/")[1],),
        )
        for one in found
    }


def is_of_ones_own_town(actor: Actor, unit: Unit) -> bool:
    """Whether a unit lies in the municipality of one's post (0 queries)."""
    town = _town_of(actor)
    return bool(town) and f"{unit.path}/".startswith(f"{town}/")


# A conversation ------------------------------------------------------------------------


def _find_conversation(actor: Actor, pk: str) -> About:
    found = About(conversation_id=int(pk))
    if not _name_conversations(actor, [found]):
        raise NoSuchConversation(_("There is no such conversation for your post."))
    return found


def _check_conversation(_actor: Actor, about: About, link: SeenLink) -> None:
    theirs = Conversation.objects.filter(upper_id=link.upper, lower_id=link.lower)
    if not theirs.filter(pk=about.conversation_id or 0).exists():
        raise NoSuchConversation(_("There is no such conversation for your post."))


def _name_conversations(actor: Actor, abouts: Iterable[About]) -> dict[About, Named]:
    """Name them by unit and day: only the two of each get to know it (1 query)."""
    post = actor.post_id or 0
    theirs = Conversation.objects.filter(Q(upper_id=post) | Q(lower_id=post))
    rows = theirs.filter(pk__in={one.conversation_id for one in abouts})
    return {
        About(conversation_id=one.pk): Named(
            occasion=Occasion.CONVERSATION,
            name=f"{one.unit.name}, {date_format(one.held_on or one.planned_for)}",
            address=(str(one.pk),),
        )
        for one in rows.select_related("unit")
    }


def _town_of(actor: Actor) -> str:
    return "/".join(actor.path.split("/")[:2])


def _municipality(actor: Actor) -> Unit:
    return get_municipality(_town_of(actor).split("/")[-1])


FINDERS: Mapping[Occasion, Callable[..., About]] = {
    Occasion.RESULT: _find_result,
    Occasion.GOAL: _find_goal,
    Occasion.EXPECTATION: _find_expectation,
    Occasion.COMMUNITY: _find_community,
    Occasion.TIME_ROBBER: _find_time_robber,
    Occasion.CONVERSATION: _find_conversation,
}
CHECKS: Mapping[Occasion, Callable[[Actor, About, SeenLink], None]] = {
    Occasion.RESULT: _check_result,
    Occasion.GOAL: _check_goal,
    Occasion.EXPECTATION: _check_expectation,
    Occasion.COMMUNITY: _check_community,
    Occasion.TIME_ROBBER: _check_time_robber,
    Occasion.CONVERSATION: _check_conversation,
}
NAMERS: Mapping[Occasion, Callable[[Actor, Iterable[About]], dict[About, Named]]] = {
    Occasion.RESULT: _name_results,
    Occasion.GOAL: _name_goals,
    Occasion.EXPECTATION: _name_expectations,
    Occasion.COMMUNITY: _name_communities,
    Occasion.TIME_ROBBER: _name_time_robbers,
    Occasion.CONVERSATION: _name_conversations,
}
