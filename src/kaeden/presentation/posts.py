"""The page of a post: what it leads and decides, whom it asks, and what it has been."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.access.rules import Verdict
from kaeden.organisation.chain import Chain, ChainCharter, ChainPost
from kaeden.organisation.findings import Span, degree_of, span_of
from kaeden.organisation.history import PostHistory, Spell
from kaeden.organisation.lines import levels_to_the_child, upward
from kaeden.organisation.rules import DEGREE_NAMES, LEADING, TASK_NAMES, Degree, Task
from kaeden.presentation.addresses import post_href, unit_href
from kaeden.presentation.as_of import DAY, AsOf
from kaeden.presentation.charts.marks import ListItem


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMineRow:
    """What a post leaves to another, and who to ask instead."""

    words: str
    ask: ListItem


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A post's part in one of the seven tasks, and who else in the line has it."""

    name: str | Promise
    degree: str | Promise
    is_mine: bool
    others: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterView:
    """A charter, ready to be read."""

    area: str
    decision_room: str
    not_mine: tuple[NotMineRow, ...]
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """What the page shows; without a right to it, no charter and no names.

    `ended` is said of a post that is not there on the day shown.
    """

    key: str
    name: str
    place: ListItem | None
    reports_to: ListItem | None
    holder: str
    is_vacant: bool
    ended: str
    leads: tuple[ListItem, ...]
    span: str
    way: str
    charter: CharterView | None
    no_charter: str
    history: tuple[ListItem, ...]


def build(
    chain: Chain,
    key: str,
    history: PostHistory,
    as_of: AsOf,
    *,
    may_read: Verdict,
    with_names: bool,
) -> PostPage:
    """Return the page of a post on a day."""
    post = chain.post.get(key)
    happened = tuple(_history(chain.municipality, key, history, with_names=with_names))
    if post is None:
        return _gone(key, history, happened)
    return PostPage(
        key=key,
        name=post.name,
        place=_place(chain, post, as_of),
        reports_to=_item(chain, post.reports_to, as_of),
        holder=holder_words(post, with_names=with_names),
        is_vacant=post.is_vacant,
        ended="",
        leads=tuple(
            item
            for one in chain.led.get(key, ())
            if (item := _item(chain, one.key, as_of, note=_state(one)))
        ),
        span=span_words(span_of(chain, post)),
        way=way_words(chain, post),
        charter=charter_view(chain, post, as_of) if may_read else None,
        no_charter=_no_charter(post.charter, may_read),
        history=happened,
    )


def _gone(key: str, history: PostHistory, happened: tuple[ListItem, ...]) -> PostPage:
    """Return the page of a post on a day when it was not there."""
    ended = history.ended
    words = _("The post was not there on that day.")
    if ended is not None:
        words = _("The post was closed on %(day)s.") % {"day": date_format(ended)}
    return PostPage(
        key=key,
        name=history.name,
        place=None,
        reports_to=None,
        holder="",
        is_vacant=False,
        ended=words,
        leads=(),
        span="",
        way="",
        charter=None,
        no_charter="",
        history=happened,
    )


def _place(chain: Chain, post: ChainPost, as_of: AsOf) -> ListItem | None:
    unit = chain.unit.get(post.unit)
    if unit is None:
        return None
    href = unit_href(chain.municipality, unit.code, as_of.query)
    return ListItem(text=unit.full_name, href=href)


def _item(chain: Chain, key: str, as_of: AsOf, *, note: str = "") -> ListItem | None:
    if key not in chain.post:
        return None
    href = post_href(chain.municipality, key, as_of.query)
    return ListItem(text=chain.post_name(key), href=href, note=note)


def _state(post: ChainPost) -> str:
    return _("vacant") if post.is_vacant else ""


def holder_words(post: ChainPost, *, with_names: bool) -> str:
    """Return whether a post is held; by whom only where names may be told."""
    day = {"day": date_format(post.since), "holder": post.holder} if post.since else {}
    if post.is_vacant:
        return _("Vacant in Kæden since %(day)s.") % day if day else _("Vacant.")
    if with_names and day:
        return _("Held by %(holder)s since %(day)s.") % day
    return _("Held since %(day)s.") % day if day else _("Held.")


