"""A municipality's chain and its goals as a view of the map. Pure; no database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.access.rules import Role
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.way import Thread as Goal
from kaeden.goals.way import concerned
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.lines import upward
from kaeden.organisation.rules import INSTITUTIONS, LEVELS, Kind
from kaeden.presentation.addresses import post_href
from kaeden.presentation.charts.chain_parts import (
    AREAS,
    CHIEFS,
    DIRECTOR,
    ChainLevel,
    Field,
    Leader,
    Meaning,
    Station,
    Thread,
)

COMMITTEE, LEADERS, DEPARTMENTS, TEAMS = "committee", "leaders", "departments", "teams"
KEYS = (COMMITTEE, DIRECTOR, CHIEFS, AREAS, LEADERS, DEPARTMENTS, TEAMS)
LEVEL_OF: Mapping[Role, str] = {
    role: key for key, level in zip(KEYS, LEVELS, strict=True) for role in level
}
STATIONS = frozenset({DIRECTOR, CHIEFS, AREAS})
LEVEL_NAMES: Mapping[str, str | Promise] = {
    COMMITTEE: gettext_lazy("Committee"),
    DIRECTOR: gettext_lazy("Director"),
    CHIEFS: gettext_lazy("Chiefs"),
    AREAS: gettext_lazy("Area leaders"),
    LEADERS: gettext_lazy("Leaders"),
    DEPARTMENTS: gettext_lazy("Department leaders"),
    TEAMS: gettext_lazy("Teams"),
}
LOOSE = "-"
"""The place of leaders that nobody above them leads."""
MOST_THREADS = 9


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A chain with its goals, each post with its place on the map.

    `line` and `with_names` say what the reader may see, as in `chaincheck.Known`, and
    `query` what addresses end with to show the same day.
    """

    chain: Chain
    goals: Sequence[Goal]
    proposed: Sequence[MunicipalGoal]
    line: frozenset[str]
    with_names: bool
    query: str = ""

    @cached_property
    def is_used(self) -> bool:
        """Whether anybody holds a post."""
        return any(not post.is_vacant for post in self.chain.posts)

    @cached_property
    def above(self) -> Mapping[str, tuple[str, ...]]:
        """The posts above each post, nearest first, by key; none in a circle."""
        return {post.key: self._above(post) for post in self.chain.posts}

    def _above(self, post: ChainPost) -> tuple[str, ...]:
        line = tuple(upward(self.chain, post.key))
        is_in_a_circle = line[-1].reports_to == post.key
        return () if is_in_a_circle else tuple(one.key for one in line[1:])

    @cached_property
    def home(self) -> Mapping[str, str]:
        """The station above each post, by key; "" at the top, `LOOSE` for leaders there."""
        stations = {post.key for post in self.stations}
        return {
            key: next(
                (one for one in above if one in stations),
                "" if key in stations else LOOSE,
            )
            for key, above in self.above.items()
        }

    @cached_property
    def stations(self) -> tuple[ChainPost, ...]:
        """The posts that are drawn one by one."""
        return tuple(p for p in self.chain.posts if LEVEL_OF.get(p.role) in STATIONS)

    @cached_property
    def leaders(self) -> Mapping[tuple[str, str], tuple[ChainPost, ...]]:
        """The posts that are drawn as dots, by station and level."""
        found: dict[tuple[str, str], list[ChainPost]] = {}
        for key in (LEADERS, DEPARTMENTS, TEAMS):
            for post in self.chain.posts:
                if LEVEL_OF.get(post.role) == key:
                    found.setdefault((self.home[post.key], key), []).append(post)
        return {place: tuple(posts) for place, posts in found.items()}

    @cached_property
    def below(self) -> Mapping[str, tuple[ChainPost, ...]]:
        """The posts that are drawn as dots, by station."""
        found: dict[str, tuple[ChainPost, ...]] = {}
        for (station, _level), posts in self.leaders.items():
            found[station] = (*found.get(station, ()), *posts)
        return found

    @cached_property
    def reached(self) -> Mapping[str, frozenset[str]]:
        """The posts that each goal is for and has come to, by the goal's key.

        Below a post that has not taken it up nothing more is expected.
        """
        return {goal.key: frozenset(self._reached(goal)) for goal in self.goals}

    def _reached(self, goal: Goal) -> Iterator[str]:
        for_whom = {post.key for post in concerned(goal, self.chain)}
        for key in for_whom:
            above = (one for one in self.above[key] if one in for_whom)
            nearest = next(above, "")
            if not nearest or {nearest, key} & set(goal.taken_up):
                yield key

    def may_read(self, post: ChainPost) -> bool:
        """Whether the reader may see which goals a post has taken up."""
        return post.unit in self.line

    def expected(self, post: ChainPost) -> tuple[str, ...]:
        """The adopted goals that are for a post and have come to it."""
        here = (goal for goal in self.goals if post.key in self.reached[goal.key])
        return tuple(goal.key for goal in here)

    def taken_up(self, post: ChainPost) -> tuple[str, ...]:
        """The goals that a post has taken up."""
        return tuple(goal.key for goal in self.goals if post.key in goal.taken_up)


def levels(laid: Laid) -> tuple[ChainLevel, ...]:
    """The levels that occur, from the committee down."""
    there = {LEVEL_OF.get(post.role) for post in laid.chain.posts} | {COMMITTEE}
    return tuple(
        ChainLevel(key=key, name=str(LEVEL_NAMES[key])) for key in KEYS if key in there
    )


