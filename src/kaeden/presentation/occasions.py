"""What commitments hang on: how a form names it, and the way to it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.dialogue.errors import NothingToAgreeOn
from kaeden.dialogue.queries.links import SeenLink
from kaeden.dialogue.queries.occasions import Named
from kaeden.dialogue.rules.commitments import Occasion
from kaeden.presentation.charts.marks import ListItem

WORDS: Mapping[Occasion, str] = {
    Occasion.RESULT: "resultat",
    Occasion.GOAL: "maal",
    Occasion.EXPECTATION: "forventning",
    Occasion.COMMUNITY: "faellesskab",
    Occasion.TIME_ROBBER: "tidsroever",
    Occasion.CONVERSATION: "samtale",
}
"""What each kind is called in an address."""

LEADS_TO: Mapping[Occasion, str] = {
    Occasion.RESULT: "web:result",
    Occasion.GOAL: "web:goal",
    Occasion.EXPECTATION: "web:expectation_link",
    Occasion.COMMUNITY: "web:community",
    Occasion.TIME_ROBBER: "web:ledger",
    Occasion.CONVERSATION: "web:conversation",
}
ABOUT: Mapping[Occasion, str | Promise] = {
    Occasion.RESULT: gettext_lazy("About the result"),
    Occasion.GOAL: gettext_lazy("About the goal"),
    Occasion.EXPECTATION: gettext_lazy("About the expectation"),
    Occasion.COMMUNITY: gettext_lazy("About the community"),
    Occasion.TIME_ROBBER: gettext_lazy("About the time robber"),
    Occasion.CONVERSATION: gettext_lazy("From the conversation"),
}
LONGEST_NAME = 90


def token(occasion: Occasion, *address: str | int) -> str:
    """Return how a form names a thing, such as resultat.999001.school-absence."""
    return ".".join([WORDS[occasion], *map(str, address)])


def read(text: str) -> tuple[Occasion, tuple[str, ...]]:
    """Return what a form names.

    Raises
    ------
    NothingToAgreeOn
        If it is none of the kinds.
    """
    word, *address = text.split(".")
    kinds = {name: occasion for occasion, name in WORDS.items()}
    if word not in kinds:
        raise NothingToAgreeOn(_("There is nothing to agree on there."))
    return kinds[word], tuple(address)


def with_token(href: str, text: str) -> str:
    """Return an address that keeps what is to be agreed on; itself for nothing."""
    return f"{href}?{urlencode({'om': text})}" if text else href


def begin_href(occasion: Occasion, *address: str | int) -> str:
    """Return where one begins to agree on a thing."""
    return with_token(reverse("web:begin_commitment"), token(occasion, *address))


def item(one: Named) -> ListItem:
    """Return the way to a thing that a commitment hangs on."""
    href = reverse(LEADS_TO[one.occasion], args=one.address) if one.address else ""
    name = Truncator(one.name).chars(LONGEST_NAME)
    return ListItem(text=name, href=href, note=str(ABOUT[one.occasion]))


def with_whom(links: list[SeenLink], text: str) -> tuple[ListItem, ...]:
    """Return those across whose link one can agree on a thing."""
    return tuple(
        ListItem(
            text=one.across,
            href=with_token(reverse("web:new_commitment", args=[one.id]), text),
        )
        for one in links
    )
