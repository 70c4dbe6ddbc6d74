"""What somebody writes for others to read: there, short enough, about no one child."""

import re

from django.utils.translation import gettext as _

from kaeden.shared.errors import BadInput

CPR = re.compile(
    r"(?<!\d)(?:[0-2]\d|3[01]|[4-6]\d|7[01])(?:0\d|1[0-2])\d\d[- ]?\d{4}(?!\d)"
)
"""A day, a month, a year and four digits more; a replacement number adds 60 to the day."""


def whole(text: str, *, longest: int) -> str:
    """Return a text without blanks round it, or say why it can't be kept.

    Raises
    ------
    BadInput
        If it is empty, too long, or holds something like a CPR number.
    """
    words = text.strip()
    if not words:
        raise BadInput(_("Write some words."))
    if len(words) > longest:
        raise BadInput(
            _("The text has %(length)d characters. Use %(most)d at the most.")
            % {"length": len(words), "most": longest}
        )
    if CPR.search(words):
        raise BadInput(
            _("The text holds a CPR number. Take it out: others will read this.")
        )
    return words
