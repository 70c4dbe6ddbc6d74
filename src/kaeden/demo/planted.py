"""What is broken in Fjordby on purpose, so that each kind of break can be met. Pure.

The structure breaks here; goals, expectations and promises break where they are told.
docs/demo.md lists them all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kaeden.demo.posts import leader_key
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.rules import Degree, Task

VACANT = leader_key("Ungehuset Kajen")
WITHOUT_CHARTER = leader_key("Engskolen")
WITHOUT_LINK = leader_key("Sundhedsplejen")
LEAVES_A_TASK = f"{leader_key('Bakkeskolen')}-uds"
DOUBLES_A_TASK = leader_key("Skovskolen")
LEADS_TOO_MANY = leader_key("PPR Fjordby")
TOO_MANY = 41
GIVEN_UP = f"{leader_key('Nordskolen')}-mel"
"""The department leader that Nordskolen saved: its middle classes are led from afar."""


def in_structure(chain: Chain) -> Chain:
    """Return the chain with its planted breaks, but for the vacant post."""
    changes = {
        WITHOUT_CHARTER: _without_charter,
        WITHOUT_LINK: _without_link,
        LEAVES_A_TASK: _leaving_a_task,
        DOUBLES_A_TASK: _doubling_a_task,
        LEADS_TOO_MANY: _leading_too_many,
    }
    posts = (
        changes[post.key](post) if post.key in changes else post for post in chain.posts
    )
    return replace(chain, posts=tuple(_without(chain.post[GIVEN_UP], posts)))


def with_vacant_post(chain: Chain) -> Chain:
    """Return the chain after a leader has left."""
    posts = tuple(
        replace(post, holder="") if post.key == VACANT else post for post in chain.posts
    )
    return replace(chain, posts=posts)


def _without_charter(post: ChainPost) -> ChainPost:
    return replace(post, charter=None)


def _without_link(post: ChainPost) -> ChainPost:
    return replace(post, reports_to="")


def _leading_too_many(post: ChainPost) -> ChainPost:
    return replace(post, staff=TOO_MANY)


def _leaving_a_task(post: ChainPost) -> ChainPost:
    return _with_degree(post, Task.LEAD_CLOSE, Degree.SUPPORTS)


def _doubling_a_task(post: ChainPost) -> ChainPost:
    return _with_degree(post, Task.EVALUATE, Degree.HOLDS)


def _with_degree(post: ChainPost, task: Task, degree: Degree) -> ChainPost:
    assert post.charter
    return replace(
        post,
        charter=replace(post.charter, tasks={**post.charter.tasks, task: degree}),
    )


def _without(gone: ChainPost, posts: Iterable[ChainPost]) -> Iterator[ChainPost]:
    """Give the posts but one; whoever it led reports to the one above it."""
    for post in posts:
        if post.key == gone.reports_to:
            yield replace(post, staff=(post.staff or 0) + (gone.staff or 0))
        elif post.reports_to == gone.key:
            yield replace(post, reports_to=gone.reports_to)
        elif post.key != gone.key:
            yield post
