"""Import files and undo imports."""

import argparse

from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.cli import chains
from kaeden.cli.arguments import code_of
from kaeden.cli.speech import say
from kaeden.data import actions, queries
from kaeden.data.contracts import Contract
from kaeden.data.models import DataImport
from kaeden.data.own import contract_of
from kaeden.organisation.queries import get_municipality
from kaeden.shared.errors import BadInput, KaedenError

CHAIN = "chain"
"""What is imported from a chain file and not through a contract."""
OWN = "own"
"""What a municipality counts itself."""


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
    if arguments.source == OWN:
        _import_own(arguments)
        return
    contract = queries.contract(arguments.source)
    _say(contract, actions.import_file(contract, arguments.file, by=SYSTEM))


def _import_own(arguments: argparse.Namespace) -> None:
    """Import a municipality's own figures."""
    if not (arguments.file and arguments.municipality):
        raise BadInput(
            _(
                "Name the file and the municipality:"
                " kaeden import own FILE --municipality M."
            )
        )
    town = get_municipality(code_of(arguments.municipality))
    _say(contract_of(town), actions.import_own(town, arguments.file, by=SYSTEM))


def _say(contract: Contract, done: DataImport) -> None:
    say(
        _("%(source)s: %(rows)s rows. Import number %(number)s.")
        % {"source": contract.title, "rows": done.rows, "number": done.pk}
    )


def _list() -> None:
    """Say which contracts there are, and fail: nothing was asked for."""
    names = ", ".join([*(one.id for one in queries.contracts()), OWN, CHAIN])
    raise KaedenError(_("Name a source: %(names)s.") % {"names": names})
