"""What a round of the pulse says, in sentences before numbers."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.queries.pulse_results import (
    Agreed,
    Hanging,
    LevelResult,
    OwnLink,
    PulseResults,
    SideResult,
    TimeSeries,
)
from kaeden.dialogue.rules.pulse import (
    POINTS,
    TIME_LEVEL_NAMES,
    Shown,
    Side,
    Strength,
)
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.numbers import between, number, with_unit

LEVEL_NAMES: tuple[str | Promise, ...] = (
    gettext_lazy("The committee and the director"),
    gettext_lazy("The director and those the director leads"),
    gettext_lazy("Chiefs and those they lead"),
    gettext_lazy("Area leaders and those they lead"),
    gettext_lazy("Institution leaders and those they lead"),
    gettext_lazy("Department leaders and those they lead"),
)
"""What the links of each level are between, by the level of who leads them."""

SIDE_NAMES: dict[Side, str | Promise] = {
    Side.UPPER: gettext_lazy("Those who lead"),
    Side.LOWER: gettext_lazy("The leaders who are led"),
    Side.TEAM: gettext_lazy("The teams"),
}
STRENGTHS: dict[Strength, str | Promise] = {
    Strength.NONE: gettext_lazy("They do not agree among themselves."),
    Strength.WEAK: gettext_lazy("They agree little among themselves."),
    Strength.MODERATE: gettext_lazy("They agree somewhat among themselves."),
    Strength.STRONG: gettext_lazy("They agree well among themselves."),
    Strength.VERY_STRONG: gettext_lazy("They agree very well among themselves."),
}
HIDDEN = gettext_lazy("hidden: too few have answered")


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """What one side says: its mean, then sentences, the most important first."""

    name: str
    mean: str
    sentences: tuple[str, ...]
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """Both ends of a level's links, or of one's own."""

    title: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """A level's share of time, round by round, and which way it goes."""

    name: str
    newest: str
    direction: str
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PulsePage:
    """The results of one round."""

    title: str
    answered: str
    own: LinkView | None
    levels: tuple[LinkView, ...]
    hidden: str
    time: tuple[TimeView, ...]
    caveats: tuple[str, ...]
    rounds: tuple[ListItem, ...]


def quarter_name(quarter: str) -> str:
    """Return a quarter in words."""
    year, part = quarter.split("-")
    return _("quarter %(part)s of %(year)s") % {"part": part, "year": year}


def build(found: PulseResults) -> PulsePage:
    """Return the page of one round as one post may read it."""
    caveats = instrument().caveats
    others = [one for one in reversed(found.rounds) if one.pk != found.round.pk]
    return PulsePage(
        title=_("The pulse, %(quarter)s")
        % {"quarter": quarter_name(found.round.quarter)},
        answered=_("%(answered)s of %(asked)s have answered.")
        % {"answered": found.answered, "asked": max(found.asked, found.answered)},
        own=_own(found.own) if found.own else None,
        levels=tuple(_level(one) for one in found.levels if _tells(one)),
        hidden=_hidden([one for one in found.levels if not _tells(one)]),
        time=tuple(_time(one) for one in found.time),
        caveats=caveats.en if (get_language() or "").startswith("en") else caveats.da,
        rounds=tuple(
            ListItem(
                text=quarter_name(one.quarter),
                href=reverse("web:pulse_round", args=[one.pk]),
            )
            for one in others
        ),
    )


def _tells(one: LevelResult) -> bool:
    """Whether anything of a level may be read."""
    return bool(one.leaders or any(side.mean for side in one.led))


def _hidden(levels: list[LevelResult]) -> str:
    if not levels:
        return ""
    names = "; ".join(str(LEVEL_NAMES[one.level]) for one in levels)
    return _("Hidden, because too few have answered: %(levels)s.") % {"levels": names}


def _level(one: LevelResult) -> LinkView:
    leaders = SideView(
        name=str(SIDE_NAMES[Side.UPPER]),
        mean=_mean(one.leaders),
        sentences=(),
        details=(),
    )
    return LinkView(
        title=str(LEVEL_NAMES[one.level]),
        sides=(leaders, *(_side(side) for side in one.led)),
    )


