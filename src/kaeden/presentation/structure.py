"""The posts and tasks of a municipality: what lacks, who has what, and how far it is."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from kaeden.chaincheck.rules import KIND_NAMES
from kaeden.organisation.breaks import as_break
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.findings import (
    Finding,
    degree_of,
    findings,
    holders,
    is_covered,
    is_known,
    leading_posts,
    span_of,
)
from kaeden.organisation.lines import Line, lines, upward
from kaeden.organisation.rules import DEGREE_NAMES, LEADING, TASK_NAMES, Degree, Task
from kaeden.presentation.addresses import post_href
from kaeden.presentation.as_of import AsOf
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.posts import span_words

SHORT_NAMES: dict[Task, str | Promise] = {
    Task.COMMUNICATE: pgettext_lazy("task", "Communicate"),
    Task.CHOOSE: pgettext_lazy("task", "Choose"),
    Task.EVALUATE: pgettext_lazy("task", "Evaluate"),
    Task.PRIORITISE: pgettext_lazy("task", "Prioritise"),
    Task.LEAD_CLOSE: pgettext_lazy("task", "Lead close by"),
    Task.DEVELOP: pgettext_lazy("task", "Develop"),
    Task.COORDINATE: pgettext_lazy("task", "Coordinate"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that lacks: the sentence, the act that mends it, and whose it is."""

    sentence: str
    act: str
    href: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What lacks of one kind."""

    title: str
    items: tuple[Lack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A post's part in a task; `note` says in words that it is one holder too many."""

    words: str
    is_mine: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A post with its part in each task, and how its line is covered.

    Without a charter there are no cells.
    """

    post: ListItem
    cells: tuple[Cell, ...]
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The posts under one post, tasks across."""

    id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StructurePage:
    """What the page shows."""

    summary: str
    lacking: tuple[Lacking, ...]
    heads: tuple[str | Promise, ...]
    matrices: tuple[Matrix, ...]
    tasks: tuple[ListItem, ...]
    spans: tuple[ListItem, ...]
    spans_said: str
    ways: tuple[str, ...]


def build(chain: Chain, as_of: AsOf, *, readable: Collection[str]) -> StructurePage:
    """Return the page of a chain; charters are shown of those posts that are readable.

    What the structure lacks is shown to everybody within the municipality.
    """
    posts = [post for post in leading_posts(chain) if post.key in readable]
    found = findings(chain)
    return StructurePage(
        summary=_summary(chain, posts),
        lacking=tuple(lacking(chain, found)),
        heads=tuple(SHORT_NAMES.values()),
        matrices=tuple(_matrices(chain, posts, as_of)),
        tasks=task_names(),
        spans=tuple(
            ListItem(
                text=chain.post_name(post.key),
                href=post_href(chain.municipality, post.key, as_of.query),
                note=span_words(span_of(chain, post)),
            )
            for post in posts
        ),
        spans_said=spans_said(chain, posts),
        ways=tuple(ways_said(chain, readable)),
    )


def _summary(chain: Chain, posts: Sequence[ChainPost]) -> str:
    """Return how many posts have a charter, and how many lines have all seven tasks."""
    ends = {post.key for post in posts}
    known = [line for line in lines(chain) if line.posts[0] in ends]
    whole = [line for line in known if is_known(chain, line) and _is_whole(chain, line)]
    charters = ngettext(
        "%(written)d of %(count)d leading post has a charter.",
        "%(written)d of %(count)d leading posts have a charter.",
        len(posts),
    ) % {"written": sum(1 for post in posts if post.charter), "count": len(posts)}
    tasks = ngettext(
        "In %(whole)d of %(count)d line all seven tasks have their place.",
        "In %(whole)d of %(count)d lines all seven tasks have their place.",
        len(known),
    ) % {"whole": len(whole), "count": len(known)}
    return f"{charters} {tasks}"


def _is_whole(chain: Chain, line: Line) -> bool:
    return all(
        is_covered(chain, line, task) and len(holders(chain, line, task)) < 2
        for task in Task
    )


# What lacks ----------------------------------------------------------------------------


def lacking(chain: Chain, found: Iterable[Finding]) -> Iterator[Lacking]:
    """Give what lacks by kind, the gravest first."""
    by_kind: dict[str, list[Finding]] = {kind: [] for kind in KIND_NAMES}
    for one in found:
        by_kind[one.kind].append(one)
    for kind, name in KIND_NAMES.items():
        if by_kind[kind]:
            items = tuple(_lack(chain, one) for one in by_kind[kind])
            yield Lacking(title=str(name), items=items)


def _lack(chain: Chain, one: Finding) -> Lack:
    said = as_break(chain, one)
    return Lack(
        sentence=str(said.sentence),
        act=str(said.act),
        href=said.path,
        owner=said.owner_name,
    )


# Tasks and posts -----------------------------------------------------------------------


