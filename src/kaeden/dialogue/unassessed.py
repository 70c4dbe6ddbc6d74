"""Results that stand out and that wait for a leader or a chief, as breaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kaeden.access.rules import Role
from kaeden.dialogue.models import Assessment
from kaeden.dialogue.rules.assessments import SECTORS, opening
from kaeden.goals.indicators import Indicator, published
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.rules import Kind
from kaeden.publication.queries import ReleasedFigure, Releases, releases_on, signals_of
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give the signals of the release of a day without assessment (3 queries for all).

    The leader is waited for first, for two weeks; then the chief. Where nobody holds the
    chief's post nobody but the leader can assess: then the vacancy is the break.
    """
    own = {code: _Assessors.of(chain) for code, chain in chains.items()}
    releases = releases_on(as_of) if any(own.values()) else Releases({})
    if not releases.newest:
        return
    done = _done(releases, as_of)
    known = published()
    for figure in signals_of(releases):
        indicator, code = known.get(figure.indicator), figure.unit.municipality_code
        release = releases.of(code)
        if indicator and code in chains and release:
            found = done.get((figure.unit.id, indicator.id), {})
            waited = own[code].waited_for(
                figure, indicator, released=release.made_at, done=found, on=as_of
            )
            if waited:
                yield _break(chains[code], waited, figure, indicator)


Done: TypeAlias = Mapping[Role, date]
"""When a result was assessed, by the role of the post that did."""


def _done(releases: Releases, as_of: date) -> dict[tuple[int, str], dict[Role, date]]:
    """Return when results of some releases were assessed, until a day (1 query)."""
    found: dict[tuple[int, str], dict[Role, date]] = {}
    written = Assessment.objects.filter(
        release__in=list(releases), made_at__date__lte=as_of
    )
    rows = written.order_by("-made_at").values_list(
        "unit_id", "indicator", "post__role", "made_at"
    )
    for unit, indicator, role, made_at in rows:
        found.setdefault((unit, indicator), {})[Role(role)] = localdate(made_at)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waited:
    """The post that a result waits for, since when, and whether its leader has written."""

    post: ChainPost
    since: date
    is_after_leader: bool = False

    @property
    def words(self) -> str:
        """The sentence that says it, with places for the unit and the indicator."""
        if self.post.role is Role.LEADER:
            return _(
                "%(unit)s: “%(indicator)s” stands out. Its leader assesses it first."
            )
        if self.is_after_leader:
            return _(
                "%(unit)s: “%(indicator)s” stands out. Its leader has assessed it, and the "
                "chief has not."
            )
        return _("%(unit)s: “%(indicator)s” stands out, and nobody has assessed it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assessors:
    """Who holds a post that assesses results, in one chain."""

    chain: Chain
    chiefs: Mapping[str, ChainPost]
    leaders: Mapping[str, ChainPost]

    @classmethod
    def of(cls, chain: Chain) -> "_Assessors":
        """Return those of a chain: chiefs by their sector, leaders by their unit."""
        held = [post for post in chain.posts if not post.is_vacant]
        return cls(
            chain=chain,
            chiefs={SECTORS[post.role]: post for post in held if post.role in SECTORS},
            leaders={post.unit: post for post in held if post.role is Role.LEADER},
        )

    def __bool__(self) -> bool:
        return bool(self.chiefs or self.leaders)

    def waited_for(
        self,
        figure: ReleasedFigure,
        indicator: Indicator,
        *,
        released: datetime,
        done: Done,
        on: date,
    ) -> _Waited | None:
        """Return who is to assess a result now, if anybody still is."""
        chief = self.chiefs.get(indicator.sector.value)
        if chief and not self._is_the_chiefs(chief, figure):
            chief = None
        if (chief and chief.role in done) or figure.unit.code not in self.chain.unit:
            return None
        begun, leader = localdate(released), self.leaders.get(figure.unit.code)
        wrote = done.get(Role.LEADER)
        turn = opening(
            released=begun,
            on=on,
            is_led=leader is not None,
            has_written=wrote is not None,
        )
        if leader and not turn.is_open:
            return _Waited(post=leader, since=begun)
        opened = min(wrote or turn.day, turn.day) if leader else begun
        after = wrote is not None
        return (
            _Waited(post=chief, since=opened, is_after_leader=after) if chief else None
        )

    def _is_the_chiefs(self, chief: ChainPost, figure: ReleasedFigure) -> bool:
        """Whether a chief assesses a figure: of the area, or the municipality's own."""
        if figure.unit.kind == Kind.MUNICIPALITY.value:
            return True
        return any(unit.code == chief.unit for unit in self.chain.up(figure.unit.code))


def _break(
    chain: Chain, waited: _Waited, figure: ReleasedFigure, indicator: Indicator
) -> Break:
    is_municipal = figure.unit.kind == Kind.MUNICIPALITY.value
    unit = chain.unit[figure.unit.code]
    return Break(
        kind=BreakKind.RESULT_NOT_ASSESSED,
        municipality=chain.municipality,
        about=f"result:{figure.unit.code}/{indicator.id}",
        unit=waited.post.unit if is_municipal else unit.code,
        owner=waited.post.key,
        owner_name=chain.post_name(waited.post.key),
        since=waited.since,
        sentence=waited.words % {"unit": unit.full_name, "indicator": indicator.title},
        act=_("Assess the result"),
        path=f"/vurder/{figure.unit.code}/{indicator.id}/",
    )
