"""What is not agreed, not answered or not kept, as breaks; never anybody's words."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Prefetch, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.dialogue.models import Commitment, Concern, Passage, Question
from kaeden.dialogue.queries.expectations import conditions_of
from kaeden.dialogue.queries.links import HeldLink, held_links, name_of
from kaeden.dialogue.rules.expectations import Condition, State, Way
from kaeden.dialogue.rules.links import End
from kaeden.goals.models import Ownership
from kaeden.goals.queries import goals_by_id
from kaeden.organisation.chain import Chain
from kaeden.organisation.models import Post
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give the breaks in the dialogue of some chains (at most 11 queries for all)."""
    yield from _expectations(chains, as_of)
    yield from _questions(chains, as_of)
    yield from _concerns(chains, as_of)
    yield from _commitments(chains, as_of)


def _expectations(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each end that must act on a link's expectations (4 queries).

    Where a post is vacant, nobody can confirm: then the vacancy is the break.
    """
    links = held_links(as_of)
    conditions = conditions_of(links, as_of)
    for link in links:
        chain, ways = chains.get(link.municipality), conditions[link.pk]
        for end in End:
            mine = {way: one for way, one in ways.items() if end in one.waits_for}
            if chain and mine:
                yield _unconfirmed(chain, link, end, mine)


def _unconfirmed(
    chain: Chain, link: HeldLink, end: End, ways: Mapping[Way, Condition]
) -> Break:
    upper, lower = chain.post_name(link.upper_key), chain.post_name(link.lower_key)
    is_upper = end is End.UPPER
    return Break(
        kind=BreakKind.EXPECTATION_UNCONFIRMED,
        municipality=chain.municipality,
        about=f"link:{link.lower_key}",
        unit=link.unit_code,
        owner=link.upper_key if is_upper else link.lower_key,
        owner_name=upper if is_upper else lower,
        since=min(one.since for one in ways.values() if one.since),
        sentence=_sentence(tuple(ways)) % {"upper": upper, "lower": lower},
        act=_act({one.state for one in ways.values()}),
        path=f"/forventninger/{link.pk}/",
    )


def _sentence(ways: tuple[Way, ...]) -> str:
    if len(ways) > 1:
        return _(
            "%(upper)s and %(lower)s have not both confirmed what they expect of each "
            "other."
        )
    if ways == (Way.DOWN,):
        return _(
            "%(upper)s and %(lower)s have not both confirmed what is expected of "
            "%(lower)s."
        )
    return _(
        "%(upper)s and %(lower)s have not both confirmed what %(lower)s may expect of "
        "%(upper)s."
    )


def _act(states: set[State]) -> str:
    """Return the act that comes first."""
    if states & {State.NONE, State.WITHDRAWN}:
        return _("Write what you expect")
    if State.PROPOSED in states:
        return _("Talk about the proposed words")
    return _("Confirm the words")


def _questions(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each question that nobody has answered in time (3 queries).

    Whoever owned the goal that day owns it. A goal that had ended waits for no answer.
    """
    asked, open_still = Q(asked_on__lte=as_of, answer_by__lt=as_of), _open_on(as_of)
    found = list(Question.objects.filter(asked, open_still).order_by("answer_by", "pk"))
    if not found:
        return
    ids = {one.goal_id for one in found}
    owned = Ownership.objects.at(as_of).filter(goal_id__in=ids)
    owners = {one.goal_id: one.post for one in owned.select_related("post__unit")}
    goals = goals_by_id(ids, as_of)
    for one in found:
        owner, goal = owners.get(one.goal_id), goals.get(one.goal_id)
        if owner and goal and owner.unit.municipality_code in chains:
            yield _unanswered(one, owner, goal.name)


def _open_on(as_of: date) -> Q:
    """Return the condition that a question was still open on a day."""
    answered = Q(answered_on__isnull=True) | Q(answered_on__gt=as_of)
    withdrawn = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=as_of)
    return answered & withdrawn


def _unanswered(one: Question, owner: Post, goal: str) -> Break:
    return Break(
        kind=BreakKind.QUESTION_UNANSWERED,
        municipality=owner.unit.municipality_code,
        about=f"question:{one.pk}",
        unit=owner.unit.code,
        owner=owner.key,
        owner_name=name_of(owner),
        since=one.answer_by + timedelta(days=1),
        sentence=_("A question on the goal “%(goal)s” was to be answered by %(day)s.")
        % {"goal": goal, "day": date_format(one.answer_by)},
        act=_("Answer the question"),
        path=f"/spoergsmaal/{one.pk}/",
    )


def _concerns(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each concern that nobody has answered in time (2 queries).

    It is whose it was on the day; where that post is no more it is nobody's.
    """
    late = Concern.objects.filter(
        _open_on(as_of), written_on__lte=as_of, answer_by__lt=as_of
    ).select_related("post__unit")
    passed = Prefetch("passages", Passage.objects.select_related("to__unit"))
    found = late.prefetch_related(passed).order_by("answer_by", "pk")
    for one in found:
        chain = chains.get(one.post.unit.municipality_code)
        if chain:
            steps = [step for step in one.passages.all() if step.sent_on <= as_of]
            yield _concern_unanswered(chain, one, steps[-1].to)


def _concern_unanswered(chain: Chain, one: Concern, at: Post) -> Break:
    """Return the break where the writer is: none beside it sees it."""
    is_there = at.key in chain.post
    return Break(
        kind=BreakKind.CONCERN_UNANSWERED,
        municipality=chain.municipality,
        about=f"concern:{one.pk}",
        unit=one.post.unit.code,
        owner=at.key if is_there else "",
        owner_name=name_of(at) if is_there else "",
        since=one.answer_by + timedelta(days=1),
        sentence=_(
            "A concern from below was to be answered by %(day)s. %(post)s has it."
        )
        % {"day": date_format(one.answer_by), "post": name_of(at)},
        act=_("Answer, or carry it further up"),
        path=f"/op-og-ned/{one.pk}/",
    )


def _commitments(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each commitment that held when its day had passed (1 query)."""
    unsettled = Q(settled_on__isnull=True) | Q(settled_on__gt=as_of)
    late = Commitment.objects.filter(
        unsettled, accepted_on__lte=as_of, due__lt=as_of
    ).select_related("promiser__unit", "receiver__unit")
    for one in late.order_by("due", "pk"):
        if one.promiser.unit.municipality_code in chains:
            yield _overdue(one)


def _overdue(one: Commitment) -> Break:
    """Return the break where the lower of the two posts is: none beside it sees it."""
    ends = (one.promiser, one.receiver)
    lower = max(ends, key=lambda post: post.unit.path.count("/"))
    return Break(
        kind=BreakKind.COMMITMENT_OVERDUE,
        municipality=lower.unit.municipality_code,
        about=f"commitment:{one.pk}",
        unit=lower.unit.code,
        owner=one.promiser.key,
        owner_name=name_of(one.promiser),
        since=one.due + timedelta(days=1),
        sentence=_("What %(promiser)s has promised %(receiver)s was due %(day)s.")
        % {
            "promiser": name_of(one.promiser),
            "receiver": name_of(one.receiver),
            "day": date_format(one.due),
        },
        act=_("Note that it is kept, or agree on something else"),
        path=f"/aftaler/{one.pk}/",
    )
