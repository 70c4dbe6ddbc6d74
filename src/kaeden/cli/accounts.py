"""Look after accounts, as the operator of the installation."""

import argparse
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.accounts import actions, queries
from kaeden.accounts.connecting import Connection, connections
from kaeden.accounts.models import User
from kaeden.cli.speech import say
from kaeden.organisation import actions as organisation
from kaeden.organisation.identity import identity_of
from kaeden.organisation.queries import (
    get_municipality,
    get_named_post,
    is_there,
    posts_by_key,
)
from kaeden.shared.files import refusal


def show(_arguments: argparse.Namespace) -> None:
    """List the accounts of people, with what an operator asks about each."""
    for account in queries.accounts():
        user = account.user
        facts = [
            _("second factor") if account.has_second_factor else _("no second factor"),
            *([] if user.is_active else [_("disabled")]),
            *([_("first password")] if user.initial_password_until else []),
            *(seat.label for seat in identity_of(user).seats),
        ]
        say(f"{user.username}: {'; '.join(facts)}")


@transaction.atomic
def add(arguments: argparse.Namespace) -> None:
    """Make an account with its posts, and print its first password."""
    issued = actions.add(arguments.username, by=SYSTEM, full_name=arguments.name)
    for post in arguments.post:
        _fill(issued.user, post)
    _say_password(issued)


def fill(arguments: argparse.Namespace) -> None:
    """Let an account hold a vacant post."""
    _fill(queries.get_account(arguments.username), arguments.post)
    say(_("Done."))


def _fill(user: User, name: str) -> None:
    post = get_named_post(name)
    organisation.fill_post(post, by=SYSTEM, holder_name=user.get_full_name(), user=user)


def set_address(arguments: argparse.Namespace) -> None:
    """Say where an account's weekly e-mail goes."""
    user = queries.get_account(arguments.username)
    address = "" if arguments.address == "-" else arguments.address
    wants = user.wants_reminders
    actions.choose_reminders(user, address=address, wants=wants, by=SYSTEM)
    say(_("Done."))


def disable(arguments: argparse.Namespace) -> None:
    """Let an account sign in no more, and say which posts it still holds."""
    user = queries.get_account(arguments.username)
    seats = identity_of(user).seats
    actions.disable(user, by=SYSTEM)
    say(_("Done. Its next request is refused."))
    for seat in seats:
        say(_("It still holds a post: %(post)s") % {"post": seat.label})


def enable(arguments: argparse.Namespace) -> None:
    """Let a disabled account sign in again."""
    actions.enable(queries.get_account(arguments.username), by=SYSTEM)
    say(_("Done."))


def give_password(arguments: argparse.Namespace) -> None:
    """Give an account a new first password, and print it."""
    user = queries.get_account(arguments.username)
    _say_password(actions.give_password(user, by=SYSTEM))


def reset(arguments: argparse.Namespace) -> None:
    """Forget the telephone that an account has set up."""
    user = queries.get_account(arguments.username)
    actions.reset_second_factor(user, by=SYSTEM)
    say(_("Done. A new one is set up at the next sign-in."))


def check(arguments: argparse.Namespace) -> None:
    """Say everything that is wrong with a login file; exit code 6 if anything is."""
    found = connections(arguments.file)
    problems = [problem for one in found for problem in _unknown_posts(one)]
    if problems:
        raise refusal(arguments.file, tuple(problems))
    for one in found:
        say(
            _("%(login)s (%(kind)s) gives %(posts)d posts.")
            % {
                "login": one.login.id,
                "kind": one.login.kind,
                "posts": len({grant.post for grant in one.login.posts}),
            }
        )
    say(_("%(file)s can be used.") % {"file": arguments.file.name})


def _unknown_posts(connection: Connection) -> Iterator[str]:
    """Give a sentence for each post of a login that the chain does not have."""
    login = connection.login
    there = (
        posts_by_key(get_municipality(login.municipality))
        if is_there(login.municipality)
        else {}
    )
    for grant, line in zip(login.posts, connection.lines, strict=True):
        if grant.post not in there:
            yield _(
                "%(where)s: municipality %(code)s has no post called “%(post)s”. "
                "Load its chain first, or correct the key."
            ) % {"where": line, "code": login.municipality, "post": grant.post}


def _say_password(issued: actions.Issued) -> None:
    say(
        _(
            "The first password, shown only now: %(password)s\n"
            "It has to be changed at the first sign-in, within seven days."
        )
        % {"password": issued.password}
    )
