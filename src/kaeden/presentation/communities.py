"""Communities of leaders: the list, and one with its members."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.organisation.communities import SeenCommunity
from kaeden.organisation.models import Post
from kaeden.presentation.addresses import post_href
from kaeden.presentation.as_of import AsOf
from kaeden.presentation.charts.marks import ListItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityPage:
    """What the page shows."""

    key: str
    name: str
    purpose: str
    since: str
    members: tuple[ListItem, ...]


def listed(found: Iterable[SeenCommunity], as_of: AsOf) -> Iterator[ListItem]:
    """Give communities as lines with the number of their members."""
    for one in found:
        count = len(one.members)
        members = ngettext("%(count)d member", "%(count)d members", count)
        town = one.row.municipality.code
        yield ListItem(
            text=one.row.name,
            href=reverse("web:community", args=[town, one.row.key]) + as_of.query,
            note=members % {"count": count},
        )


def build(one: SeenCommunity, as_of: AsOf) -> CommunityPage:
    """Return the page of a community; members are told by their posts."""
    town = one.row.municipality.code
    return CommunityPage(
        key=one.row.key,
        name=one.row.name,
        purpose=one.row.purpose,
        since=_("Bound to each other since %(day)s.")
        % {"day": date_format(one.row.valid_from)},
        members=tuple(
            ListItem(
                text=post_words(member.post),
                href=post_href(town, member.post.key, as_of.query),
                note=_("since %(since)s") % {"since": date_format(member.since)},
            )
            for member in one.members
        ),
    )


def post_words(post: Post) -> str:
    """Return what a post is called among all."""
    return f"{post.name}, {post.unit.full_name}"
