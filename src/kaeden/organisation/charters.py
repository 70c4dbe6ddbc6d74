"""Who may read and write what a post decides; docstrings end with what they cost."""

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may, may_at_any, require
from kaeden.organisation.chain import Chain
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.lines import charter_writers
from kaeden.organisation.models import Post, Unit
from kaeden.organisation.queries import rights_in


def readable_posts(actor: Actor, municipality: Unit, chain: Chain) -> frozenset[str]:
    """Return the posts whose charters somebody may read, by key (see `rights_in`).

    The chain may be of an earlier day; the rights are those of today.
    """
    paths = rights_in(municipality)
    allowed = {
        code: may_at_any(actor, Permission.READ_CHARTER, at=paths[code])
        for code in {post.unit for post in chain.posts}
    }
    return frozenset(post.key for post in chain.posts if allowed[post.unit])


def may_write_charter(actor: Actor, post: Post, chain: Chain) -> Verdict:
    """Judge whether a post may write another's charter today (at most 1 query).

    Raises
    ------
    NoSuchUnit
        If it may not even read it.
    """
    require(
        may(actor, Permission.READ_CHARTER, at=post.unit.path), otherwise=NoSuchUnit
    )
    verdict = may(actor, Permission.WRITE_CHARTER, at=post.unit.path)
    if not verdict:
        return verdict
    own = Post.objects.filter(pk=actor.post_id or 0).values_list("key", flat=True)
    if own.first() in charter_writers(chain, post.key):
        return verdict
    words = _("The post above and the director write what a post decides.")
    return Verdict(allowed=False, why_not=words)
