"""Let a municipality's chain be as OS2mo knows it, on one day or through all days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor
from kaeden.organisation.actions import apply_chain
from kaeden.organisation.chain import Chain
from kaeden.organisation.changes import Change, diff
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.files.conversion import in_order
from kaeden.organisation.files.reading import problems_of
from kaeden.organisation.os2mo.chains import chain_on
from kaeden.organisation.os2mo.facts import Facts
from kaeden.organisation.os2mo.mapping import Mapping
from kaeden.organisation.queries import get_municipality
from kaeden.organisation.snapshot import chain_of
from kaeden.shared.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one day's chain changed, and what of OS2mo is not in it."""

    chain: Chain
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]


def fetch_chain(
    facts: Facts,
    mapping: Mapping,
    days: Iterable[date],
    *,
    by: Actor,
    dry_run: bool = False,
) -> tuple[Fetched, ...]:
    """Let the chain be as OS2mo knows it from each day on, earliest first.

    All days or none; with `dry_run` none, but told the same way. A day on which
    nothing differs is passed over, so that fetching again changes nothing.

    Raises
    ------
    Forbidden
        If `by`'s post does not reach the municipality.
    BadInput
        If OS2mo and the mapping give a chain that does not hang together.
    Refused
        If something has changed after one of the days.
    """
    with transaction.atomic():
        fetched = tuple(_fetch(day, facts, mapping, by=by) for day in sorted(days))
        if dry_run:
            transaction.set_rollback(True)
    return fetched


def _fetch(day: date, facts: Facts, mapping: Mapping, *, by: Actor) -> Fetched:
    base = _chain_before(mapping, day)
    outcome = chain_on(day, facts, mapping, base)
    problems = problems_of(outcome.chain)
    if problems:
        head = _("What OS2mo and the mapping give on %(day)s can't be used:")
        lines = (f"- {problem}" for problem in problems)
        raise BadInput("\n".join([head % {"day": day}, *lines]))
    chain = in_order(outcome.chain)
    changes = diff(base, chain) if base else ()
    if base is None or changes:
        changes = apply_chain(chain, on=day, by=by)
    return Fetched(chain=chain, changes=changes, left_out=outcome.left_out)


def _chain_before(mapping: Mapping, day: date) -> Chain | None:
    """Return the chain as we know it on a day; none if there is none yet."""
    try:
        return chain_of(get_municipality(mapping.municipality), day)
    except NoSuchUnit:
        return None


def days_of(facts: Facts, mapping: Mapping, until: date) -> tuple[date, ...]:
    """Return the days on which OS2mo changed, from the one on which its root began."""
    return tuple(
        day
        for day in facts.change_days(until)
        if any(
            mapping.root in {uuid, fact.user_key}
            for uuid, fact in facts.units.on(day).items()
        )
    )
