"""Where a goal is broken: nobody owns it, nothing shows it, or it goes no further."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from kaeden.access.rules import GRANTS, Permission
from kaeden.goals.models import CheckIn, Deviation, Target
from kaeden.goals.rules import State, TargetKind, further
from kaeden.goals.way import Stop, Thread, Threads, stops
from kaeden.organisation.chain import Chain
from kaeden.organisation.rules import LEADING
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date, goals: Threads) -> Iterator[Break]:
    """Give the breaks of all goals that hold on a day (3 queries for all chains)."""
    here = [
        thread for code, found in goals.items() if code in chains for thread in found
    ]
    in_words = _followed_in_words(as_of)
    for thread in here:
        yield from _of_goal(thread, chains[thread.municipality], in_words)
    yield from _of_deviations({one.id: one for one in here}, chains, as_of)


def goal_path(thread: Thread, rest: str = "") -> str:
    """Return the address of a goal's page, or of one below it."""
    return f"/kommune/{thread.municipality}/maal/{thread.key}/{rest}"


def _owned(chain: Chain, key: str) -> dict[str, str]:
    """Return whose a break is; nobody's where the post is not there."""
    there = key in chain.post
    return {
        "municipality": chain.municipality,
        "owner": key if there else "",
        "owner_name": chain.post_name(key) if there else "",
    }


# Goals --------------------------------------------------------------------------------


def _followed_in_words(as_of: date) -> set[int]:
    """Return the goals with a target in words, which need no indicator (1 query)."""
    rows = Target.objects.at(as_of).filter(kind=TargetKind.WORDS.value)
    return set(rows.values_list("goal_id", flat=True))


def _of_goal(thread: Thread, chain: Chain, in_words: set[int]) -> Iterator[Break]:
    if thread.owner not in chain.post:
        yield _without_owner(thread, chain)
    if not thread.indicator and thread.id not in in_words:
        yield _without_indicator(thread, chain)
    for stop in stops(thread, chain):
        yield stop_break(thread, chain, stop)


def _without_owner(thread: Thread, chain: Chain) -> Break:
    words = (
        _("“%(goal)s” is owned by a post that has ended.")
        if thread.owner
        else _("“%(goal)s” has no owner: no post answers for it.")
    )
    return Break(
        kind=BreakKind.GOAL_WITHOUT_OWNER,
        about=f"goal:{thread.key}",
        unit=thread.unit,
        since=thread.since,
        sentence=words % {"goal": thread.name},
        act=_("Give the goal an owner"),
        path=goal_path(thread),
        **_owned(chain, _who_can_mend(thread, chain)),
    )


def _without_indicator(thread: Thread, chain: Chain) -> Break:
    owner = thread.owner if thread.owner in chain.post else ""
    return Break(
        kind=BreakKind.GOAL_WITHOUT_INDICATOR,
        about=f"goal:{thread.key}",
        unit=thread.unit,
        since=thread.since,
        sentence=_("“%(goal)s” has no indicator: nothing shows whether it moves.")
        % {"goal": thread.name},
        act=_("Choose an indicator, or set a target in words"),
        path=goal_path(thread),
        **_owned(chain, owner or _who_can_mend(thread, chain)),
    )


def _who_can_mend(thread: Thread, chain: Chain) -> str:
    """Return the post that writes the goal's owner: a leader of its unit, or above.

    A vacant post leaves it to the next one up; where there is none, it is nobody's.
    """
    posts = [
        post
        for unit in chain.up(thread.unit)
        for post in chain.posts_at.get(unit.code, ())
        if post.role in LEADING and Permission.WRITE_GOAL in GRANTS[post.role]
    ]
    held = [post for post in posts if not post.is_vacant]
    return next((post.key for post in held or posts), "")


def stop_break(thread: Thread, chain: Chain, stop: Stop) -> Break:
    """Return one break for all posts at a stop; a single one owns it itself."""
    alone = len(stop.missing) == 1
    owner = stop.missing[0] if alone else stop.upper
    facts = {
        "goal": thread.name,
        "post": chain.post_name(owner),
        "count": len(stop.missing),
        "all": len(stop.led),
    }
    if alone:
        words = _("“%(goal)s” stops at %(post)s, who has not taken it up.")
        act = _("Say what the goal means where you lead")
    else:
        words = _(
            "“%(goal)s” stops below %(post)s: %(count)s of %(all)s leaders have not "
            "taken it up."
        )
        act = _("Talk with those you lead about what the goal means to them")
    return Break(
        kind=BreakKind.GOAL_STOPS,
        about=f"goal:{thread.key}",
        unit=chain.post[owner].unit,
        since=stop.since,
        sentence=words % facts,
        act=act,
        path=goal_path(thread, "hos-os/" if alone else ""),
        **_owned(chain, owner),
    )


