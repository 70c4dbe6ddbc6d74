"""Change the organisation and who holds its posts: each verb once, for every door."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may, require
from kaeden.accounts.models import User
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.organisation.chain import Chain, ChainCharter
from kaeden.organisation.changes import Change, diff, is_same_charter
from kaeden.organisation.charters import may_write_charter
from kaeden.organisation.errors import NoSuchUnit, PostIsTaken
from kaeden.organisation.models import Charter, Holding, Placement, Post, Unit
from kaeden.organisation.queries import (
    get_institution,
    get_municipality,
    posts_by_key,
    within,
)
from kaeden.organisation.rules import CHIEFS, INVENTED, Hierarchy, Kind, Origin
from kaeden.organisation.snapshot import chain_of
from kaeden.organisation.soundness import loose_ends
from kaeden.organisation.wanted import Writing
from kaeden.organisation.writing import has_later_changes, write
from kaeden.organisation.writing_posts import begin_charter
from kaeden.shared.clock import today
from kaeden.shared.dated import DatedRows, valid_at
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.words import fold


@transaction.atomic
def fill_post(
    post: Post, *, by: Actor, holder_name: str = "", user: User | None = None
) -> Holding:
    """Let somebody hold a vacant post from today.

    Raises
    ------
    Forbidden
        If none of `by`'s posts reaches the unit.
    BadInput
        If no holder is named.
    PostIsTaken
        If somebody holds it, also when they were quicker just now.
    """
    require(may(by, Permission.FILL_POST, at=post.unit.path))
    name = holder_name.strip()
    if not name and user is None:
        raise BadInput(_("Write who is to hold the post."))
    holding, is_new = Holding.objects.get_or_create(
        post=post,
        valid_to=None,
        defaults={"holder_name": name[:120], "user": user, "valid_from": today()},
    )
    if not is_new:
        raise PostIsTaken(_("Somebody holds the post already. Vacate it first."))
    record(Event.Kind.POST_FILLED, by=by, about=post)
    return holding


@transaction.atomic
def vacate_post(post: Post, *, by: Actor) -> None:
    """End the open holding today.

    Raises
    ------
    Forbidden
        If none of `by`'s posts reaches the unit.
    Refused
        If the post is vacant already.
    """
    require(may(by, Permission.FILL_POST, at=post.unit.path))
    held = Holding.objects.filter(post=post, valid_to__isnull=True)
    if not held.update(valid_to=today()):
        raise Refused(_("The post is vacant already."))
    record(Event.Kind.POST_VACATED, by=by, about=post)


@transaction.atomic
def write_charter(
    post: Post, charter: ChainCharter, *, by: Actor, read: int | None = None
) -> None:
    """Let a charter hold from today; the one before it ends and is kept.

    `read` is the row of the charter that the writer had before them.

    Raises
    ------
    Forbidden
        If `by` is not the post above, and not the director.
    Refused
        If somebody has written another charter meanwhile.
    """
    town = get_municipality(post.unit.municipality_code)
    chain = chain_of(town, today())
    require(may_write_charter(by, post, chain))
    there = Charter.objects.select_for_update().filter(post=post, valid_to=None)
    if next(iter(there.values_list("pk", flat=True)), None) != read:
        raise Refused(_("Somebody has changed the charter. Read it again first."))
    if is_same_charter(chain.post[post.key].charter, charter):
        return
    there.end(today())
    posts = posts_by_key(town)
    _check_charter(charter, posts)
    begin_charter(post, charter, on=today(), posts=posts)
    record(Event.Kind.CHARTER_WRITTEN, by=by, about=post)


def _check_charter(charter: ChainCharter, posts: Mapping[str, Post]) -> None:
    """Refuse a charter that says too little, or sends on to a post that isn't there."""
    if not charter.area.strip() or not charter.decision_room.strip():
        raise BadInput(_("Write what the post leads, and what it decides itself."))
    gone = [line.ask for line in charter.not_mine if line.ask not in posts]
    if gone:
        raise BadInput(
            _("There is no post “%(key)s” to ask instead. Choose another one.")
            % {"key": gone[0]}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What came of a login: the posts it gives, and those that another one has."""

    held: tuple[Post, ...]
    taken: tuple[Post, ...]


@transaction.atomic
def hold_by_login(user: User, posts: Iterable[Post], *, login: str) -> Given:
    """Let somebody hold just the posts that their municipal login gives them today.

    What a login gave before and gives no more ends today. A post that another login
    gave goes over to whoever signs in with it now; one that was filled by hand stays
    with its holder.
    """
    wanted = {post.pk: post for post in posts}
    by = Actor(user_id=user.pk)
    _end_by_login(Holding.objects.filter(user=user).exclude(post__in=wanted), by)
    others = Holding.objects.filter(post__in=wanted).exclude(user=user)
    _end_by_login(others, by)
    called = {"holder_name": user.get_full_name()[:120]}
    own = Holding.objects.filter(user=user, valid_to__isnull=True).exclude(login="")
    own.update(**called)
    held: list[Post] = []
    taken: list[Post] = []
    for post in wanted.values():
        holding, is_new = Holding.objects.get_or_create(
            post=post,
            valid_to=None,
            defaults={"user": user, "login": login, "valid_from": today(), **called},
        )
        (held if holding.user_id == user.pk else taken).append(post)
        if is_new:
            record(Event.Kind.POST_FILLED, by=by, about=post)
    return Given(held=tuple(held), taken=tuple(taken))


def _end_by_login(holdings: DatedRows, by: Actor) -> None:
    """End today those of some holdings that a login gave, each with its row."""
    ending = holdings.filter(valid_to__isnull=True).exclude(login="")
    for holding in ending.select_related("post"):
        record(Event.Kind.POST_VACATED, by=by, about=holding.post)
    ending.end(today())


@transaction.atomic
def apply_chain(wanted: Chain, *, on: date, by: Actor) -> tuple[Change, ...]:
    """Let a municipality's chain be as wanted from a day on; return what changed.

    A municipality that is not there yet begins on that day. One that the registers
    know is from then on the municipality's own to change.

    Raises
    ------
    Forbidden
        If `by`'s post does not reach the municipality.
    BadInput
        If something in the chain refers to what is not in it.
    Refused
        If the day has not come, or something has changed after it.
    """
    require(may(by, Permission.LOAD_CHAIN, at=f"dk/{wanted.municipality}"))
    loose = loose_ends(wanted)
    if loose:
        raise BadInput("\n".join(loose))
    if on > today():
        raise Refused(
            _("%(day)s has not come yet. Keep it as a draft until then.")
            % {"day": date_format(on)}
        )
    town = _begin_municipality(wanted, on)
    if has_later_changes(town, on):
        raise Refused(
            _("The chain has changed after %(day)s. Choose a later day.")
            % {"day": date_format(on)}
        )
    now = chain_of(town, on)
    _check_ended(now, wanted)
    changes = diff(now, wanted)
    if changes:
        write(Writing(town=town, now=now, wanted=wanted, on=on))
        record(Event.Kind.CHAIN_APPLIED, by=by, about=town)
    return changes


def try_chain(wanted: Chain, *, on: date, by: Actor) -> tuple[Change, ...]:
    """Return what `apply_chain` would change, or its refusal; change nothing."""
    with transaction.atomic():
        changes = apply_chain(wanted, on=on, by=by)
        transaction.set_rollback(True)
    return changes


def _check_ended(now: Chain, wanted: Chain) -> None:
    """Refuse successors of units that never were."""
    strangers = wanted.carried_on.keys() - now.unit.keys() - now.carried_on.keys()
    if strangers:
        raise BadInput(
            _("There is no unit %(keys)s that could be carried on.")
            % {"keys": ", ".join(sorted(strangers))}
        )


def _begin_municipality(wanted: Chain, on: date) -> Unit:
    """Return the municipality, made if it is not there (at most 4 queries)."""
    found: Unit | None = Unit.objects.filter(
        kind=Kind.MUNICIPALITY.value, code=wanted.municipality, valid_to__isnull=True
    ).first()
    if found:
        return found
    country, _new = Unit.objects.get_or_create(
        path="dk",
        valid_to=None,
        defaults={
            "code": "dk",
            "kind": Kind.COUNTRY.value,
            "name": "Danmark",
            "search_name": "danmark",
            "valid_from": on,
        },
    )
    town = Unit.objects.create(
        code=wanted.municipality,
        kind=Kind.MUNICIPALITY.value,
        name=wanted.name,
        search_name=fold(wanted.name),
        parent=country,
        path=f"dk/{wanted.municipality}",
        origin=Origin.CHAIN.value,
        valid_from=on,
    )
    Placement.objects.create(
        unit=town, parent=country, hierarchy=Hierarchy.LINE.value, valid_from=on
    )
    return town


@transaction.atomic
def enter_demo(role: str, *, municipality: str, institution: str = "") -> User:
    """Return the demo's account that holds a post in a municipality.

    `role` is a director's, a chief's, or a leader's; only a leader needs an
    `institution`. The account and its holding are made at the first entry.

    Raises
    ------
    NoSuchUnit
        If there is no such municipality or institution.
    Refused
        If there is no such post, or somebody who is not the demo holds it.
    """
    post = _demo_post(role, municipality, institution)
    user, _new = User.objects.get_or_create(
        username=f"demo-{role}-{post.unit.municipality_code}-{post.unit.code}",
        defaults={"is_demo": True},
    )
    holding, is_new = Holding.objects.get_or_create(
        post=post, valid_to=None, defaults={"user": user, "valid_from": today()}
    )
    if holding.user_id != user.pk:
        raise PostIsTaken(_("Somebody holds the post already. Choose another one."))
    if is_new:
        record(Event.Kind.POST_FILLED, by=Actor(user_id=user.pk), about=post)
    return user


@transaction.atomic
def seat_demo(*, by: Actor) -> int:
    """Let a demo account hold each held post of the invented municipality.

    Return how many were seated now; those that have an account keep it.

    Raises
    ------
    Forbidden
        If `by` may not load its chain.
    """
    town = get_municipality(INVENTED)
    require(may(by, Permission.LOAD_CHAIN, at=town.path))
    held = Holding.objects.at(today()).filter(within(town, "post__unit__"), user=None)
    seats = list(held.select_related("post"))
    users = [
        User(
            username=f"demo-{one.post.key}",
            password=make_password(None),
            is_demo=True,
        )
        for one in seats
    ]
    User.objects.bulk_create(users)
    for one, user in zip(seats, users, strict=True):
        one.user = user
    Holding.objects.bulk_update(seats, ["user"], batch_size=500)
    if seats:
        record(Event.Kind.DEMO_SEATED, by=by, about=town)
    return len(seats)


def enter_fjordby(key: str) -> User:
    """Return the demo account that holds a post of the invented municipality (1 query).

    Raises
    ------
    NoSuchUnit
        If there is no such post, or nobody holds it.
    """
    found = (
        User.objects.filter(
            valid_at(today(), of="holdings__"),
            is_demo=True,
            holdings__post__key=key,
            holdings__post__unit__path__startswith=f"dk/{INVENTED}",
        )
        .order_by("pk")
        .first()
    )
    if found is None:
        raise NoSuchUnit(_("There is no such post in the demo. Choose another one."))
    return found


def _demo_post(role: str, municipality: str, institution: str) -> Post:
    if role == Role.LEADER.value:
        place = get_institution(institution).path
    else:
        place = get_municipality(municipality).path
        areas = {chief.value: area.value for area, chief in CHIEFS.items()}
        place += f"/{areas[role]}" if role in areas else ""
    post: Post | None = (
        Post.objects.filter(unit__path=place, role=role, valid_to__isnull=True)
        .select_related("unit")
        .first()
    )
    if post is None or role == Role.COMMITTEE.value:
        raise Refused(_("This place has no such post. Choose another one."))
    return post
