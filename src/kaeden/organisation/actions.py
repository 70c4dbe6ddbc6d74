"""Change who holds which post: each verb once, for every door."""

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may, require
from kaeden.accounts.models import User
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.organisation.errors import PostIsTaken
from kaeden.organisation.models import Holding, Post
from kaeden.organisation.queries import get_institution, get_municipality
from kaeden.organisation.rules import CHIEFS
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused


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
