"""Shared tests that nobody counts in or decides on, as breaks.

What is not shared with the whole chain is in no break: a test is protected from
assessment until the team shares it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.learning.queries.underway import Underway, underway
from kaeden.learning.rules.tests_of_change import QUIET, Audience
from kaeden.organisation.chain import Chain
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each shared test that has come to a standstill (1 query)."""
    shared = (one for one in underway(as_of) if _is_shared(one, as_of))
    for one in shared:
        chain = chains.get(one.path.split("/")[1])
        if chain is None or one.post_key not in chain.post:
            continue
        if one.is_undecided(as_of):
            yield _undecided(one, chain)
        elif one.is_quiet(as_of):
            yield _quiet(one, chain)


def _is_shared(one: Underway, as_of: date) -> bool:
    """Whether the whole chain read it that day."""
    if one.audience is not Audience.CHAIN or one.shared_on is None:
        return False
    return one.shared_on <= as_of


def _undecided(one: Underway, chain: Chain) -> Break:
    words = _("“%(name)s” ended on %(day)s without a decision.")
    return Break(
        kind=BreakKind.TEST_UNDECIDED,
        municipality=chain.municipality,
        about=f"test:{one.test_id}",
        unit=one.unit_code,
        owner=one.post_key,
        owner_name=chain.post_name(one.post_key),
        since=one.ends_on + timedelta(days=1),
        sentence=words % {"name": one.name, "day": date_format(one.ends_on)},
        act=_("Adopt, adapt or abandon it"),
        path=f"/afproevninger/{one.test_id}/",
    )


def _quiet(one: Underway, chain: Chain) -> Break:
    words = _("Nothing has been counted in “%(name)s” for more than three weeks.")
    return Break(
        kind=BreakKind.TEST_QUIET,
        municipality=chain.municipality,
        about=f"test:{one.test_id}",
        unit=one.unit_code,
        owner=one.post_key,
        owner_name=chain.post_name(one.post_key),
        since=(one.newest or one.begun_on) + QUIET + timedelta(days=1),
        sentence=words % {"name": one.name},
        act=_("Count, or decide"),
        path=f"/afproevninger/{one.test_id}/",
    )
