"""Read accounts; each docstring ends with what it costs."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaeden.accounts.errors import NoSuchAccount
from kaeden.accounts.models import User


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody's account, and whether they have set up a second factor."""

    user: User
    has_second_factor: bool


def get_account(username: str) -> User:
    """Return an account by its name, in capitals or not (1 query).

    Raises
    ------
    NoSuchAccount
        If there is none.
    """
    found = User.objects.filter(username__iexact=username).first()
    if found is None:
        raise NoSuchAccount(
            _("There is no account of that name. `kaeden account list` shows them all.")
        )
    return found


def accounts() -> list[Account]:
    """Return the accounts of people by name (2 queries)."""
    strong = set(_apps().values_list("user_id", flat=True))
    people = User.objects.filter(is_demo=False).order_by("username")
    return [Account(user=one, has_second_factor=one.pk in strong) for one in people]


def has_second_factor(user: User) -> bool:
    """Whether an app on their telephone says a code (1 query)."""
    return bool(_apps().filter(user=user).exists())


def _apps() -> QuerySet[Any]:
    found: QuerySet[Any] = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    return found
