"""Fetch a municipality's chain from the system where it is kept."""

import argparse
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.cli.arguments import day_of
from kaeden.cli.speech import say
from kaeden.organisation.os2mo import mapping as mappings
from kaeden.organisation.os2mo.client import Access, Os2mo
from kaeden.organisation.os2mo.facts import gather
from kaeden.organisation.os2mo.fetching import Fetched, days_of, fetch_chain
from kaeden.presentation import changes as said
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput


def os2mo(arguments: argparse.Namespace) -> None:
    """Let the chain be as OS2mo knows it; with `--dry-run` only say what differs."""
    mapping = mappings.load(arguments.mapping)
    if mapping.municipality != arguments.municipality:
        raise BadInput(
            _("The mapping is about municipality %(code)s, not %(asked)s.")
            % {"code": mapping.municipality, "asked": arguments.municipality}
        )
    source = Os2mo(_access())
    say(_("Asking OS2mo …"))
    facts = gather(source)
    day = day_of(arguments.on) if arguments.on else today()
    days = days_of(facts, mapping, day) if arguments.history else (day,)
    fetched = fetch_chain(facts, mapping, days, by=SYSTEM, dry_run=arguments.dry_run)
    _tell(fetched)
    if arguments.dry_run:
        say("")
        say(_("Nothing is written. Leave out --dry-run to write it."))


def _access() -> Access:
    known = settings.KAEDEN_OS2MO
    if not all(known.values()):
        raise BadInput(
            _(
                "Set KAEDEN_OS2MO_URL, KAEDEN_OS2MO_CLIENT_ID and "
                "KAEDEN_OS2MO_CLIENT_SECRET, and try again."
            )
        )
    return Access(**known)


def _tell(fetched: Sequence[Fetched]) -> None:
    for one in fetched:
        if one.changes or len(fetched) == 1:
            say("\n".join(said.as_lines(one.changes, one.chain, one.chain.as_of)))
            say("")
    left_out = fetched[-1].left_out if fetched else ()
    say(_("Left out (%(count)d)") % {"count": len(left_out)})
    for sentence in left_out:
        say(f"  – {sentence}")
