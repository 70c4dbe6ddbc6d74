"""One level below a political goal: what it means there, what is agreed, how it goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.dialogue.queries.thread import Hanging, OnTheGoal, Origin
from kaeden.dialogue.rules.commitments import Step
from kaeden.goals.indicators import Indicator
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.rules import LEADERSHIP_LEVEL_NAMES, LEVEL_OF, LeadershipLevel
from kaeden.goals.said import Along, Said
from kaeden.goals.way import Thread, concerned
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.presentation.charts.marks import Crumb, ListItem
from kaeden.presentation.figures import headline
from kaeden.publication.queries import ReleasedFigure

LONGEST_CRUMB = 60
NO_WORDS = Hanging()
STATES: Mapping[Step, str | Promise] = {
    Step.PROPOSED: gettext_lazy("Proposed, by %(day)s"),
    Step.ACCEPTED: gettext_lazy("By %(day)s"),
    Step.KEPT: gettext_lazy("Kept"),
    Step.BROKEN: gettext_lazy("Not kept"),
    Step.RENEGOTIATED: gettext_lazy("Replaced by another"),
}
ADDRESSES: Mapping[LeadershipLevel, str] = {
    LeadershipLevel.DIRECTOR: "direktoer",
    LeadershipLevel.CHIEF: "chefer",
    LeadershipLevel.AREA_LEADER: "omraadeledere",
    LeadershipLevel.LEADER: "ledere",
    LeadershipLevel.DEPARTMENT_LEADER: "afdelingsledere",
    LeadershipLevel.TEAM: "team",
}
"""What each level below the committee is called in an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What a reader knows below a goal: words, commitments, its indicators' figures."""

    said: Along
    hanging: Mapping[str, Hanging]
    figures: Sequence[ReleasedFigure]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtPost:
    """A post at the level: its words on the goal, the results, what is agreed on."""

    key: str
    name: str
    words: str
    results: tuple[ListItem, ...]
    commitments: tuple[ListItem, ...]
    others: str

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing that the reader reads."""
        return not (self.words or self.results or self.commitments or self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPage:
    """A level with its posts, the ways to the levels above and below it.

    `silent` are the posts where there is nothing that the reader reads.
    """

    name: str
    posts: tuple[AtPost, ...]
    silent: tuple[AtPost, ...]
    crumbs: tuple[Crumb, ...]
    further: tuple[ListItem, ...]


def build(
    goal: MunicipalGoal,
    thread: Thread,
    chain: Chain,
    level: LeadershipLevel,
    below: Below,
) -> LevelPage:
    """Return a level of the goal's way down."""
    posts = concerned(thread, chain)
    here = [post for post in posts if LEVEL_OF[post.role] is level]
    words = {one.post_key: one for one in below.said.meanings}
    code = chain.municipality
    top = Crumb(text=goal.sentence, href=reverse("web:goal", args=[code, goal.key]))
    name = str(LEADERSHIP_LEVEL_NAMES[level])
    told = [
        _post(chain, post, words, below.hanging, _results(goal, post, below.figures))
        for post in sorted(here, key=lambda one: chain.post_name(one.key))
    ]
    return LevelPage(
        name=name,
        posts=tuple(one for one in told if not one.is_silent),
        silent=tuple(one for one in told if one.is_silent),
        crumbs=(top, Crumb(text=name)),
        further=tuple(
            ListItem(
                text=str(LEADERSHIP_LEVEL_NAMES[one]),
                href="" if one is level else href_of(code, goal.key, one),
            )
            for one in levels_of(posts)
        ),
    )


def levels_of(posts: Sequence[ChainPost]) -> Iterator[LeadershipLevel]:
    """Give the levels that a goal is for, uppermost first."""
    there = {LEVEL_OF[post.role] for post in posts}
    return (level for level in ADDRESSES if level in there)


def href_of(municipality: str, goal: str, level: LeadershipLevel) -> str:
    """Return the address of a level below a goal."""
    return reverse("web:goal_level", args=[municipality, goal, ADDRESSES[level]])


def crumbs_of(origin: Origin | None, here: str) -> tuple[Crumb, ...]:
    """Return the way from a political goal down to a page; nothing without a goal."""
    if origin is None:
        return ()
    town, key = origin.municipality, origin.key
    return (
        Crumb(text=origin.sentence, href=reverse("web:goal", args=[town, key])),
        *(
            Crumb(
                text=_short(f"{step.name}: {step.words}" if step.words else step.name),
                href=f"{href_of(town, key, step.level)}#{step.key}",
            )
            for step in origin.steps
            if step.level in ADDRESSES
        ),
        Crumb(text=here),
    )


def _short(text: str) -> str:
    return Truncator(text).chars(LONGEST_CRUMB)


def _post(
    chain: Chain,
    post: ChainPost,
    words: Mapping[str, Said],
    hanging: Mapping[str, Hanging],
    results: tuple[ListItem, ...],
) -> AtPost:
    found = hanging.get(post.key, NO_WORDS)
    said = words.get(post.key)
    return AtPost(
        key=post.key,
        name=chain.post_name(post.key),
        words=said.words if said else "",
        results=results,
        commitments=tuple(_commitment(one) for one in found.own),
        others=_others(found),
    )


def _results(
    goal: MunicipalGoal, post: ChainPost, figures: Sequence[ReleasedFigure]
) -> tuple[ListItem, ...]:
    """Return the newest figures of the goal's indicators at a post's unit."""
    known = {
        one.indicator: one
        for one in figures
        if one.unit.code == post.unit and one.value is not None
    }
    return tuple(
        _result(one, known[one.id]) for one in goal.indicators if one.id in known
    )


def _result(indicator: Indicator, figure: ReleasedFigure) -> ListItem:
    place = {"code": figure.unit.code, "name": indicator.id}
    href = reverse("web:result", kwargs=place)
    return ListItem(text=headline(indicator, figure), href=href, note=figure.period)


def _commitment(one: OnTheGoal) -> ListItem:
    promised = _("%(who)s to %(other)s") % {"who": one.promiser, "other": one.receiver}
    state = str(STATES[one.step]) % {"day": date_format(one.due)}
    return ListItem(
        text=one.words,
        href=reverse("web:commitment", args=[one.id]),
        note=f"{promised}. {state}",
    )


def _others(found: Hanging) -> str:
    if not found.others:
        return ""
    words = ngettext(
        "%(count)d commitment between others hangs on the goal here.",
        "%(count)d commitments between others hang on the goal here.",
        found.others,
    )
    return words % {"count": found.others}
