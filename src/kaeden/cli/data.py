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
from kaeden.data.own import contract_of, contract_of_children
from kaeden.organisation.queries import get_municipality
from kaeden.shared.errors import BadInput, KaedenError

CHAIN = "chain"
"""What is imported from a chain file and not through a contract."""
OWN = "own"
"""What a municipality counts itself."""
CHILDREN = "children"
"""A municipality's rows of children."""
MUNICIPAL = {
    OWN: (contract_of, actions.import_own),
    CHILDREN: (lambda town: contract_of_children(town.code), actions.import_children),
}
"""What a municipality imports: by its contract, with its verb."""


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
    if arguments.source in MUNICIPAL:
        _import_municipal(arguments)
        return
    contract = queries.contract(arguments.source)
    _say(contract, actions.import_file(contract, arguments.file, by=SYSTEM))


def _import_municipal(arguments: argparse.Namespace) -> None:
    """Import a municipality's own figures, or its rows of children."""
    if not (arguments.file and arguments.municipality):
        raise BadInput(
            _(
                "Name the file and the municipality:"
                " kaeden import %(source)s FILE --municipality M."
            )
            % {"source": arguments.source}
        )
    town = get_municipality(code_of(arguments.municipality))
    contract, take_in = MUNICIPAL[arguments.source]
    _say(contract(town), take_in(town, arguments.file, by=SYSTEM))


def _say(contract: Contract, done: DataImport) -> None:
    say(
        _("%(source)s: %(rows)s rows. Import number %(number)s.")
        % {"source": contract.title, "rows": done.rows, "number": done.pk}
    )


def _list() -> None:
    """Say which contracts there are, and fail: nothing was asked for."""
    names = ", ".join([*(one.id for one in queries.contracts()), *MUNICIPAL, CHAIN])
    raise KaedenError(_("Name a source: %(names)s.") % {"names": names})
