"""The doors into Fjordby: one post for each role, and what one meets behind it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A post that a visitor may enter the demo in; `key` is the post's."""

    key: str
    title: str | Promise
    meets: str | Promise


DOORS = (
    Door(
        key="boerne-og-ungeudvalget",
        title=_("Politician"),
        meets=_("The goals for children and young people, and your questions to them"),
    ),
    Door(
        key="direktoer",
        title=_("Director"),
        meets=_("The whole chain now, and where it is broken"),
    ),
    Door(
        key="skolechef",
        title=_("Chief of schools"),
        meets=_("Results to assess, and what you and your leaders expect"),
    ),
    Door(
        key="dagtilbudschef",
        title=_("Chief of day care"),
        meets=_("Four areas, twenty-eight institutions, and what you have promised"),
    ),
    Door(
        key="familiechef",
        title=_("Chief of families"),
        meets=_("A goal that lacks its owner, and a leader who lacks"),
    ),
    Door(
        key="omraadeleder-nord",
        title=_("Area leader"),
        meets=_("Seven institutions in the north, between the chief and the leaders"),
    ),
    Door(
        key="leder-nordskolen",
        title=_("School leader"),
        meets=_("What is expected of you, what you may decide, and what was promised"),
    ),
    Door(
        key="leder-boernehuset-solstraalen",
        title=_("Day-care leader"),
        meets=_("The same from a small institution, close to the children"),
    ),
    Door(
        key="team-999001-udskoling",
        title=_("Team"),
        meets=_("What the goals mean here, and five questions in a minute"),
    ),
    Door(
        key="analytiker",
        title=_("Analyst"),
        meets=_("What the numbers are, where they come from, and which are missing"),
    ),
    Door(
        key="databeskyttelsesraadgiver",
        title=_("Data protection officer"),
        meets=_("Who has done and seen what"),
    ),
)
