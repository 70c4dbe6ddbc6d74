"""What a chain's structure lacks. Pure: a chain in, findings out.

The rules, each justified where it is written:

- a leading post is vacant, has no charter, or reports to nobody who leads to the top;
- along each line (see `lines`), each of the seven tasks is held by exactly one post, or
  shared by two or more. With two holders nobody knows who answers for it; a task that
  only one post shares is shared with nobody, and so held by nobody;
- a post leads neither fewer nor more than its bounds;
- a unit lies no more levels from its nearest leader than the bounds allow, and no more
  than `FARTHEST_KM` from the seat of a leader who is to be close to the staff.

What we do not know is not judged: a line in which a charter lacks may hold the task
after all, and a span without the number of staff may be any.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kaeden.access.rules import Role
from kaeden.organisation.chain import Chain, ChainPost, ChainUnit
from kaeden.organisation.lines import (
    Line,
    lines,
    nearest_leaders,
    top_role,
    units_in_line,
    upward,
)
from kaeden.organisation.rules import BOUNDS, LEADING, Bound, Degree, Task
from kaeden.shared.breaks import BreakKind

NEAR_THE_STAFF = frozenset({Role.AREA_LEADER, Role.LEADER, Role.DEPARTMENT_LEADER})
"""Leaders who are to be seen where the work is done."""

FARTHEST_KM = 15.0
"""As the crow flies: some 20 km of road, 25 minutes each way.

Our judgement: whoever has farther to go comes for meetings and not in passing.
"""
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the structure lacks; which fields are filled depends on `kind`.

    `post` is whom it is about. `posts` are others it concerns: those who hold the same
    task, or the lines' ends where nobody does. `units` are those that lie too far.
    `found` is what was counted, in levels, kilometres or people.
    """

    kind: BreakKind
    post: str
    task: Task | None = None
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    found: float | None = None
    bound: Bound | None = None
    in_km: bool = False

    @property
    def same(self) -> tuple[str, ...]:
        """What makes it the same finding in another chain of the municipality."""
        return (self.kind, self.post, str(self.task or ""), str(self.in_km))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How many a post leads directly, and the bounds; `staff` None is not known."""

    post: str
    posts: int
    staff: int | None
    bound: Bound | None

    @property
    def total(self) -> int | None:
        """The posts and the staff together; None where the staff is not known."""
        return None if self.staff is None else self.posts + self.staff

    @property
    def is_outside(self) -> bool:
        """Whether it is known to be too few or too many."""
        if self.total is None or self.bound is None:
            return False
        return not self.bound.span_from <= self.total <= self.bound.span_to


def findings(chain: Chain) -> tuple[Finding, ...]:
    """Return everything that the structure of a chain lacks."""
    return (
        *_of_posts(chain),
        *_tasks_of_nobody(chain),
        *_tasks_of_two(chain),
        *_spans_outside(chain),
        *_too_many_levels_away(chain),
        *_too_many_km_away(chain),
    )


def leading_posts(chain: Chain) -> tuple[ChainPost, ...]:
    """Return the posts that lead others, uppermost first."""
    return tuple(post for post in chain.posts if post.role in LEADING)


def bound_of(chain: Chain, role: Role) -> Bound | None:
    """Return the municipality's bounds for a role, else those shipped."""
    return chain.bounds.get(role) or BOUNDS.get(role)


def span_of(chain: Chain, post: ChainPost) -> Span:
    """Return how many a post leads directly; vacant posts are led all the same."""
    return Span(
        post=post.key,
        posts=len(chain.led.get(post.key, ())),
        staff=post.staff,
        bound=bound_of(chain, post.role),
    )


def _of_posts(chain: Chain) -> Iterator[Finding]:
    """Give vacant posts, posts without charter, and posts without a link up."""
    top = top_role(chain)
    for post in leading_posts(chain):
        if post.is_vacant:
            yield Finding(kind=BreakKind.VACANT_POST, post=post.key)
        if post.charter is None:
            yield Finding(kind=BreakKind.POST_WITHOUT_CHARTER, post=post.key)
        if post.role is not top and not _is_linked(chain, post):
            yield Finding(kind=BreakKind.POST_WITHOUT_LINK, post=post.key)


def _is_linked(chain: Chain, post: ChainPost) -> bool:
    """Whether a post reports to one that is there, and not to itself through others.

    Who reports to a post that is cut off is not cut off too: one break, one finding.
    """
    upper = chain.post.get(post.reports_to)
    return upper is not None and all(
        one.reports_to != post.key for one in upward(chain, upper.key)
    )


def degree_of(chain: Chain, key: str, task: Task) -> Degree:
    """Return a post's part in a task; without a charter it has none."""
    charter = chain.post[key].charter
    return charter.degree(task) if charter else Degree.NOT


def holders(chain: Chain, line: Line, task: Task) -> tuple[str, ...]:
    """Return the posts of a line that hold a task, the nearest to the child first."""
    return tuple(
        key for key in line.posts if degree_of(chain, key, task) is Degree.HOLDS
    )


