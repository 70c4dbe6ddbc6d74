"""A reorganisation as it is drawn: its steps on today's chain, and what they change.

Pure: steps and a chain in, another chain out. Nothing of today is touched.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from kaeden.organisation.chain import Chain
from kaeden.organisation.findings import (
    Finding,
    Span,
    findings,
    is_covered,
    is_known,
    leading_posts,
    span_of,
)
from kaeden.organisation.lines import lines, nearest_leaders
from kaeden.organisation.rules import Task
from kaeden.organisation.steps.posts import (
    ClosePost,
    MovePost,
    OpenPost,
    SeatPost,
    SetStaff,
    SetTask,
)
from kaeden.organisation.steps.shape import Step
from kaeden.organisation.steps.units import (
    CloseUnit,
    ClusterUnit,
    MergeUnits,
    MoveUnit,
    OpenUnit,
    RenameUnit,
    SplitUnit,
)
from kaeden.shared.errors import BadInput

STEPS: Mapping[str, type[Step]] = {
    one.kind: one
    for one in (
        *(
            MoveUnit,
            MergeUnits,
            SplitUnit,
            OpenUnit,
            CloseUnit,
            RenameUnit,
            ClusterUnit,
        ),
        *(MovePost, SeatPost, OpenPost, ClosePost, SetStaff, SetTask),
    )
}
"""Every kind of step, by the name that drafts keep."""


def plain(step: Step) -> dict[str, Any]:
    """Return a step as plain values, to be kept."""
    return {"kind": step.kind, **asdict(step)}  # type: ignore[call-overload]


def step_of(kept: Mapping[str, Any]) -> Step:
    """Return the step that was kept.

    Raises
    ------
    BadInput
        If it is of a kind that there is not, or says too little or too much.
    """
    facts = dict(kept)
    kind = STEPS.get(str(facts.pop("kind", "")))
    if kind is None:
        raise BadInput(_("There is no such step in a draft."))
    try:
        return kind(**facts)
    except TypeError as error:
        raise BadInput(_("There is no such step in a draft.")) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The chain after the steps, each step in words, and why some can't be taken.

    `why_not` holds the sentence of each step that was left out, by its place.
    """

    chain: Chain
    said: tuple[str, ...]
    why_not: Mapping[int, str]


def drawn(chain: Chain, steps: Iterable[Step]) -> Drawn:
    """Take the steps one after the other; leave out those that can't be taken."""
    said, why_not = [], {}
    for place, step in enumerate(steps):
        said.append(step.said(chain))
        try:
            chain = step.apply(chain)
        except BadInput as error:
            why_not[place] = str(error.message)
    return Drawn(chain=chain, said=tuple(said), why_not=why_not)


# What a draft changes ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """A chain in numbers.

    `levels` counts lines by the leading posts that stand above the children in them;
    `without_leader` are the units that have no leading post of their own or right
    above them.
    """

    units: int
    posts: int
    vacant: int
    lines: int
    whole_lines: int
    levels: Mapping[int, int]
    spans_outside: int
    without_leader: int


def measures(chain: Chain) -> Measures:
    """Return a chain in numbers."""
    posts, found = leading_posts(chain), lines(chain)
    far = nearest_leaders(chain).values()
    return Measures(
        units=len(chain.units),
        posts=len(posts),
        vacant=sum(post.is_vacant for post in posts),
        lines=len(found),
        whole_lines=sum(
            is_known(chain, line)
            and all(is_covered(chain, line, task) for task in Task)
            for line in found
        ),
        levels=Counter(len(line.posts) for line in found),
        spans_outside=sum(span_of(chain, post).is_outside for post in posts),
        without_leader=sum(one.levels > 1 or not one.post for one in far),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanChange:
    """A post whose span differs; None where the post is not there."""

    post: str
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two chains of a municipality beside each other."""

    before: Measures
    after: Measures
    vanish: tuple[Finding, ...]
    appear: tuple[Finding, ...]
    spans: tuple[SpanChange, ...]


def compare(now: Chain, then: Chain) -> Comparison:
    """Return what the other chain changes."""
    before, after = findings(now), findings(then)
    return Comparison(
        before=measures(now),
        after=measures(then),
        vanish=_missing(before, after),
        appear=_missing(after, before),
        spans=tuple(_spans(now, then)),
    )


def _missing(some: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    known = {one.same for one in others}
    return tuple(one for one in some if one.same not in known)


def _spans(now: Chain, then: Chain) -> Iterable[SpanChange]:
    before = {post.key: span_of(now, post) for post in leading_posts(now)}
    after = {post.key: span_of(then, post) for post in leading_posts(then)}
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield SpanChange(post=key, before=before.get(key), after=after.get(key))
