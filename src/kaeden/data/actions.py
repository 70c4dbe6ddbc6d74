"""Changes of data: take a file in, take it back, bring the lake in step.

The database says which imports count; the lake's manifest follows it. A batch is in
the lake before the database mentions it, and the manifest changes after the database
has: whoever is interrupted between leaves the old lake, and the next action or
`settle` completes it.
"""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM, Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.data import own, queries
from kaeden.data.contracts import Contract
from kaeden.data.errors import BadFile
from kaeden.data.lake import owning, storing
from kaeden.data.lake.checking import Rule
from kaeden.data.lake.preparing import Prepared, batch_of, prepare
from kaeden.data.lake.reading import MEGABYTE
from kaeden.data.models import DataImport
from kaeden.data.rules import COUNTRY, State, may_revert, path_of
from kaeden.organisation.models import Unit
from kaeden.shared.clock import now
from kaeden.shared.errors import Refused


def import_file(
    contract: Contract, content: Path | bytes | None = None, *, by: Actor
) -> DataImport:
    """Take a file into the lake, or refuse it whole; without one, the shipped copy.

    The same file again changes nothing and returns the import that counts already;
    if the lake has been damaged since, the file mends it.

    Raises
    ------
    Forbidden
        If `by` may not import data.
    BadFile
        If the file isn't what the contract promises. The lake is as it was.
    """
    require(may(by, Permission.IMPORT_DATA, at=COUNTRY))
    given = _bytes(contract, contract.shipped_file if content is None else content)
    return _taken(contract, given, (), by=by)


def import_own(town: Unit, content: Path | bytes, *, by: Actor) -> DataImport:
    """Take in a municipality's own figures, all years; a newer file replaces them.

    Raises
    ------
    Forbidden
        If `by` may not import data there.
    BadFile
        If the file isn't what the contract promises, or holds figures of another
        municipality's units. The lake is as it was.
    """
    require(may(by, Permission.IMPORT_DATA, at=town.path))
    contract = own.contract_of(town)
    rules = owning.rules(contract, *own.places_of(town))
    return _taken(contract, _bytes(contract, content), rules, by=by)


def import_children(town: Unit, content: Path | bytes, *, by: Actor) -> DataImport:
    """Take in a municipality's rows of children, all years; a newer file replaces them.

    Raises
    ------
    Forbidden
        If `by` may not import data there.
    BadFile
        If the file isn't what the contract promises, or holds children of another
        municipality's units. The lake is as it was, and no child's value is told.
    """
    require(may(by, Permission.IMPORT_DATA, at=town.path))
    contract = own.contract_of_children(town.code)
    rules = owning.of_children(contract, own.institutions_with_children(town))
    return _taken(contract, _bytes(contract, content), rules, by=by)


def import_shipped(*, by: Actor) -> tuple[DataImport, ...]:
    """Take in every file that comes with the product; again changes nothing."""
    return tuple(import_file(contract, by=by) for contract in queries.contracts())


def _taken(
    contract: Contract, given: bytes, further: Iterable[Rule], *, by: Actor
) -> DataImport:
    """Let a file count, unless it does already; one that a rule forbids is refused."""
    with storing.the_only_writer():
        batch = batch_of(contract, given)
        counts = queries.current_import(contract.id, contract.period.label)
        if not (counts and counts.batch == batch and storing.is_whole(batch)):
            prepared = prepare(contract, given, further)
            storing.write(contract, prepared)
            if not counts or counts.batch != batch:
                counts = _record_import(contract, prepared, replaces=counts, by=by)
        storing.activate(queries.current_batches())
    return counts


def revert(data_import: DataImport, *, by: Actor) -> None:
    """Take an import back; what it replaced counts again, unless that is forgotten.

    Raises
    ------
    Forbidden
        If `by` may not import data.
    Refused
        If the import doesn't count now.
    """
    require(may(by, Permission.IMPORT_DATA, at=path_of(data_import.source)))
    with storing.the_only_writer():
        _record_revert(data_import, by=by)
        storing.activate(queries.current_batches())


def forget_children() -> int:
    """Delete rows of children that no longer count and had their time; return of how many.

    What was replaced or taken back can be wanted back for a while, and no longer.
    """
    with storing.the_only_writer():
        due = [one for one in queries.past_rows() if not _is_forgotten(one)]
        for one in due:
            record(Event.Kind.ROWS_FORGOTTEN, by=SYSTEM, about=one)
            storing.delete(one.batch)
    return len(due)


def _is_forgotten(data_import: DataImport) -> bool:
    has_rows = "children" in data_import.quality
    return has_rows and not storing.is_there(data_import.batch)


def settle() -> None:
    """Let the lake follow the database, after an interruption or a restore."""
    with storing.the_only_writer():
        storing.activate(queries.current_batches())


def _bytes(contract: Contract, content: Path | bytes) -> bytes:
    if isinstance(content, bytes):
        return content
    most = contract.format.max_megabytes * MEGABYTE
    try:
        with content.open("rb") as file:
            return file.read(most + 1)
    except OSError:
        raise BadFile(
            _("The file %(name)s can't be opened. Check its name, and who may read it.")
            % {"name": content.name}
        ) from None


@transaction.atomic
def _record_import(
    contract: Contract, prepared: Prepared, *, replaces: DataImport | None, by: Actor
) -> DataImport:
    if replaces:
        _move(replaces, now_in=State.CURRENT, to=State.SUPERSEDED)
    taken = DataImport.objects.create(
        source=contract.id,
        period=contract.period.label,
        batch=prepared.batch,
        file_digest=prepared.file_digest,
        rows=prepared.rows,
        statuses=prepared.quality["statuses"],
        quality=prepared.quality,
        imported_at=now(),
        imported_by=by.user_id,
        state=State.CURRENT,
        replaces=replaces,
    )
    record(Event.Kind.DATA_IMPORTED, by=by, about=taken)
    return taken


@transaction.atomic
def _record_revert(data_import: DataImport, *, by: Actor) -> None:
    require(may_revert(State(data_import.state)), otherwise=Refused)
    _move(data_import, now_in=State.CURRENT, to=State.REVERTED)
    if data_import.replaces and not _is_forgotten(data_import.replaces):
        _move(data_import.replaces, now_in=State.SUPERSEDED, to=State.CURRENT)
    record(Event.Kind.DATA_REVERTED, by=by, about=data_import)


def _move(data_import: DataImport, *, now_in: State, to: State) -> None:
    unchanged = DataImport.objects.filter(pk=data_import.pk, state=now_in)
    if not unchanged.update(state=to):
        raise Refused(
            _("Somebody has changed this source's imports. Look again, then try again.")
        )
    data_import.refresh_from_db(fields=["state"])
