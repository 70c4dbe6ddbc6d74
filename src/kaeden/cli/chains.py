"""Load and save a municipality's whole chain."""

import argparse

from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.cli.arguments import code_of, day_of
from kaeden.cli.speech import say
from kaeden.organisation import actions
from kaeden.organisation.files.reading import chain_in, write_chain
from kaeden.organisation.queries import get_municipality
from kaeden.organisation.snapshot import chain_of
from kaeden.presentation import changes as said
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, KaedenError


def load(arguments: argparse.Namespace) -> None:
    """Let the chain be as a file says; with `--dry-run` only say what differs."""
    if not arguments.file:
        raise KaedenError(_("Name the chain file: kaeden import chain FILE"))
    wanted = chain_in(arguments.file)
    asked = arguments.municipality
    if asked and wanted.municipality not in {asked, _known_code(asked)}:
        raise BadInput(
            _("The file is about municipality %(code)s, not %(asked)s.")
            % {"code": wanted.municipality, "asked": asked}
        )
    on = day_of(arguments.on) if arguments.on else wanted.as_of
    verb = actions.try_chain if arguments.dry_run else actions.apply_chain
    changes = verb(wanted, on=on, by=SYSTEM)
    say("\n".join(said.as_lines(changes, wanted, on)))
    if arguments.dry_run:
        say("")
        say(_("Nothing is written. Leave out --dry-run to write it."))


def _known_code(text: str) -> str:
    """Return the code of a municipality that is known; else the text itself."""
    try:
        return code_of(text)
    except KaedenError:
        return text


def save(arguments: argparse.Namespace) -> None:
    """Write the chain of a day to a file."""
    town = get_municipality(code_of(arguments.municipality))
    day = day_of(arguments.as_of) if arguments.as_of else today()
    chain = chain_of(town, day)
    content = write_chain(chain, arguments.file.name)
    try:
        arguments.file.write_bytes(content)
    except OSError as error:
        raise BadInput(
            _("The file can't be written. Check the path: %(path)s")
            % {"path": arguments.file}
        ) from error
    said_so = _("%(file)s: %(units)d units and %(posts)d posts.")
    values = {"units": len(chain.units), "posts": len(chain.posts)}
    say(said_so % {"file": arguments.file.name, **values})
