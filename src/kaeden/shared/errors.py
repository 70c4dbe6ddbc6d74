"""Errors that a person is shown, and what each means outside.

KaedenError
├── Forbidden   this person may not do this here         HTTP 403   exit 3
├── NotFound    there is no such thing for this person   HTTP 404   exit 4
├── Refused     the thing is not in a state for it       HTTP 409   exit 5
└── BadInput    a file or form can't be used as it is    HTTP 400   exit 6
"""

from typing import ClassVar

from django.utils.functional import Promise


class KaedenError(Exception):
    """Root of the errors that we raise on purpose.

    `message` is whole sentences in the reader's words: what happened, with which
    value, and what to do next. It never holds a person's data.
    """

    http_status: ClassVar[int] = 400
    exit_code: ClassVar[int] = 2

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class Forbidden(KaedenError):
    """This person may not do this here."""

    http_status = 403
    exit_code = 3


class NotFound(KaedenError):
    """There is no such thing, or not for this person."""

    http_status = 404
    exit_code = 4


class Refused(KaedenError):
    """The thing is not in a state that allows this."""

    http_status = 409
    exit_code = 5


class BadInput(KaedenError):
    """A file or a form is refused whole; nothing has changed."""

    http_status = 400
    exit_code = 6
