"""What people write on the command line, as values."""

from datetime import date

from django.utils.translation import gettext as _

from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.queries import municipalities
from kaeden.shared.errors import BadInput
from kaeden.shared.words import fold


def day_of(text: str) -> date:
    """Return the day that is written.

    Raises
    ------
    BadInput
        If it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            _("“%(text)s” is not a date. Write it as 2026-08-01.") % {"text": text}
        ) from None


def code_of(text: str) -> str:
    """Return the code of a municipality that is named by code or by name (1 query).

    Raises
    ------
    NoSuchUnit
        If there is none.
    """
    wanted = fold(text)
    for one in municipalities(with_invented=True):
        if wanted in {one.code, fold(one.name), fold(one.full_name)}:
            return str(one.code)
    raise NoSuchUnit(
        _("There is no municipality called “%(text)s”. Use its name or its code.")
        % {"text": text}
    )