def threads(laid: Laid) -> tuple[Thread, ...]:
    """The goals: those adopted, then those proposed, as far as there is room."""
    town = laid.chain.municipality
    adopted = [(goal.key, goal.name, False) for goal in laid.goals]
    proposed = [(goal.key, goal.name, True) for goal in laid.proposed]
    return tuple(
        Thread(
            key=key,
            name=name,
            href=reverse("web:goal", kwargs={"code": town, "key": key}),
            proposed=is_proposed,
            hue=hue,
        )
        for hue, (key, name, is_proposed) in enumerate([*adopted, *proposed])
    )


def stations(laid: Laid) -> Iterator[Station]:
    """The posts from the director to the area leaders, with the leaders below them."""
    for post in laid.stations:
        yield _station(laid, post)
    loose = tuple(_fields(laid, LOOSE))
    if loose:
        yield Station(
            key=LOOSE,
            level=CHIEFS,
            name=_("No leader above them"),
            linked=False,
            is_post=False,
            fields=loose,
        )


def _station(laid: Laid, post: ChainPost) -> Station:
    wanted = (*laid.expected(post), *_proposed_to(laid, post))
    level = LEVEL_OF[post.role]
    return Station(
        key=post.key,
        level=level,
        name=_name(laid, post),
        parent=laid.home[post.key],
        note=_note(laid, post) if level != AREAS else "",
        href=post_href(laid.chain.municipality, post.key, laid.query),
        vacant=post.is_vacant,
        quiet=not laid.is_used,
        linked=bool(laid.above[post.key]) or level == DIRECTOR,
        expected=wanted,
        is_known=laid.may_read(post),
        taken_up=laid.taken_up(post) if laid.may_read(post) else laid.expected(post),
        owns=tuple(goal.key for goal in laid.goals if goal.owner == post.key),
        fields=tuple(_fields(laid, post.key)),
        nothing_below=_nothing(laid, post),
    )


def _name(laid: Laid, post: ChainPost) -> str:
    """Return what a post is called here; area leaders by what they lead."""
    unit = laid.chain.unit[post.unit]
    leads_all = unit.kind in {Kind.MUNICIPALITY, Kind.AREA}
    return post.name if LEVEL_OF[post.role] != AREAS or leads_all else unit.full_name


def _proposed_to(laid: Laid, post: ChainPost) -> Iterator[str]:
    """Give the proposed goals that would come to a post."""
    for goal in laid.proposed:
        if post.role is Role.DIRECTOR or goal.owner_role == post.role.value:
            yield goal.key


def _note(laid: Laid, post: ChainPost) -> str:
    """Return who holds a post, or since when nobody does."""
    if not post.is_vacant:
        return post.holder if laid.with_names else ""
    if post.since is None or not laid.is_used:
        return ""
    return _("since %(day)s") % {"day": date_format(post.since)}


def _nothing(laid: Laid, post: ChainPost) -> str:
    """Return what to say of a chief that leads nobody."""
    leads = post.key in laid.home.values()
    if leads or LEVEL_OF[post.role] == DIRECTOR:
        return ""
    return _("no institutions in the public registers")


def _fields(laid: Laid, station: str) -> Iterator[Field]:
    """Give the leaders below a post, level by level."""
    for (home, level), posts in laid.leaders.items():
        if home == station:
            yield _field(laid, level, posts)


def _field(laid: Laid, level: str, posts: Sequence[ChainPost]) -> Field:
    if level == TEAMS:
        words = counted(level, len(posts))
        return Field(level=level, leaders=(), words=words, short=words)
    leaders = tuple(_leader(laid, post) for post in posts)
    expected = dict.fromkeys(key for one in leaders for key in one.expected)
    taken = {key for one in leaders for key in one.taken_up}
    return Field(
        level=level,
        leaders=leaders,
        words=words_of(level, leaders),
        short=short_of(level, leaders),
        stops=tuple(key for key in expected if key not in taken),
    )


def _leader(laid: Laid, post: ChainPost) -> Leader:
    unit = laid.chain.unit[post.unit]
    at_page = unit.kind.value in INSTITUTIONS
    expected = laid.expected(post) if laid.may_read(post) else ()
    return Leader(
        name=unit.full_name,
        href=reverse("web:institution", kwargs={"code": unit.code}) if at_page else "",
        vacant=post.is_vacant,
        expected=expected,
        taken_up=laid.taken_up(post) if expected else (),
    )


# Words ---------------------------------------------------------------------------------


def counted(level: str, count: int) -> str:
    """Return how many posts of a level there are."""
    forms = {
        LEADERS: ngettext("%(count)d leader", "%(count)d leaders", count),
        DEPARTMENTS: ngettext(
            "%(count)d department leader", "%(count)d department leaders", count
        ),
        TEAMS: ngettext("%(count)d team", "%(count)d teams", count),
    }
    return forms[level] % {"count": count}


def along_of(leaders: Iterable[Leader]) -> int:
    """Return how many have given all their goals a meaning."""
    return sum(one.meaning is Meaning.ALL and not one.vacant for one in leaders)


def words_of(level: str, leaders: Sequence[Leader]) -> str:
    """Return how many leaders are along, and how many posts are vacant."""
    who = counted(level, len(leaders))
    vacant = sum(one.vacant for one in leaders)
    if vacant == len(leaders):
        return _("%(who)s, all vacant") % {"who": who}
    said = who
    if any(one.expected for one in leaders):
        facts = {"along": along_of(leaders), "who": who}
        said = _("%(along)s of %(who)s are fully along") % facts
    if vacant:
        return _("%(said)s, %(vacant)s vacant") % {"said": said, "vacant": vacant}
    return said


def short_of(level: str, leaders: Sequence[Leader]) -> str:
    """Return the same where there is little room; leaders go without saying."""
    if level != LEADERS or not any(one.expected for one in leaders):
        return words_of(level, leaders)
    facts = {"along": along_of(leaders), "all": len(leaders)}
    return _("%(along)s of %(all)s") % facts
