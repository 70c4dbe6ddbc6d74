"""Read what communities have agreed on together; each docstring ends with its cost.

Members see each other's part: they have bound themselves to each other. Those who could
form the community see a rate and no person; nobody else is told that it exists.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Verdict
from kaeden.dialogue.errors import NoSuchCommitment
from kaeden.dialogue.models import Part, SharedCommitment
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.commitments import Step
from kaeden.dialogue.rules.shared import FEWEST_MEMBERS, Rate, may_answer, rate_of
from kaeden.organisation.models import Community, Membership, Post
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPart:
    """A member's part, as the other members see it."""

    post: str
    step: Step
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A shared commitment as a member sees it; `step` is one's own part's."""

    id: int
    community: str
    town: str
    key: str
    words: str
    due: date
    proposed_by: str
    proposed_on: date
    is_proposer: bool
    is_withdrawn: bool
    step: Step
    reason: str
    settled_on: date | None
    parts: tuple[MemberPart, ...]
    rate: Rate
    verdicts: Mapping[Step, Verdict]

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed while one's own part still holds."""
        return self.step is Step.ACCEPTED and self.due < today()


def mine(actor: Actor) -> list[Shared]:
    """Return what one's communities have agreed on, what is due first (3 queries)."""
    return _seen(actor, _of(actor))


def unanswered(actor: Actor) -> int:
    """Return how many shared commitments wait for one's yes or no (1 query)."""
    post = actor.post_id or 0
    there = Membership.objects.at(today()).filter(post_id=post).values("community_id")
    asked = SharedCommitment.objects.filter(
        community__in=there, community__valid_to=None, withdrawn_on=None
    )
    own = Part.objects.filter(post_id=post).values("shared_id")
    return asked.exclude(pk__in=own).count()


def in_community(actor: Actor, community: Community) -> list[Shared]:
    """Return what one community has agreed on, for its members (3 queries)."""
    return _seen(actor, _of(actor).filter(community=community))


def get_shared(actor: Actor, pk: int) -> Shared:
    """Return one shared commitment (3 queries).

    Raises
    ------
    NoSuchCommitment
        Also when it exists in a community of others, so that a number tells nothing.
    """
    found = _seen(actor, _of(actor).filter(pk=pk))
    if not found:
        raise NoSuchCommitment(_("There is no such commitment for your post."))
    return found[0]


def follow_up(community: Community, members: int) -> Rate | None:
    """Return how many parts were kept of those that were due (1 query).

    None with so few members that it would tell of single persons.
    """
    if members < FEWEST_MEMBERS:
        return None
    parts = Part.objects.filter(shared__community=community)
    found = parts.exclude(step=Step.DECLINED.value).values_list("step", "shared__due")
    return rate_of(((Step(step), due) for step, due in found), on=today())


def is_member(post_id: int | None, community_id: int) -> bool:
    """Whether a post is in a community today (1 query)."""
    there = Membership.objects.at(today()).filter(community_id=community_id)
    return there.filter(post_id=post_id or 0).exists()


def _of(actor: Actor) -> QuerySet[SharedCommitment]:
    """Return those of one's communities, and those that one has a part in."""
    post = actor.post_id or 0
    now = Membership.objects.at(today()).filter(post_id=post).values("community_id")
    own = Part.objects.filter(post_id=post).values("shared_id")
    there = Q(community__in=now, community__valid_to=None) | Q(pk__in=own)
    parts = Prefetch("parts", Part.objects.select_related("post__unit").order_by("pk"))
    found = SharedCommitment.objects.filter(there).prefetch_related(parts)
    ends = ("community__municipality", "proposer__unit")
    return found.select_related(*ends).order_by("due", "pk")


def _seen(actor: Actor, rows: Iterable[SharedCommitment]) -> list[Shared]:
    found = list(rows)
    members = _members({one.community_id for one in found})
    return [_shared(actor, one, members[one.community_id]) for one in found]


def _members(communities: Collection[int]) -> dict[int, list[Post]]:
    """Return who is in some communities today (1 query)."""
    found: dict[int, list[Post]] = {one: [] for one in communities}
    there = Membership.objects.at(today()).filter(community_id__in=communities)
    for one in there.select_related("post__unit").order_by("post__unit__name", "pk"):
        found[one.community_id].append(one.post)
    return found


def _shared(actor: Actor, one: SharedCommitment, members: list[Post]) -> Shared:
    parts = {part.post_id: part for part in one.parts.all()}
    own, withdrawn = parts.get(actor.post_id or 0), one.withdrawn_on is not None
    step = Step(own.step) if own else Step.PROPOSED
    posts = {post.pk: post for post in members}
    if actor.post_id not in posts:  # who has left it sees their own part alone
        posts = {}
    return Shared(
        id=one.pk,
        community=one.community.name,
        town=one.community.municipality.code,
        key=one.community.key,
        words=one.words,
        due=one.due,
        proposed_by=name_of(one.proposer),
        proposed_on=one.proposed_on,
        is_proposer=one.proposer_id == actor.post_id,
        is_withdrawn=withdrawn,
        step=step,
        reason=own.reason if own else "",
        settled_on=own.settled_on if own else None,
        parts=tuple(_part(post, parts.get(pk)) for pk, post in posts.items()),
        rate=rate_of(
            ((Step(part.step), one.due) for part in parts.values()), on=today()
        ),
        verdicts={to: may_answer(to, step, is_withdrawn=withdrawn) for to in Step},
    )


def _part(post: Post, part: Part | None) -> MemberPart:
    return MemberPart(
        post=name_of(post),
        step=Step(part.step) if part else Step.PROPOSED,
        reason=part.reason if part else "",
    )