def _matrices(
    chain: Chain, posts: Sequence[ChainPost], as_of: AsOf
) -> Iterator[Matrix]:
    """Give a table for each post right below the director, with those above it on top.

    Where no charter is written there is nothing to lay out, and no table.
    """
    keys = {post.key for post in posts}
    by_end = {line.posts[0]: line for line in lines(chain)}
    for heads in _heads(chain):
        below = [post for post in _under(chain, heads[-1]) if post.key in keys]
        above = [post for post in heads[:-1] if post.key in keys]
        shown = [*above, *below]
        if below and any(post.charter for post in shown):
            yield Matrix(
                id=heads[-1].key,
                title=chain.post_name(heads[-1].key),
                rows=tuple(_row(chain, post, by_end, as_of) for post in shown),
            )


def _heads(chain: Chain) -> Iterator[tuple[ChainPost, ...]]:
    """Give each leading post right below a topmost one, with that one before it."""
    leading = leading_posts(chain)
    keys = {post.key for post in leading}
    for top in leading:
        if top.reports_to in keys:
            continue
        below = [one for one in chain.led.get(top.key, ()) if one.key in keys]
        yield from ((top, one) for one in below)
        if not below:
            yield (top,)


def _under(chain: Chain, post: ChainPost) -> Iterator[ChainPost]:
    """Give a post and the leading posts below it, each after the one it answers to."""
    yield post
    for one in chain.led.get(post.key, ()):
        if one.role in LEADING:
            yield from _under(chain, one)


def _row(chain: Chain, post: ChainPost, by_end: dict[str, Line], as_of: AsOf) -> Row:
    line = by_end.get(post.key)
    item = ListItem(
        text=chain.post_name(post.key),
        href=post_href(chain.municipality, post.key, as_of.query),
        note=_("vacant") if post.is_vacant else "",
    )
    return Row(
        post=item,
        cells=tuple(_cell(chain, post, task) for task in Task if post.charter),
        verdict=verdict(chain, line) if line else "",
    )


def _cell(chain: Chain, post: ChainPost, task: Task) -> Cell:
    degree = degree_of(chain, post.key, task)
    _itself, *above = upward(chain, post.key)
    is_double = degree is Degree.HOLDS and any(
        degree_of(chain, one.key, task) is Degree.HOLDS for one in above
    )
    return Cell(
        words="–" if degree is Degree.NOT else str(DEGREE_NAMES[degree]),
        is_mine=degree in {Degree.HOLDS, Degree.SHARES},
        note=_("also held above") if is_double else "",
    )


def verdict(chain: Chain, line: Line) -> str:
    """Return how the seven tasks are placed along a line, in words."""
    twice = [task for task in Task if len(holders(chain, line, task)) > 1]
    parts = [_("Held by two: %(tasks)s.") % {"tasks": _named(twice)}] if twice else []
    if not is_known(chain, line):
        parts.append(_("A charter or a link lacks in the line."))
    else:
        gaps = [task for task in Task if not is_covered(chain, line, task)]
        if gaps:
            parts.append(_("Held by nobody: %(tasks)s.") % {"tasks": _named(gaps)})
    return " ".join(parts) or _("All seven have their place.")


def _named(tasks: Iterable[Task]) -> str:
    return ", ".join(str(SHORT_NAMES[task]).lower() for task in tasks)


# Spans and ways ------------------------------------------------------------------------


def spans_said(chain: Chain, posts: Iterable[ChainPost]) -> str:
    """Return how many posts lead a number within their bounds."""
    spans = [span_of(chain, post) for post in posts]
    judged = [span for span in spans if span.total is not None and span.bound]
    outside = sum(span.is_outside for span in judged)
    said = _("%(within)d of %(count)d posts lead a number within their bounds.") % {
        "within": len(judged) - outside,
        "count": len(judged),
    }
    unknown = len(spans) - len(judged)
    if not unknown:
        return said
    return (
        said
        + " "
        + ngettext(
            "For %(count)d post we do not know how many staff it leads.",
            "For %(count)d posts we do not know how many staff they lead.",
            unknown,
        )
        % {"count": unknown}
    )


def ways_said(chain: Chain, readable: Collection[str]) -> Iterator[str]:
    """Give how many leading posts stand from the director to the children."""
    found = [line for line in lines(chain) if line.posts[0] in readable]
    counted = Counter(len(line.posts) for line in found if line.is_whole)
    for levels, count in sorted(counted.items()):
        yield ngettext(
            "%(levels)d leading posts, the director included, stand above the children in %(count)d line.",
            "%(levels)d leading posts, the director included, stand above the children in %(count)d lines.",
            count,
        ) % {"levels": levels, "count": count}


def task_names() -> tuple[ListItem, ...]:
    """Return the short names of the tasks with what they stand for."""
    return tuple(
        ListItem(text=str(SHORT_NAMES[task]), note=str(TASK_NAMES[task]))
        for task in Task
    )
