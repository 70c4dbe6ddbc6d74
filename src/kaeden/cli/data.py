"""Import files and undo imports."""

import argparse

from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.cli import chains
from kaeden.cli.speech import say
from kaeden.data import actions, queries
from kaeden.shared.errors import KaedenError

CHAIN = "chain"
"""What is imported from a chain file and not through a contract."""


def import_or_revert(arguments: argparse.Namespace) -> None:
    """Import one file, or a chain; or undo an import by its number."""
    if arguments.revert:
        actions.revert(queries.get_import(arguments.revert), by=SYSTEM)
        say(_("Import %(number)s is undone.") % {"number": arguments.revert})
        return
    if not arguments.source:
        _list()
        return
    if arguments.source == CHAIN:
        chains.load(arguments)
        return
    contract = queries.contract(arguments.source)
    done = actions.import_file(contract, arguments.file, by=SYSTEM)
    say(
        _("%(source)s: %(rows)s rows. Import number %(number)s.")
        % {"source": contract.title, "rows": done.rows, "number": done.pk}
    )


def _list() -> None:
    """Say which contracts there are, and fail: nothing was asked for."""
    names = ", ".join([*(one.id for one in queries.contracts()), CHAIN])
    raise KaedenError(_("Name a source: %(names)s.") % {"names": names})
