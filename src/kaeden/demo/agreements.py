"""Tell what linked posts expect of each other, from the first words to both ends' yes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kaeden.access.rules import Role
from kaeden.demo.cast import Line, from_file
from kaeden.demo.charters import kind_of
from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions import expectations
from kaeden.dialogue.rules.expectations import Way
from kaeden.dialogue.rules.links import End
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.models import Link

AGREED_AGO = 190
DAYS_TO_TALK, DAYS_TO_CONFIRM = 4, 8

KINDS = {
    Role.COMMITTEE: "committee",
    Role.CHIEF_SCHOOLS: "chief",
    Role.CHIEF_DAYCARE: "chief",
    Role.CHIEF_FAMILIES: "chief",
    Role.TEAM: "team",
    Role.ANALYST: "support",
    Role.DATA_PROTECTION: "support",
}


class Until(StrEnum):
    """How far the two ends have come with some words."""

    NONE = "none"
    PROPOSED = "proposed"
    DISCUSSED = "discussed"
    HALF_CONFIRMED = "half_confirmed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class PairLine(Line):
    """What two kinds of posts expect of each other; the variants are dealt out."""

    upper: str
    lower: str
    down: tuple[str, ...]
    up: tuple[str, ...]


class ExceptionLine(Line):
    """One way of the link of a lower post that has not come all the way."""

    lower: str
    way: Way
    until: Until
    ago: int


class Agreements(Line):
    """Everything in the file."""

    expectations: tuple[PairLine, ...]
    exceptions: tuple[ExceptionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One way of a link: its words, and how far the ends have come, from a day on."""

    link: int
    way: Way
    words: str
    upper: str
    lower: str
    until: Until
    ago: int

    def key_of(self, end: End) -> str:
        """Return the key of the post at an end."""
        return self.upper if end is End.UPPER else self.lower


@lru_cache(maxsize=1)
def agreements() -> Agreements:
    """Return what the ends expect; read once."""
    return from_file("agreements.yaml", Agreements)


def tell_of_expectations(scene: Scene) -> Iterator[Telling]:
    """Give how the two ends of every link agree, as far as they came."""
    for talk in _talks(scene):
        if talk.until is not Until.NONE:
            yield _agreed(scene, talk)


def _talks(scene: Scene) -> Iterator[Talk]:
    chain = scene.town.chain
    links = Link.objects.filter(lower__in=scene.posts.values(), valid_to__isnull=True)
    numbers = dict(links.values_list("lower__key", "pk"))
    words = {(one.upper, one.lower): one for one in agreements().expectations}
    stopped = {(one.lower, one.way): one for one in agreements().exceptions}
    for place, post in enumerate(chain.posts):
        if not {post.key, post.reports_to} <= scene.voices.keys():
            continue
        pair = words[_kind(chain, post.reports_to), _kind(chain, post.key)]
        for way, variants in ((Way.DOWN, pair.down), (Way.UP, pair.up)):
            stop = stopped.get((post.key, way))
            yield Talk(
                link=numbers[post.key],
                way=way,
                words=_of(variants, place, post, chain),
                upper=post.reports_to,
                lower=post.key,
                until=stop.until if stop else Until.CONFIRMED,
                ago=stop.ago if stop else AGREED_AGO,
            )


def _of(variants: tuple[str, ...], place: int, post: ChainPost, chain: Chain) -> str:
    return variants[place % len(variants)].format(unit=chain.unit[post.unit].name)


def _kind(chain: Chain, key: str) -> str:
    post = chain.post[key]
    return KINDS.get(post.role) or kind_of(post.role, chain.unit[post.unit].kind)


def _agreed(scene: Scene, talk: Talk) -> Telling:
    """Tell of one way of a link; whoever expects it writes it, and confirms it first."""
    first = talk.way.expecting
    proposer, other = (scene.voices[talk.key_of(end)] for end in (first, first.other))
    steps = STEPS[talk.until]
    yield scene.day(talk.ago)
    made = expectations.propose(talk.link, talk.way, talk.words, after=0, by=proposer)
    yield scene.day(talk.ago - DAYS_TO_TALK)
    if "discuss" in steps:
        expectations.discuss(made.pk, by=other)
    yield scene.day(talk.ago - DAYS_TO_CONFIRM)
    if "first" in steps:
        expectations.confirm(made.pk, by=proposer)
    if "both" in steps:
        expectations.confirm(made.pk, by=other)
    if "withdraw" in steps:
        expectations.withdraw(made.pk, by=proposer)


STEPS: Mapping[Until, frozenset[str]] = {
    Until.PROPOSED: frozenset(),
    Until.DISCUSSED: frozenset({"discuss"}),
    Until.HALF_CONFIRMED: frozenset({"discuss", "first"}),
    Until.CONFIRMED: frozenset({"discuss", "first", "both"}),
    Until.WITHDRAWN: frozenset({"withdraw"}),
}
