"""Send the week's e-mail, by hand or from a calendar."""

import argparse
from collections import Counter
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from kaeden.access.rules import SYSTEM
from kaeden.cli.speech import say
from kaeden.presentation import reminders as letters
from kaeden.reminders import actions
from kaeden.reminders.queries import Person, waiting
from kaeden.reminders.rules import Told
from kaeden.shared.clock import today
from kaeden.shared.errors import Refused


def remind(arguments: argparse.Namespace) -> None:
    """Tell everybody for whom something waits, once a week at most."""
    people = waiting(today())
    _say_what_waits(people)
    wanted = [one for one in people if one.told is Told.TO_TELL]
    if arguments.dry_run:
        say(_("Nothing was sent: it was a dry run."))
    elif wanted:
        _send(wanted)


def _say_what_waits(people: list[Person]) -> None:
    """Say how many people it is about; never who."""
    counts = Counter(one.told for one in people)
    say(
        _("Something waits for %(people)s people. %(to_tell)s are to get an e-mail.")
        % {"people": len(people), "to_tell": counts[Told.TO_TELL]}
    )
    said = {
        Told.TOLD_LATELY: _("%(count)s got one less than a week ago."),
        Told.DECLINED: _("%(count)s have declined it."),
        Told.WITHOUT_ADDRESS: _("%(count)s have no e-mail address."),
    }
    for told, words in said.items():
        if counts[told]:
            say(words % {"count": counts[told]})


def _send(people: list[Person]) -> None:
    _check_settings()
    sent = 0
    try:
        with get_connection() as connection:
            for person in people:
                mail = _mail(person, connection)
                sent += actions.remind(person.user_id, mail, by=SYSTEM)
    except (OSError, SMTPException) as error:
        raise Refused(
            _(
                "The mail server broke off after %(sent)s e-mails. Run it again: nobody "
                "gets it twice."
            )
            % {"sent": sent}
        ) from error
    say(_("%(sent)s e-mails were sent.") % {"sent": sent})


def _check_settings() -> None:
    wanted = {
        "KAEDEN_MAIL_HOST": settings.EMAIL_HOST,
        "KAEDEN_MAIL_FROM": settings.DEFAULT_FROM_EMAIL,
        "KAEDEN_ADDRESS": settings.KAEDEN_ADDRESS,
    }
    missing = ", ".join(name for name, value in wanted.items() if not value)
    if missing:
        raise Refused(
            _("No e-mail can be sent: set %(names)s. docs/mail.md says how.")
            % {"names": missing}
        )


def _mail(person: Person, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    with override(settings.LANGUAGE_CODE):
        letter = letters.build(person, address=settings.KAEDEN_ADDRESS)
        shown = {"letter": letter}
        mail = EmailMultiAlternatives(
            letter.subject,
            render_to_string("mail/reminder.txt", shown),
            to=[person.address],
            headers={"Auto-Submitted": "auto-generated"},
            connection=connection,
        )
        mail.attach_alternative(
            render_to_string("mail/reminder.html", shown), "text/html"
        )
    return mail
