"""Who has lifted themselves: the results that became better, and what was done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.access.rules import Actor, Permission, may
from kaeden.dialogue.queries.lifted import Lifted, LiftedLike, may_share
from kaeden.goals.indicators import catalogue
from kaeden.learning.queries.used_at import UsedAt
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import INSTITUTIONS
from kaeden.presentation.charts.marks import ListItem, Mark
from kaeden.presentation.figures import headline, unit_name
from kaeden.presentation.marks import development
from kaeden.publication.queries import ReleasedFigure

FEW = 3
"""How many a desk names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftedView:
    """A result that became better, ready to be read."""

    unit: str
    title: str
    headline: str
    mark: Mark
    href: str
    told: str
    told_by: str
    tell_href: str
    visit_href: str
    uses: tuple[ListItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftedPage:
    """Who like a unit has lifted themselves."""

    title: str
    code: str
    lead: str
    own: tuple[LiftedView, ...]
    others: tuple[LiftedView, ...]

    @property
    def few(self) -> tuple[LiftedView, ...]:
        """The first few, one for each place, for a desk."""
        return tuple({one.unit: one for one in self.others}.values())[:FEW]

    @property
    def untold(self) -> tuple[LiftedView, ...]:
        """What one's own unit could tell of, and has not."""
        return tuple(one for one in self.own if one.tell_href and not one.told)


def build(
    actor: Actor,
    unit: Unit,
    found: LiftedLike,
    used: Mapping[int, Sequence[UsedAt]] = MappingProxyType({}),
) -> LiftedPage:
    """Return the page of a unit or a municipality; `used` are practices by unit."""
    return LiftedPage(
        title=unit.full_name,
        code=unit.code,
        lead=_lead(unit, found),
        own=tuple(_one(actor, unit, one, used) for one in found.own),
        others=tuple(_one(actor, unit, one, used) for one in found.others),
    )


def _lead(unit: Unit, found: LiftedLike) -> str:
    if not found.peers:
        return _("Nobody is enough like %(unit)s to be held beside it.") % {
            "unit": unit.full_name
        }
    count = len({one.figure.unit.id for one in found.others})
    if not count:
        return ngettext(
            "%(peers)d is like %(unit)s. It has not become better by more than chance "
            "explains.",
            "%(peers)d are like %(unit)s. None of them has become better by more than "
            "chance explains.",
            found.peers,
        ) % {"peers": found.peers, "unit": unit.full_name}
    return ngettext(
        "%(count)d of the %(peers)d like %(unit)s has become better by more than chance "
        "explains.",
        "%(count)d of the %(peers)d like %(unit)s have become better by more than chance "
        "explains.",
        count,
    ) % {"count": count, "peers": found.peers, "unit": unit.full_name}


def _one(
    actor: Actor, unit: Unit, one: Lifted, used: Mapping[int, Sequence[UsedAt]]
) -> LiftedView:
    figure, indicator = one.figure, catalogue()[one.figure.indicator]
    place = {"code": figure.unit.code, "name": indicator.id}
    may_tell = figure.unit.id == unit.pk and may_share(actor, figure)
    return LiftedView(
        unit=unit_name(figure.unit),
        title=str(indicator.title),
        headline=headline(indicator, figure),
        mark=development(indicator, figure),
        href=reverse("web:result", kwargs=place),
        told=one.told.words if one.told else "",
        told_by=_told_by(one),
        tell_href=reverse("web:what_we_did", kwargs=place) if may_tell else "",
        visit_href=_visit_href(actor, unit, figure),
        uses=tuple(_uses(indicator.id, used.get(figure.unit.id, ()))),
    )


def _uses(indicator: str, used: Sequence[UsedAt]) -> Iterator[ListItem]:
    """Give the practices of a place that should move what has moved, with the days."""
    for one in used:
        if indicator in one.practice.indicators:
            days = {"start": date_format(one.started)}
            note = _("In use since %(start)s") % days
            if one.ended:
                words = _("Used from %(start)s to %(end)s")
                note = words % {**days, "end": date_format(one.ended)}
            at = reverse("web:practice", args=[one.practice.key])
            yield ListItem(text=str(one.practice.title), href=at, note=note)


def _visit_href(actor: Actor, unit: Unit, figure: ReleasedFigure) -> str:
    """Return where to ask for a visit: at other institutions of one's municipality."""
    is_near = figure.unit.municipality_code == actor.path.partition("/")[2][:3]
    is_other = figure.unit.id != unit.pk and figure.unit.kind in INSTITUTIONS
    if not (is_near and is_other and may(actor, Permission.VISIT, at=actor.path)):
        return ""
    return reverse("web:visit_unit", kwargs={"code": figure.unit.code})


def _told_by(one: Lifted) -> str:
    if one.told is None:
        return ""
    words = _("Shared by %(who)s on %(day)s")
    return words % {"who": one.told.who, "day": date_format(one.told.shared_on)}
