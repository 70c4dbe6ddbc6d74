"""Load a chain file in two steps: send it and see the difference, then let it hold."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.organisation.actions import apply_chain, try_chain
from kaeden.organisation.chain import Chain
from kaeden.organisation.changes import Change
from kaeden.organisation.errors import NoSuchUpload
from kaeden.organisation.files.reading import read_chain, write_chain
from kaeden.organisation.models import ChainUpload, Unit
from kaeden.shared.clock import now
from kaeden.shared.errors import BadInput, Refused

LIFETIME = timedelta(hours=1)
KEPT_AS = "kept.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A chain that was sent, what it would change, and a mark of exactly that."""

    upload: ChainUpload
    chain: Chain
    changes: tuple[Change, ...]
    mark: str


@transaction.atomic
def keep_upload(chain: Chain, *, file_name: str, town: Unit, by: Actor) -> ChainUpload:
    """Keep a chain that was sent until it is loaded or thrown away.

    Uploads that have expired go at the same time.

    Raises
    ------
    Forbidden
        If `by`'s post does not reach the municipality.
    BadInput
        If the chain is another municipality's.
    Refused
        If it could not be loaded from its day.
    """
    require(may(by, Permission.LOAD_CHAIN, at=town.path))
    if chain.municipality != town.code:
        raise BadInput(
            _("The file is about municipality %(code)s, not %(asked)s.")
            % {"code": chain.municipality, "asked": town.code}
        )
    try_chain(chain, on=chain.as_of, by=by)
    _forget_expired()
    upload = ChainUpload.objects.create(
        municipality=town,
        post_id=by.post_id,
        file_name=file_name[-120:],
        text=write_chain(chain, KEPT_AS).decode(),
        expires_at=now() + LIFETIME,
    )
    record(Event.Kind.CHAIN_SENT, by=by, about=upload)
    return upload


def get_upload(by: Actor, town: Unit, pk: int) -> ChainUpload:
    """Return an upload of the post that one acts in (1 query).

    Raises
    ------
    NoSuchUpload
        If there is none, or it has expired.
    """
    found = ChainUpload.objects.filter(
        pk=pk, municipality=town, post_id=by.post_id or 0, expires_at__gt=now()
    ).first()
    if found is None or not may(by, Permission.LOAD_CHAIN, at=town.path):
        raise NoSuchUpload(_("The file is no longer kept. Send it again."))
    return found


def proposal_of(upload: ChainUpload, *, by: Actor) -> Proposal:
    """Return what an upload would change now; change nothing.

    Raises
    ------
    Refused
        If it could not be loaded any more.
    """
    chain = read_chain(upload.text.encode(), KEPT_AS)
    changes = try_chain(chain, on=chain.as_of, by=by)
    return Proposal(upload=upload, chain=chain, changes=changes, mark=_mark(changes))


@transaction.atomic
def apply_upload(upload: ChainUpload, *, seen: str, by: Actor) -> tuple[Change, ...]:
    """Let the chain of an upload hold from its day; `seen` marks what was shown.

    Raises
    ------
    Forbidden
        If `by`'s post does not reach the municipality.
    Refused
        If the chain has changed since, so that other things would change now.
    """
    chain = read_chain(upload.text.encode(), KEPT_AS)
    changes = apply_chain(chain, on=chain.as_of, by=by)
    if _mark(changes) != seen:
        raise Refused(
            _("The chain has changed since you saw the difference. Look at it again.")
        )
    upload.delete()
    _forget_expired()
    return changes


@transaction.atomic
def discard_upload(upload: ChainUpload, *, by: Actor) -> None:
    """Throw an upload away; nothing else changes.

    Raises
    ------
    Forbidden
        If `by`'s post does not reach the municipality.
    """
    require(may(by, Permission.LOAD_CHAIN, at=upload.municipality.path))
    record(Event.Kind.CHAIN_DISCARDED, by=by, about=upload)
    upload.delete()
    _forget_expired()


def _forget_expired() -> None:
    """Delete the uploads whose time is over, whoever sent them (1 query)."""
    ChainUpload.objects.filter(expires_at__lte=now()).delete()


def _mark(changes: tuple[Change, ...]) -> str:
    return hashlib.sha256(repr(changes).encode()).hexdigest()
