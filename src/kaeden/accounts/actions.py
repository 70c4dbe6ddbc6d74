"""Change accounts: each verb once, for the command line and the pages.

The command line on the installation's own machine is the operator. It makes accounts
and ends them; it opens nothing that is written or measured.
"""

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.accounts.errors import NameIsTaken
from kaeden.accounts.models import User
from kaeden.accounts.rules import INITIAL_PASSWORD_LASTS, new_password
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.shared.clock import now
from kaeden.shared.errors import BadInput, Refused


@dataclass(frozen=True, slots=True)
class Issued:
    """An account with the password that it was given, which is shown once."""

    user: User
    password: str = field(repr=False)


def _may_manage(by: Actor) -> None:
    require(may(by, Permission.MANAGE_ACCOUNTS, at="dk"))


@transaction.atomic
def add(username: str, *, by: Actor, full_name: str = "") -> Issued:
    """Make an account with a first password, which has to be changed at once.

    Raises
    ------
    Forbidden
        If `by` does not manage accounts.
    BadInput
        If the name can't be one.
    NameIsTaken
        If there is such an account, in capitals or not.
    """
    _may_manage(by)
    first_name, _space, last_name = full_name.strip().partition(" ")
    user = User(username=username, first_name=first_name, last_name=last_name)
    if User.objects.filter(username__iexact=username).exists():
        raise NameIsTaken(_("There is an account of that name. Choose another one."))
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from error
    issued = _issue(user)
    record(Event.Kind.ACCOUNT_ADDED, by=by, about=user)
    return issued


@transaction.atomic
def choose_reminders(user: User, *, address: str, wants: bool, by: Actor) -> None:
    """Say where the weekly e-mail goes, or that one does not want it.

    One does it for oneself, and the operator for others.

    Raises
    ------
    Forbidden
        If it is another's account, and `by` does not manage accounts.
    BadInput
        If the address can't be one.
    Refused
        If the account belongs to the demo, which many share.
    """
    if user.is_demo:
        raise Refused(_("Many share an account of the demo. It gets no e-mail."))
    if by.user_id is None or by.user_id != user.pk:
        _may_manage(by)
    email = address.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise BadInput(
            _("That is no e-mail address. Write one, such as a@b.dk.")
        ) from error
    user.email, user.wants_reminders = email, wants
    user.save(update_fields=["email", "wants_reminders"])
    record(Event.Kind.REMINDERS_CHOSEN, by=by, about=user)


@transaction.atomic
def give_password(user: User, *, by: Actor) -> Issued:
    """Give an account a new first password; its sessions end.

    Raises
    ------
    Forbidden
        If `by` does not manage accounts.
    Refused
        If the account signs in elsewhere, or belongs to the demo.
    """
    _may_manage(by)
    if not user.has_own_password:
        raise Refused(
            _("This account has no password here: it signs in with another login.")
        )
    issued = _issue(user)
    record(Event.Kind.PASSWORD_GIVEN, by=by, about=user)
    return issued


def _issue(user: User) -> Issued:
    password = new_password()
    user.set_password(password)
    user.initial_password_until = now() + INITIAL_PASSWORD_LASTS
    user.save()
    return Issued(user, password)


@transaction.atomic
def change_password(user: User, password: str) -> None:
    """Let somebody's own choice be their password; their other sessions end."""
    user.set_password(password)
    user.initial_password_until = None
    user.save()
    record(Event.Kind.PASSWORD_CHANGED, by=Actor(user_id=user.pk), about=user)


@transaction.atomic
def know_as(user: User, full_name: str, *, is_new: bool) -> None:
    """Call somebody what their municipal login calls them; note a new account."""
    first_name, _space, last_name = full_name.partition(" ")
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])
    if is_new:
        record(Event.Kind.ACCOUNT_ADDED, by=Actor(user_id=user.pk), about=user)


@transaction.atomic
def disable(user: User, *, by: Actor) -> None:
    """Let an account sign in no more; its next request is refused.

    Raises
    ------
    Forbidden
        If `by` does not manage accounts.
    Refused
        If it is disabled already.
    """
    _may_manage(by)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise Refused(_("The account is disabled already."))
    end_sessions(user)
    record(Event.Kind.ACCOUNT_DISABLED, by=by, about=user)


@transaction.atomic
def enable(user: User, *, by: Actor) -> None:
    """Let a disabled account sign in again.

    Raises
    ------
    Forbidden
        If `by` does not manage accounts.
    Refused
        If it is not disabled.
    """
    _may_manage(by)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Refused(_("The account is not disabled."))
    record(Event.Kind.ACCOUNT_ENABLED, by=by, about=user)


@transaction.atomic
def reset_second_factor(user: User, *, by: Actor) -> None:
    """Take away a second factor that is lost; the account's sessions end.

    Raises
    ------
    Forbidden
        If `by` does not manage accounts.
    Refused
        If it has none.
    """
    _may_manage(by)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Refused(_("The account has no second factor."))
    end_sessions(user)
    record(Event.Kind.SECOND_FACTOR_REMOVED, by=by, about=user)


def end_sessions(user: User) -> None:
    """End every session of an account, here and in other browsers (1 query)."""
    User.objects.filter(pk=user.pk).update(
        session_generation=F("session_generation") + 1
    )


@transaction.atomic
def second_factor_is_set(user: User) -> None:
    """Note that somebody has set up a second factor."""
    record(Event.Kind.SECOND_FACTOR_SET, by=Actor(user_id=user.pk), about=user)


@transaction.atomic
def second_factor_is_removed(user: User) -> None:
    """Note that somebody has taken their second factor away."""
    record(Event.Kind.SECOND_FACTOR_REMOVED, by=Actor(user_id=user.pk), about=user)