def span_words(span: Span) -> str:
    """Return how many a post leads, and whether that is within its bounds."""
    posts = ngettext("%(count)d post", "%(count)d posts", span.posts) % {
        "count": span.posts
    }
    if span.staff is None or span.total is None:
        words = _("The post leads %(posts)s. How many staff it leads is not known.")
        return words % {"posts": posts}
    staff = ngettext("%(count)d employee", "%(count)d employees", span.staff) % {
        "count": span.staff
    }
    parts = [part for part, n in ((posts, span.posts), (staff, span.staff)) if n]
    said = _("The post leads nobody directly.")
    if len(parts) == 1:
        said = _("The post leads %(who)s directly.") % {"who": parts[0]}
    elif parts:
        facts = {"posts": posts, "staff": staff, "total": span.total}
        said = _("The post leads %(posts)s and %(staff)s directly: %(total)d.") % facts
    return f"{said} {_bound_words(span)}".strip()


def _bound_words(span: Span) -> str:
    if span.bound is None:
        return ""
    words = _("That is within the municipality's bounds (%(from)d–%(to)d).")
    if span.is_outside:
        words = _("That is outside the municipality's bounds (%(from)d–%(to)d).")
    return words % {"from": span.bound.span_from, "to": span.bound.span_to}


def way_words(chain: Chain, post: ChainPost) -> str:
    """Return how far it is from a post to the child, in leading posts."""
    if post.role not in LEADING:
        return ""
    levels = levels_to_the_child(chain, post.key) - 1
    if levels <= 0:
        return _("No other leader stands between the post and the children.")
    return ngettext(
        "%(count)d level of leaders stands between the post and the children.",
        "%(count)d levels of leaders stand between the post and the children.",
        levels,
    ) % {"count": levels}


# The charter ---------------------------------------------------------------------------


def charter_view(chain: Chain, post: ChainPost, as_of: AsOf) -> CharterView | None:
    """Return a post's charter with everybody it names."""
    if post.charter is None:
        return None
    return CharterView(
        area=post.charter.area,
        decision_room=post.charter.decision_room,
        not_mine=tuple(
            NotMineRow(
                words=line.words,
                ask=_item(chain, line.ask, as_of) or ListItem(text=_("a closed post")),
            )
            for line in post.charter.not_mine
        ),
        tasks=tuple(_task(chain, post, task) for task in Task),
    )


def _no_charter(charter: ChainCharter | None, may_read: Verdict) -> str:
    if may_read:
        return "" if charter else _("Nobody has written what the post decides.")
    return _("What the post decides is read by those above and below it in the chain.")


def _task(chain: Chain, post: ChainPost, task: Task) -> TaskRow:
    degree = degree_of(chain, post.key, task)
    return TaskRow(
        name=TASK_NAMES[task],
        degree=DEGREE_NAMES[degree],
        is_mine=degree in {Degree.HOLDS, Degree.SHARES},
        others=_others(chain, post, task),
    )


TOGETHER: dict[Degree, str | Promise] = {
    Degree.HOLDS: gettext_lazy("Held by %(posts)s"),
    Degree.SHARES: gettext_lazy("Shared by %(posts)s"),
    Degree.SUPPORTS: gettext_lazy("Supported by %(posts)s"),
}


def _others(chain: Chain, post: ChainPost, task: Task) -> str:
    """Return who above a post and right below it has a part in a task."""
    _itself, *above = upward(chain, post.key)
    near = [*above, *chain.led.get(post.key, ())]
    said = []
    for degree, words in TOGETHER.items():
        names = [one.key for one in near if degree_of(chain, one.key, task) is degree]
        if names:
            said.append(str(words) % {"posts": _named(chain, names)})
    return ". ".join(said)


def _named(chain: Chain, keys: Iterable[str]) -> str:
    """Return posts by name, many by number."""
    keys = list(keys)
    if len(keys) > 3:
        return _("%(count)d posts") % {"count": len(keys)}
    return ", ".join(chain.post_name(key) for key in keys)


# History -------------------------------------------------------------------------------


def _history(
    town: str, key: str, history: PostHistory, *, with_names: bool
) -> Iterable[ListItem]:
    """Give what the post has been, the newest first, each with a way to that day."""
    held = _("Held by %(words)s") if with_names else _("Held")
    kinds = (
        (history.posts, _("At %(words)s")),
        (history.holdings, held),
        (history.charters, _("Charter")),
    )
    spells = [(one, words) for spells, words in kinds for one in spells]
    for spell, words in sorted(spells, key=lambda pair: pair[0].since, reverse=True):
        yield ListItem(
            text=words % {"words": spell.words} if "%(" in words else words,
            href=post_href(town, key, f"?{DAY}={spell.since}"),
            note=spell_words(spell),
        )


def spell_words(spell: Spell) -> str:
    """Return from when until when."""
    days = {"since": date_format(spell.since)}
    if spell.until is None:
        return _("since %(since)s") % days
    return _("%(since)s until %(until)s") % (days | {"until": date_format(spell.until)})
