"""What makes a chain hang together, so that it can be written. Pure; no database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from kaeden.organisation.chain import Chain
from kaeden.organisation.rules import Kind


def loose_ends(chain: Chain) -> tuple[str, ...]:
    """Return a sentence for each thing that is there twice or refers to nothing."""
    return (
        *_twice(
            _("The unit code %(key)s is used twice."), (u.code for u in chain.units)
        ),
        *_twice(_("The post key %(key)s is used twice."), (p.key for p in chain.posts)),
        *_root(chain),
        *_units(chain),
        *_successors(chain),
        *_posts(chain),
        *_members(chain),
        *_circles(
            _("The unit %(key)s lies below itself. Give it another unit above."),
            {unit.code: unit.parent for unit in chain.units},
        ),
        *_circles(
            _("The post %(key)s reports to itself in a circle. Cut it somewhere."),
            {post.key: post.reports_to for post in chain.posts},
        ),
    )


def _twice(sentence: str, keys: Iterable[str]) -> Iterator[str]:
    yield from (sentence % {"key": k} for k, n in Counter(keys).items() if n > 1)


def _root(chain: Chain) -> Iterator[str]:
    top = chain.unit.get(chain.municipality)
    if top is None or top.kind is not Kind.MUNICIPALITY or top.parent:
        yield _("The first unit must be the municipality %(key)s itself.") % {
            "key": chain.municipality
        }


def _units(chain: Chain) -> Iterator[str]:
    for unit in chain.units:
        for above in (unit.parent, unit.cluster):
            if above and above not in chain.unit:
                yield _(
                    "The unit %(key)s lies below %(above)s, which is not there."
                ) % {
                    "key": unit.code,
                    "above": above,
                }
        if not unit.parent and unit.code != chain.municipality:
            yield _("The unit %(key)s has no unit above it.") % {"key": unit.code}


def _successors(chain: Chain) -> Iterator[str]:
    for code, successors in chain.carried_on.items():
        if code in chain.unit:
            yield _("The unit %(key)s is carried on by others, and is still there.") % {
                "key": code
            }
        for one in successors:
            if one not in chain.unit:
                yield _("%(key)s is carried on by %(after)s, which is not there.") % {
                    "key": code,
                    "after": one,
                }


def _posts(chain: Chain) -> Iterator[str]:
    for post in chain.posts:
        if post.unit not in chain.unit:
            yield _("The post %(key)s is at %(unit)s, which is not there.") % {
                "key": post.key,
                "unit": post.unit,
            }
        if post.reports_to and post.reports_to not in chain.post:
            yield _("The post %(key)s reports to %(above)s, which is not there.") % {
                "key": post.key,
                "above": post.reports_to,
            }
        for line in post.charter.not_mine if post.charter else ():
            if line.ask not in chain.post:
                yield _("The post %(key)s sends on to %(ask)s, which is not there.") % {
                    "key": post.key,
                    "ask": line.ask,
                }


def _members(chain: Chain) -> Iterator[str]:
    for one in chain.communities:
        for key in one.members:
            if key not in chain.post:
                yield _(
                    "The community %(name)s has the member %(key)s, who is not there."
                ) % {
                    "name": one.name,
                    "key": key,
                }


def _circles(sentence: str, above: Mapping[str, str]) -> Iterator[str]:
    """Give a sentence for each key that is above itself."""
    for key in above:
        seen, at = {key}, above[key]
        while at and at not in seen and at in above:
            seen.add(at)
            at = above[at]
        if at == key:
            yield sentence % {"key": key}