# Accepted deviations ------------------------------------------------------------------


def _of_deviations(
    goals: Mapping[int, Thread], chains: Mapping[str, Chain], as_of: date
) -> Iterator[Break]:
    """Give the accepted deviations that got worse, or ended unmet (2 queries)."""
    said = _newest_check_ins(as_of)
    held = Deviation.objects.filter(valid_from__lte=as_of, valid_to__gt=F("valid_from"))
    rows = held.filter(target__in=Target.objects.at(as_of), target__goal__in=goals)
    newest = rows.select_related("target__unit", "target__post", "post")
    latest = {one.target_id: one for one in newest.order_by("valid_from", "pk")}
    for deviation in latest.values():
        thread = goals[deviation.target.goal_id]
        told = said.get(deviation.target_id)
        is_open = deviation.holds_on(as_of)
        if is_open and told and _is_worse(deviation, told):
            yield worse(deviation, told.made_on, thread, chains[thread.municipality])
        elif not is_open and not (told and _is_met(deviation, told)):
            yield _expired(deviation, thread, chains[thread.municipality])


def _newest_check_ins(as_of: date) -> dict[int, CheckIn]:
    """Return the last thing said of each target that has a deviation (1 query)."""
    rows = CheckIn.objects.filter(made_on__lte=as_of, target__deviations__isnull=False)
    return {one.target_id: one for one in rows.order_by("made_on", "pk")}


def _is_worse(deviation: Deviation, told: CheckIn) -> bool:
    """Whether what was handed up inside a deviation is less than was accepted.

    Where a figure stood behind it, the figures tell, and not what is said of them.
    """
    if deviation.value is not None or not told.is_handed_up:
        return False
    if told.made_on < deviation.valid_from:
        return False
    return further(told.state, deviation.state) != told.state


def _is_met(deviation: Deviation, told: CheckIn) -> bool:
    """Whether a target was reached in time, or has been seen to since the end."""
    assert deviation.valid_to is not None, "a deviation has an end"
    return told.state == State.REACHED.value or told.made_on >= deviation.valid_to


def worse(deviation: Deviation, since: date, thread: Thread, chain: Chain) -> Break:
    """Return the break of a deviation that is worse than when it was accepted."""
    words = _(
        "“%(goal)s”, %(unit)s: the target is further off than when it was accepted "
        "that it is missed."
    )
    return Break(
        kind=BreakKind.DEVIATION_WORSE,
        about=f"goal:{thread.key}",
        unit=deviation.target.unit.code,
        since=since,
        sentence=words % _named(deviation, thread, chain),
        act=_("Talk with the post that answers, and decide anew"),
        path=target_path(deviation, thread),
        **_owned(chain, deviation.post.key),
    )


def _expired(deviation: Deviation, thread: Thread, chain: Chain) -> Break:
    answers = deviation.target.post or deviation.post
    words = _(
        "“%(goal)s”, %(unit)s: it is no longer accepted that the target is missed, and "
        "nobody has said how it goes since."
    )
    return Break(
        kind=BreakKind.DEVIATION_EXPIRED,
        about=f"goal:{thread.key}",
        unit=deviation.target.unit.code,
        since=deviation.valid_to,
        sentence=words % _named(deviation, thread, chain),
        act=_("Say how it goes now"),
        path=target_path(deviation, thread),
        **_owned(chain, answers.key),
    )


def target_path(deviation: Deviation, thread: Thread) -> str:
    """Return the address of a target's page."""
    return f"/kommune/{thread.municipality}/maaltal/{deviation.target_id}/"


def _named(deviation: Deviation, thread: Thread, chain: Chain) -> dict[str, str]:
    unit = chain.unit.get(deviation.target.unit.code)
    name = unit.full_name if unit else deviation.target.unit.full_name
    return {"goal": thread.name, "unit": name}
