"""The chain check as text for a person, and as plain rows for another system."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TypedDict

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.chaincheck.queries import Report
from kaeden.chaincheck.rules import KIND_NAMES
from kaeden.organisation.rules import municipality_name
from kaeden.presentation.numbers import number
from kaeden.presentation.places import marked
from kaeden.shared.breaks import Break


class Row(TypedDict):
    """A break as another system reads it; docs/chain-check.md says what each is."""

    kind: str
    object: str
    municipality: str
    unit: str
    owner: str | None
    owner_name: str | None
    since: str | None
    sentence: str
    act: str
    path: str


class Document(TypedDict):
    """The whole check as another system reads it."""

    as_of: str
    municipalities: int
    breaks: list[Row]


def as_document(report: Report) -> Document:
    """Return a report as plain values."""
    return Document(
        as_of=report.as_of.isoformat(),
        municipalities=len(report.chains),
        breaks=[as_row(one) for one in report.breaks],
    )


def as_row(one: Break) -> Row:
    """Return a break as plain values."""
    return Row(
        kind=one.kind.value,
        object=one.about,
        municipality=one.municipality,
        unit=one.unit,
        owner=one.owner or None,
        owner_name=one.owner_name or None,
        since=one.since.isoformat() if one.since else None,
        sentence=str(one.sentence),
        act=str(one.act),
        path=one.path,
    )


class Days(dict[date, str]):
    """The words for each day; thousands of breaks share a few days."""

    def __missing__(self, day: date) -> str:
        said = _("since %(day)s") % {"day": date_format(day, "j. F Y")}
        return self.setdefault(day, said)


def as_lines(report: Report) -> Iterator[str]:
    """Give a report line by line: each municipality by name, then kind by kind."""
    days = Days()
    yield from _head(report)
    towns = {
        code: marked(code, municipality_name(code, chain.name))
        for code, chain in report.chains.items()
    }
    by_town = attrgetter("municipality")
    found = sorted(
        report.breaks, key=lambda one: (towns[one.municipality], by_town(one))
    )
    for code, breaks in groupby(found, key=by_town):
        here = list(breaks)
        yield ""
        yield f"{towns[code]}: {_counted(len(here))}"
        yield from _of_town(here, days)


def _head(report: Report) -> Iterator[str]:
    posts = sum(len(chain.posts) for chain in report.chains.values())
    yield _("The chain check on %(day)s") % {"day": date_format(report.as_of, "j. F Y")}
    yield ", ".join(
        (
            ngettext(
                "%(count)s municipality", "%(count)s municipalities", len(report.chains)
            )
            % {"count": number(len(report.chains))},
            ngettext("%(count)s post", "%(count)s posts", posts)
            % {"count": number(posts)},
            _counted(len(report.breaks)),
        )
    )


def _of_town(breaks: Sequence[Break], days: Days) -> Iterator[str]:
    """Give the breaks of a municipality; they stand by kind already."""
    for kind, same in groupby(breaks, key=attrgetter("kind")):
        found = list(same)
        yield f"  {KIND_NAMES[kind]} ({number(len(found))})"
        for one in found:
            yield f"  – {one.sentence}"
            yield f"    {' · '.join(_facts(one, days))}"


def _facts(one: Break, days: Days) -> Iterator[str]:
    owner = one.owner_name or _("nobody")
    yield _("Owner: %(owner)s") % {"owner": owner}
    if one.since:
        yield days[one.since]
    yield f"{one.act}: {one.path}" if one.path else str(one.act)


def _counted(count: int) -> str:
    if not count:
        return _("no breaks")
    return ngettext("%(count)s break", "%(count)s breaks", count) % {
        "count": number(count)
    }
