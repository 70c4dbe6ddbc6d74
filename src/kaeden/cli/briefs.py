"""Print the briefs of a municipality's teams for a meeting, all in one command."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from kaeden.cli.arguments import code_of
from kaeden.cli.speech import say
from kaeden.dialogue.queries.briefs import Brief, Briefing
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import brief as words
from kaeden.reports import briefs as papers
from kaeden.reports.paper import pdf
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.words import slug


def print_all(arguments: argparse.Namespace) -> None:
    """Write a page and a slide for each team and goal; every file is whole or not there.

    It can be interrupted: what is written stays, and the next time it is written anew.
    """
    briefing = Briefing(get_municipality(code_of(arguments.municipality)))
    units = _units(briefing, arguments.unit)
    wanted = [(one, goal.key) for one in units for goal in briefing.goals_at(one)]
    if not wanted:
        raise Refused(
            _("There is nothing to print: no goal is adopted and no figure released.")
        )
    folder = _made(arguments.to)
    for number, (unit, key) in enumerate(wanted, start=1):
        brief = briefing.brief(unit, key)
        assert brief is not None, "the goals are those of the unit"
        for name, content in _files(brief):
            _write(folder / name, content)
        said = _("%(number)d of %(all)d: %(unit)s, %(goal)s")
        values = {"unit": unit.name, "goal": brief.goal.name}
        say(said % {"number": number, "all": len(wanted), **values})


def _units(briefing: Briefing, code: str | None) -> list[Unit]:
    if code is None:
        return briefing.institutions()
    found = [one for one in briefing.units.values() if one.code == code]
    if not found:
        raise NoSuchUnit(
            _("There is no unit with the code “%(code)s” in %(town)s.")
            % {"code": code, "town": briefing.town.full_name}
        )
    return found


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            _("The folder can't be made. Check the path: %(path)s") % {"path": folder}
        ) from error
    return folder


def _files(brief: Brief) -> Iterator[tuple[str, bytes]]:
    view = words.build(brief)
    stem = f"{brief.unit.code.lower()}-{slug(brief.unit.name)}-{slug(brief.goal.key)}"
    yield f"{stem}.pdf", pdf(papers.sheet(view))
    yield f"{stem}-slide.pdf", pdf(papers.slide(view))


def _write(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there when it is whole."""
    begun = path.with_suffix(".begun")
    try:
        begun.write_bytes(content)
        os.replace(begun, path)
    except OSError as error:
        raise BadInput(
            _("The file can't be written. Check the path: %(path)s") % {"path": path}
        ) from error
    finally:
        begun.unlink(missing_ok=True)
