"""Send somebody the week's e-mail: once, whatever breaks off in between."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.reminders.models import Reminder
from kaeden.reminders.rules import is_recent, week_of
from kaeden.shared.clock import now, today
from kaeden.shared.database import wait_for_turn

REFUSED = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)
"""Answers that say for certain that the e-mail was not taken."""


def remind(user_id: int, mail: EmailMultiAlternatives, *, by: Actor) -> bool:
    """Send one person the week's e-mail, and return whether it was sent now.

    It is claimed in a transaction of its own before it is sent. So two runs at once,
    and a run after one that broke off, never send it twice. One that the mail server
    refuses is let go, and can be tried again.

    Raises
    ------
    Forbidden
        If `by` may not send e-mail.
    OSError, SMTPException
        If the connection broke off: then the claim stays.
    """
    require(may(by, Permission.SEND_REMINDERS, at="dk"))
    claim = _claim(user_id)
    if claim is None:
        return False
    try:
        mail.send()
    except REFUSED:
        claim.delete()
        return False
    with transaction.atomic():
        Reminder.objects.filter(pk=claim.pk).update(sent_at=now())
        record(Event.Kind.REMINDED, by=by, about=claim)
    return True


@transaction.atomic
def _claim(user_id: int) -> Reminder | None:
    """Take the week's e-mail to one person; None if it has been taken lately."""
    wait_for_turn(f"reminder {user_id}")
    last = Reminder.objects.filter(user_id=user_id).order_by("-claimed_on").first()
    if is_recent(last.claimed_on if last else None, on=today()):
        return None
    return Reminder.objects.create(
        user_id=user_id, week=week_of(today()), claimed_on=today()
    )
