"""What can go wrong in data.

BadInput
└── BadFile      a source file is refused; the message names line, column and value
KaedenError
└── LakeDamaged  a file of the lake isn't what was written
"""

from kaeden.shared.errors import BadInput, KaedenError


class BadFile(BadInput):
    """A source file is refused whole; the lake is as it was."""


class LakeDamaged(KaedenError):
    """A file of the lake is gone or altered; nothing is read from it."""

    http_status = 500
    exit_code = 7
