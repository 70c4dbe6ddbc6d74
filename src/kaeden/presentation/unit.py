"""The page of a unit: where it is, who leads it, and what it has been."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.organisation.chain import Chain, ChainUnit
from kaeden.organisation.history import UnitHistory
from kaeden.organisation.lineage import Kin
from kaeden.organisation.rules import INSTITUTIONS, Kind
from kaeden.presentation.addresses import post_href, unit_href
from kaeden.presentation.as_of import DAY, AsOf
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.posts import spell_words

KIND_NAMES: dict[Kind, str | Promise] = {
    Kind.COUNTRY: gettext_lazy("Country"),
    Kind.MUNICIPALITY: gettext_lazy("Municipality"),
    Kind.AREA: gettext_lazy("Area"),
    Kind.CLUSTER: gettext_lazy("Cluster"),
    Kind.SCHOOL: gettext_lazy("School"),
    Kind.DAYCARE: gettext_lazy("Day care"),
    Kind.SOCIAL: gettext_lazy("Social services"),
    Kind.DEPARTMENT: gettext_lazy("Department"),
    Kind.CLASS: gettext_lazy("Class"),
    Kind.GROUP: gettext_lazy("Group"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """What the page shows; `away` is said of a unit that is not there on the day."""

    name: str
    kind: str
    above: tuple[ListItem, ...]
    away: str
    kinship: tuple[ListItem, ...]
    posts: tuple[ListItem, ...]
    below: tuple[ListItem, ...]
    history: tuple[ListItem, ...]
    results: str


def build(chain: Chain, history: UnitHistory, as_of: AsOf) -> UnitPage:
    """Return the page of a unit on a day."""
    row = history.unit
    unit = chain.unit.get(row.code)
    town = chain.municipality
    return UnitPage(
        name=unit.full_name if unit else row.full_name,
        kind=str(KIND_NAMES[Kind(row.kind)]),
        above=tuple(_above(chain, unit, as_of)) if unit else (),
        away="" if unit else away_words(history, as_of.day),
        kinship=tuple(kinship(town, history)),
        posts=tuple(_posts(chain, unit, as_of)) if unit else (),
        below=tuple(_item(town, one, as_of) for one in chain.below.get(row.code, ())),
        history=tuple(told(town, history)),
        results=reverse("web:institution", args=[row.code]) + as_of.query
        if row.kind in INSTITUTIONS
        else "",
    )


def _item(town: str, unit: ChainUnit, as_of: AsOf) -> ListItem:
    return ListItem(
        text=unit.full_name,
        href=unit_href(town, unit.code, as_of.query),
        note=str(KIND_NAMES[unit.kind]),
    )


def _above(chain: Chain, unit: ChainUnit, as_of: AsOf) -> Iterator[ListItem]:
    """Give the units above, the municipality first, and the cluster last."""
    _itself, *above = chain.up(unit.code)
    yield from (_item(chain.municipality, one, as_of) for one in reversed(above))
    if unit.cluster in chain.unit:
        yield _item(chain.municipality, chain.unit[unit.cluster], as_of)


def _posts(chain: Chain, unit: ChainUnit, as_of: AsOf) -> Iterator[ListItem]:
    for post in chain.posts_at.get(unit.code, ()):
        yield ListItem(
            text=post.name,
            href=post_href(chain.municipality, post.key, as_of.query),
            note=_("vacant") if post.is_vacant else _("held"),
        )


def away_words(history: UnitHistory, day: date) -> str:
    """Return why a unit is not there on a day."""
    unit = history.unit
    if day < unit.valid_from:
        began = date_format(unit.valid_from)
        return _("The unit was not there yet. It began on %(day)s.") % {"day": began}
    if unit.valid_to is None:
        return _("The unit was not there on that day.")
    return _("The unit was closed on %(day)s.") % {"day": date_format(unit.valid_to)}


# History -------------------------------------------------------------------------------


def kinship(town: str, history: UnitHistory) -> Iterator[ListItem]:
    """Give whom a unit carries on, and who carries it on."""
    pairs: tuple[tuple[Iterable[tuple[Kin, date]], str], ...] = (
        (history.before, _("Carries on %(name)s")),
        (history.after, _("Carried on by %(name)s")),
    )
    for kin, words in pairs:
        for one, on in kin:
            yield ListItem(
                text=words % {"name": one.name},
                href=unit_href(town, one.code),
                note=_("from %(day)s") % {"day": date_format(on)},
            )


def told(town: str, history: UnitHistory) -> Iterator[ListItem]:
    """Give what a unit was called and where it lay, newest first, with ways there."""
    kinds = (
        (history.places, _("Under %(words)s")),
        (history.names, _("Name: %(words)s")),
    )
    spells = [(spell, words) for of_kind, words in kinds for spell in of_kind]
    for spell, words in sorted(spells, key=lambda pair: pair[0].since, reverse=True):
        yield ListItem(
            text=words % {"words": spell.words},
            href=unit_href(town, history.unit.code, f"?{DAY}={spell.since}"),
            note=spell_words(spell),
        )