def is_covered(chain: Chain, line: Line, task: Task) -> bool:
    """Whether somebody along a line answers for a task: one holds it, or two share."""
    if holders(chain, line, task):
        return True
    shared = [degree_of(chain, key, task) is Degree.SHARES for key in line.posts]
    return sum(shared) >= 2


def is_known(chain: Chain, line: Line) -> bool:
    """Whether a line is whole and each of its posts has a charter."""
    return line.is_whole and all(chain.post[key].charter for key in line.posts)


def _tasks_of_nobody(chain: Chain) -> Iterator[Finding]:
    """Give tasks that nobody has, once for the highest post all of whose lines lack it.

    A chief whose fourteen lines all lack a task has one thing to mend, not fourteen.
    """
    found = lines(chain)
    through = Counter(key for line in found for key in line.posts)
    known = [line for line in found if is_known(chain, line)]
    gaps = [
        (line, task)
        for line in known
        for task in Task
        if not is_covered(chain, line, task)
    ]
    lacking = Counter((key, task) for line, task in gaps for key in line.posts)
    ends: dict[tuple[str, Task], list[str]] = {}
    for line, task in gaps:
        lacks = (
            key for key in reversed(line.posts) if lacking[key, task] == through[key]
        )
        highest = next(lacks, line.posts[0])
        ends.setdefault((highest, task), []).append(line.posts[0])
    for (post, task), posts in ends.items():
        yield Finding(
            kind=BreakKind.TASK_HELD_BY_NOBODY, post=post, task=task, posts=tuple(posts)
        )


def _tasks_of_two(chain: Chain) -> Iterator[Finding]:
    """Give tasks that two posts of a line hold, once for the uppermost holder."""
    others: dict[tuple[str, Task], dict[str, None]] = {}
    for line in lines(chain):
        for task in Task:
            *lower, highest = holders(chain, line, task) or ("",)
            if lower:
                others.setdefault((highest, task), {}).update(dict.fromkeys(lower))
    for (post, task), also in others.items():
        yield Finding(
            kind=BreakKind.TASK_HELD_BY_TWO, post=post, task=task, posts=tuple(also)
        )


def _spans_outside(chain: Chain) -> Iterator[Finding]:
    for post in leading_posts(chain):
        span = span_of(chain, post)
        if span.is_outside:
            yield Finding(
                kind=BreakKind.SPAN_OUTSIDE_BOUNDS,
                post=post.key,
                found=span.total,
                bound=span.bound,
            )


def _too_many_levels_away(chain: Chain) -> Iterator[Finding]:
    """Give units with no leader near, once for the post that is the nearest."""
    far: dict[str, list[str]] = {}
    nearest = nearest_leaders(chain)
    for code, one in nearest.items():
        role = chain.post[one.post].role if one.post else None
        bound = bound_of(chain, role) if role else None
        if bound is not None and one.levels > bound.farthest:
            far.setdefault(one.post, []).append(code)
    for key, codes in far.items():
        yield Finding(
            kind=BreakKind.UNIT_FAR_FROM_LEADER,
            post=key,
            units=tuple(codes),
            found=max(nearest[code].levels for code in codes),
            bound=bound_of(chain, chain.post[key].role),
        )


def _too_many_km_away(chain: Chain) -> Iterator[Finding]:
    """Give leaders who are to be close to the staff, and sit far from a unit."""
    for key, led in _units_led(chain).items():
        seat = chain.unit[chain.post[key].unit]
        ways = {one.code: km_between(seat, one) for one in led}
        far = {code: km for code, km in ways.items() if km and km > FARTHEST_KM}
        if far:
            yield Finding(
                kind=BreakKind.UNIT_FAR_FROM_LEADER,
                post=key,
                units=tuple(far),
                found=max(far.values()),
                in_km=True,
            )


def _units_led(chain: Chain) -> dict[str, list[ChainUnit]]:
    """Return the other units that each leader close to the staff leads directly.

    They are the units without a leader of their own, and those of the posts led.
    """
    near = {post.key for post in chain.posts if post.role in NEAR_THE_STAFF}
    leaders = nearest_leaders(chain)
    found: dict[str, list[ChainUnit]] = {key: [] for key in near}
    for unit in units_in_line(chain):
        one = leaders[unit.code]
        if one.levels and one.post in near:
            found[one.post].append(unit)
    for key in near:
        codes = dict.fromkeys(post.unit for post in chain.led.get(key, ()))
        found[key] += [chain.unit[code] for code in codes if code in chain.unit]
    return {key: led for key, led in found.items() if led}


def km_between(one: ChainUnit, other: ChainUnit) -> float | None:
    """Return the way between two units as the crow flies; None if not known."""
    places = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in places:
        return None
    north, east, to_north, to_east = (math.radians(part or 0.0) for part in places)
    half = (
        math.sin((to_north - north) / 2) ** 2
        + math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))
