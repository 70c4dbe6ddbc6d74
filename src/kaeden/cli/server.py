"""Serve the pages."""

import argparse
import socket

from django.conf import settings
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces

from kaeden.accounts.connecting import connections
from kaeden.cli.speech import say
from kaeden.shared.errors import Refused


def serve(arguments: argparse.Namespace) -> None:
    """Serve until stopped; what stands in the way is said before anything is started.

    With `--check` that is all.

    Raises
    ------
    Refused
        If something else listens on the port.
    BadInput
        If the login file can't be used.
    """
    if settings.KAEDEN_LOGIN:
        connections(settings.KAEDEN_LOGIN)
    _check_free(arguments.host, arguments.port)
    if arguments.check:
        return
    say("")
    say(
        _("Kæden is ready: http://%(host)s:%(port)s  (stop with Ctrl+C)")
        % {"host": arguments.host, "port": arguments.port}
    )
    Granian(
        "kaeden.config.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=2,
        log_enabled=False,
    ).serve()


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                _(
                    "Port %(port)s is busy. Stop what uses it, or choose another: "
                    "PORT=8001 make run"
                )
                % {"port": port}
            ) from error
