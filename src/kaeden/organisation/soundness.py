"""What makes a chain hang together, so that it can be written. Pure; no database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain as joined

from django.utils.translation import gettext as _

from kaeden.organisation.chain import Chain
from kaeden.organisation.rules import Kind
from kaeden.shared.where import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseEnd:
    """Something that is there twice or refers to nothing, and where.

    `at` is the section of the chain, the thing's own key in it, and the way on to what
    is loose: ``("posts", "leder-999001", "reports_to")``.
    """

    at: Place
    sentence: str


def loose_ends(chain: Chain) -> tuple[str, ...]:
    """Return a sentence for each thing that is there twice or refers to nothing."""
    return tuple(one.sentence for one in looseness(chain))


def looseness(chain: Chain) -> Iterator[LooseEnd]:
    """Give each thing that is there twice or refers to nothing, with its place."""
    return joined(
        _twice(
            _("The unit code %(key)s is used twice."),
            ((("units", unit.code, "code"), unit.code) for unit in chain.units),
        ),
        _twice(
            _("The post key %(key)s is used twice."),
            ((("posts", post.key, "key"), post.key) for post in chain.posts),
        ),
        _twice(
            _("The community key %(key)s is used twice."),
            ((("communities", one.key, "key"), one.key) for one in chain.communities),
        ),
        _root(chain),
        _units(chain),
        _successors(chain),
        _posts(chain),
        _members(chain),
        _circles(
            _("The unit %(key)s lies below itself. Give it another unit above."),
            ("units", "parent"),
            {unit.code: unit.parent for unit in chain.units},
        ),
        _circles(
            _("The post %(key)s reports to itself in a circle. Cut it somewhere."),
            ("posts", "reports_to"),
            {post.key: post.reports_to for post in chain.posts},
        ),
    )


def _twice(sentence: str, keys: Iterable[tuple[Place, str]]) -> Iterator[LooseEnd]:
    for (at, key), count in Counter(keys).items():
        if count > 1:
            yield LooseEnd(at=at, sentence=sentence % {"key": key})


def _root(chain: Chain) -> Iterator[LooseEnd]:
    top = chain.unit.get(chain.municipality)
    if top is None or top.kind is not Kind.MUNICIPALITY or top.parent:
        said = _("The first unit must be the municipality %(key)s itself.")
        yield LooseEnd(
            at=("units", chain.municipality, "kind"),
            sentence=said % {"key": chain.municipality},
        )


def _units(chain: Chain) -> Iterator[LooseEnd]:
    said = _("The unit %(key)s lies below %(above)s, which is not there.")
    for unit in chain.units:
        for field, above in (("parent", unit.parent), ("cluster", unit.cluster)):
            if above and above not in chain.unit:
                yield LooseEnd(
                    at=("units", unit.code, field),
                    sentence=said % {"key": unit.code, "above": above},
                )
        if not unit.parent and unit.code != chain.municipality:
            alone = _("The unit %(key)s has no unit above it.")
            yield LooseEnd(
                at=("units", unit.code, "parent"), sentence=alone % {"key": unit.code}
            )


def _successors(chain: Chain) -> Iterator[LooseEnd]:
    """Give those that carry on nothing; a successor may have ended in its turn."""
    for code, successors in chain.carried_on.items():
        at: Place = ("carried_on", code)
        if code in chain.unit:
            said = _("The unit %(key)s is carried on by others, and is still there.")
            yield LooseEnd(at=at, sentence=said % {"key": code})
        for one in successors:
            if one not in chain.unit and one not in chain.carried_on:
                said = _("%(key)s is carried on by %(after)s, which is not there.")
                values = {"key": code, "after": one}
                yield LooseEnd(at=at, sentence=said % values)


def _posts(chain: Chain) -> Iterator[LooseEnd]:
    for post in chain.posts:
        if post.unit not in chain.unit:
            said = (
                _("The post %(key)s is at %(unit)s, which has ended. Move the post.")
                if post.unit in chain.carried_on
                else _("The post %(key)s is at %(unit)s, which is not there.")
            )
            values = {"key": post.key, "unit": post.unit}
            yield LooseEnd(at=("posts", post.key, "unit"), sentence=said % values)
        if post.reports_to and post.reports_to not in chain.post:
            said = _("The post %(key)s reports to %(above)s, which is not there.")
            values = {"key": post.key, "above": post.reports_to}
            at = ("posts", post.key, "reports_to")
            yield LooseEnd(at=at, sentence=said % values)
        for number, line in enumerate(post.charter.not_mine if post.charter else ()):
            if line.ask not in chain.post:
                said = _("The post %(key)s sends on to %(ask)s, which is not there.")
                yield LooseEnd(
                    at=("posts", post.key, "charter", "not_mine", number, "ask"),
                    sentence=said % {"key": post.key, "ask": line.ask},
                )


def _members(chain: Chain) -> Iterator[LooseEnd]:
    said = _("The community %(name)s has the member %(key)s, who is not there.")
    for one in chain.communities:
        for number, key in enumerate(one.members):
            if key not in chain.post:
                yield LooseEnd(
                    at=("communities", one.key, "members", number),
                    sentence=said % {"name": one.name, "key": key},
                )


def _circles(
    sentence: str, fields: tuple[str, str], above: Mapping[str, str]
) -> Iterator[LooseEnd]:
    """Give a sentence for each key that is above itself."""
    section, field = fields
    known: set[str] = set()
    for key in above:
        way: dict[str, int] = {}
        at = key
        while at in above and at not in known and at not in way:
            way[at] = len(way)
            at = above[at]
        known |= way.keys()
        for one in list(way)[way.get(at, len(way)) :]:
            yield LooseEnd(at=(section, one, field), sentence=sentence % {"key": one})
