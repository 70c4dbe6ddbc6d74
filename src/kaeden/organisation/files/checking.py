"""What a chain file may not say, although each of its fields can be read. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain as joined
from itertools import islice

from django.utils.translation import gettext as _

from kaeden.access.rules import Role
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.files.conversion import chain_of_file
from kaeden.organisation.files.schema import ChainFile
from kaeden.organisation.rules import POST_NAMES, UNIT_KIND_NAMES, Kind
from kaeden.organisation.soundness import LooseEnd, looseness
from kaeden.shared.where import Place

LONGEST_PATH = 200
TOP = (Kind.MUNICIPALITY, Kind.AREA)
HOUSES = (Kind.SCHOOL, Kind.DAYCARE, Kind.SOCIAL)
ROOMS = (Kind.DEPARTMENT, Kind.CLASS, Kind.GROUP)
SEATS: Mapping[Role, tuple[Kind, ...]] = {
    Role.COMMITTEE: (Kind.MUNICIPALITY,),
    Role.DIRECTOR: (Kind.MUNICIPALITY,),
    Role.CHIEF_SCHOOLS: TOP,
    Role.CHIEF_DAYCARE: TOP,
    Role.CHIEF_FAMILIES: TOP,
    Role.AREA_LEADER: (Kind.AREA, Kind.CLUSTER),
    Role.LEADER: (*HOUSES, Kind.CLUSTER),
    Role.DEPARTMENT_LEADER: (*HOUSES, Kind.DEPARTMENT),
    Role.TEAM: (*HOUSES, *ROOMS),
    Role.ANALYST: TOP,
    Role.DATA_PROTECTION: TOP,
}
"""At which kinds of unit a post of each role can be."""


def problems_in(file: ChainFile) -> Iterator[tuple[Place, str]]:
    """Give each thing that does not hang together, with its place in the file."""
    chain = chain_of_file(file)
    index = _index(file)
    for one in joined(looseness(chain), _oddities(chain)):
        yield _in_file(one.at, index), one.sentence
    yield from _repeated(file)


def _oddities(chain: Chain) -> Iterator[LooseEnd]:
    for post in chain.posts:
        yield from _odd_seat(chain, post)
        yield from _asks_itself(post)
    for role, bound in chain.bounds.items():
        if bound.span_from > bound.span_to:
            said = _("The span runs from %(low)d to %(high)d. Turn it round.")
            span = {"low": bound.span_from, "high": bound.span_to}
            yield LooseEnd(at=("bounds", role.value), sentence=said % span)
    for code, unit in chain.unit.items():
        above = chain.unit.get(unit.cluster)
        if above and above.kind is not Kind.CLUSTER:
            said = _("The unit %(key)s has %(above)s as its cluster, but that is none.")
            values = {"key": code, "above": unit.cluster}
            yield LooseEnd(at=("units", code, "cluster"), sentence=said % values)
    yield from _too_deep(chain)


def _odd_seat(chain: Chain, post: ChainPost) -> Iterator[LooseEnd]:
    unit = chain.unit.get(post.unit)
    if unit and unit.kind not in SEATS[post.role]:
        said = _(
            "The post %(key)s has the role “%(role)s”, but %(unit)s is %(kind)s. "
            "Choose another role or another unit."
        )
        values = {
            "key": post.key,
            "role": POST_NAMES[post.role.value],
            "unit": unit.code,
            "kind": UNIT_KIND_NAMES[unit.kind],
        }
        yield LooseEnd(at=("posts", post.key, "role"), sentence=said % values)


def _asks_itself(post: ChainPost) -> Iterator[LooseEnd]:
    for number, line in enumerate(post.charter.not_mine if post.charter else ()):
        if line.ask == post.key:
            said = _("The post %(key)s sends on to itself. Name another post to ask.")
            at: Place = ("posts", post.key, "charter", "not_mine", number, "ask")
            yield LooseEnd(at=at, sentence=said % {"key": post.key})


def _too_deep(chain: Chain) -> Iterator[LooseEnd]:
    """Give units whose codes, from the country down, are too long to be kept."""
    for code in chain.unit:
        way = islice(chain.up(code), LONGEST_PATH)
        if len("dk") + sum(1 + len(unit.code) for unit in way) > LONGEST_PATH:
            said = _("The unit %(key)s lies too deep. Use shorter codes above it.")
            yield LooseEnd(at=("units", code, "code"), sentence=said % {"key": code})


def _repeated(file: ChainFile) -> Iterator[tuple[Place, str]]:
    """Give what stands twice where it can stand once."""
    roles = [one.role.value for one in file.bounds]
    ended = [one.unit for one in file.carried_on]
    sections: list[tuple[Place, list[str]]] = [
        (("bounds",), roles),
        (("carried_on",), ended),
    ]
    sections += [
        (("communities", number, "members"), list(one.members))
        for number, one in enumerate(file.communities)
    ]
    for place, keys in sections:
        seen: set[str] = set()
        for number, key in enumerate(keys):
            if key in seen:
                said = _("%(key)s stands here twice. Keep one of them.")
                yield (*place, number), said % {"key": key}
            seen.add(key)


def _index(file: ChainFile) -> Mapping[tuple[str, str], int]:
    """Return the number of each thing in its section, by section and key."""
    named: Iterable[tuple[str, list[str]]] = (
        ("units", [one.code for one in file.units]),
        ("posts", [one.key for one in file.posts]),
        ("communities", [one.key for one in file.communities]),
        ("bounds", [one.role.value for one in file.bounds]),
        ("carried_on", [one.unit for one in file.carried_on]),
    )
    return {
        (section, key): number
        for section, keys in named
        for number, key in enumerate(keys)
    }


def _in_file(at: Place, index: Mapping[tuple[str, str], int]) -> Place:
    section, key, *rest = at
    number = index.get((str(section), str(key)))
    return (section,) if number is None else (section, number, *rest)