def _own(own: OwnLink) -> LinkView:
    mine = _("not answered")
    if own.own is not None:
        mine = _("%(mean)s of %(most)s") % _of_most(own.own)
    yours = SideView(name=_("You"), mean=mine, sentences=(), details=())
    return LinkView(
        title=_("Your own link down"), sides=(yours, *(_side(one) for one in own.led))
    )


def _side(one: SideResult) -> SideView:
    sentences = [_gap(one.gap)] if one.gap else []
    if one.agreed:
        sentences.append(str(STRENGTHS[one.agreed.strength]))
    details = [_agreed(one.agreed)] if one.agreed and one.agreed.slight_skew else []
    if one.hanging:
        details.append(_hanging(one.hanging))
    return SideView(
        name=str(SIDE_NAMES[one.side]),
        mean=_mean(one.mean),
        sentences=tuple(sentences),
        details=tuple(details),
    )


def _of_most(mean: float) -> dict[str, str]:
    return {"mean": number(mean, 1), "most": number(POINTS)}


def _mean(shown: Shown | None) -> str:
    if shown is None:
        return str(HIDDEN)
    if shown.end:
        beyond = (
            _("%(mean)s of %(most)s or more")
            if shown.end > 0
            else _("%(mean)s of %(most)s or less")
        )
        return beyond % _of_most(shown.mean)
    said = _("%(mean)s of %(most)s") % _of_most(shown.mean)
    return f"{said} ({_range(shown, 1)})"


def _range(shown: Shown, decimals: int) -> str:
    assert shown.low is not None, "what has no end has an interval"
    assert shown.high is not None, "what has no end has an interval"
    return between(shown.low, shown.high, decimals)


def _gap(gap: Shown) -> str:
    """Say how the led see it beside who leads them; claim nothing that may be chance."""
    assert gap.low is not None, "a gap has an interval"
    assert gap.high is not None, "a gap has an interval"
    if gap.low <= 0 <= gap.high:
        return _(
            "No sure difference between who leads and who is led: from %(low)s to "
            "%(high)s."
        ) % {"low": number(gap.low, 1), "high": number(gap.high, 1)}
    low, high = sorted((abs(gap.low), abs(gap.high)))
    said = (
        _("Those who are led see it %(size)s lower than who leads them (%(between)s).")
        if gap.mean < 0
        else _(
            "Those who are led see it %(size)s higher than who leads them (%(between)s)."
        )
    )
    return said % {
        "size": number(abs(gap.mean), 1),
        "between": between(low, high, 1),
    }


def _agreed(agreed: Agreed) -> str:
    assert agreed.uniform is not None, "both nulls or neither"
    assert agreed.slight_skew is not None, "both nulls or neither"
    return _(
        "Agreement within links: r_WG(J) %(skew)s against a slightly skewed null, "
        "%(uniform)s against a uniform one (means)."
    ) % {
        "skew": number(agreed.slight_skew, 2),
        "uniform": number(agreed.uniform, 2),
    }


def _hanging(hanging: Hanging) -> str:
    return _(
        "Between %(links)s links: ICC(1) %(single)s, so much of the difference hangs on "
        "the link; ICC(2) %(mean)s, so sure is one link's mean."
    ) % {
        "links": hanging.links,
        "single": number(hanging.single, 2),
        "mean": number(hanging.mean, 2),
    }


def _time(one: TimeSeries) -> TimeView:
    points = [(quarter_name(p.quarter), _share(p.share)) for p in one.points]
    return TimeView(
        name=str(TIME_LEVEL_NAMES[one.level]),
        newest=points[-1][1],
        direction=_direction(one) if one.points[-1].share else "",
        points=tuple(points),
    )


def _share(shown: Shown | None) -> str:
    if shown is None:
        return str(HIDDEN)
    mean = with_unit(number(shown.mean), "%")
    if shown.end:
        return (_("%(share)s or more") if shown.end > 0 else _("%(share)s or less")) % {
            "share": mean
        }
    return f"{mean} ({_range(shown, 0)})"


def _direction(one: TimeSeries) -> str:
    if one.preliminary:
        return _("Preliminary: five rounds with enough answers tell which way it goes.")
    words = {
        1: _("It rises."),
        -1: _("It falls."),
        0: _("No sure change."),
    }
    return words[one.direction]
