"""The demo: all Denmark's public results, and Fjordby, step by step."""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM
from kaeden.cli.speech import say
from kaeden.data import actions as data
from kaeden.data import queries as sources
from kaeden.demo.actions import load_fjordby
from kaeden.demo.town import SEED
from kaeden.engine import actions as engine
from kaeden.organisation import loading as organisation
from kaeden.organisation.loading import Institution
from kaeden.publication import actions as publication


def load(arguments: argparse.Namespace) -> None:
    """Bring the demo up to date; what is there already is left as it is."""
    settings.KAEDEN_LAKE.parent.mkdir(parents=True, exist_ok=True)
    with _step(_("Database")):
        call_command("migrate", verbosity=0, interactive=False)
    with _step(_("Public data")):
        data.import_shipped(by=SYSTEM)
    with _step(_("Municipalities, institutions and vacant posts")):
        load_organisation()
    with _step(_("Fair results")):
        run = engine.compute(by=SYSTEM, told=_dots())
    with _step(_("Release")):
        publication.release(run, by=SYSTEM)
    with _step(_("Fjordby, the invented municipality")):
        seed = SEED if arguments.seed is None else arguments.seed
        if not load_fjordby(by=SYSTEM, seed=seed):
            say(_("  It is there already, and is left as it is."))


def load_organisation() -> int:
    """Bring units up to date from the registers that are imported."""
    towns = sources.register_units("municipalities")
    schools = sources.register_units("schools")
    daycare = sources.register_units("daycare_register")
    institutions = [_institution(one, is_school=True) for one in schools]
    institutions += [_institution(one, is_school=False) for one in daycare]
    return organisation.load_country(
        [(town.code, town.name) for town in towns],
        institutions,
        as_of=max(unit.as_of for unit in (*schools, *daycare)),
        by=SYSTEM,
    )


def _institution(one: sources.RegisterUnit, *, is_school: bool) -> Institution:
    return Institution(
        code=one.code,
        name=one.name,
        is_school=is_school,
        form=one.type,
        owner=one.owner,
        municipality_code=one.municipality_code,
        town=one.town,
        latitude=one.latitude,
        longitude=one.longitude,
    )


@contextmanager
def _step(title: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    started = time.perf_counter()
    say(f"{title} …")
    yield
    say(f"{title}: {time.perf_counter() - started:.1f} s")


def _dots() -> Callable[[str], None]:
    return lambda title: say(f"  {title}")
