"""Goals of Fjordby: as a page is given them, and in the database."""

from dataclasses import replace
from datetime import date
from typing import Any

from kaeden.access.rules import Actor, Role
from kaeden.goals.actions import writing
from kaeden.goals.actions.following import WantedTarget
from kaeden.goals.actions.writing import GoalText
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.models import Goal
from kaeden.goals.queries import MunicipalGoal, TargetNumber
from kaeden.goals.rules import TargetKind
from kaeden.organisation.chain import Chain
from kaeden.organisation.models import Post, Unit
from kaeden.organisation.rules import Kind
from tests.builders.chains import BEGAN, FJORDBY, a_chain, a_post, a_unit, applied
from tests.builders.figures import an_indicator


def a_goal(
    *, value: float | None = None, at_most: bool = True, **changes: Any
) -> MunicipalGoal:
    """The goal of absence, adopted; with a target where a value is given."""
    facts: dict[str, Any] = {
        "key": "in-school-every-day",
        "name": "I skole hver dag",
        "sentence": "Alle børn er i skole hver dag.",
        "here": "Her i kommunen",
        "indicator": an_indicator(),
        "further": (),
        "owner_role": "chief_schools",
        "adopted_on": date(2026, 9, 1),
        "target": value
        and TargetNumber(value=value, at_most=at_most, by_period="2027/28"),
        "suggestion": None,
    }
    return MunicipalGoal(**(facts | changes))


# In the database ----------------------------------------------------------------------


def everybody_in_place(chain: Chain | None = None) -> Chain:
    """Fjordby's chain with every post held."""
    chain = chain or a_chain()
    held = (replace(post, holder=post.holder or "Kim") for post in chain.posts)
    return replace(chain, posts=tuple(held))


def fjordby(chain: Chain | None = None) -> Unit:
    """Fjordby with its whole chain in the database; every post is held."""
    applied(chain or everybody_in_place())
    return Unit.objects.get(path=f"dk/{FJORDBY}", valid_to__isnull=True)


def havby() -> Unit:
    """The neighbour, with a director and nobody else."""
    there = Chain(
        municipality="998",
        name="Havby",
        as_of=BEGAN,
        units=(a_unit("998", "Havby", Kind.MUNICIPALITY, ""),),
        posts=(a_post("havby-direktor", Role.DIRECTOR, "998", "", holder="Kim"),),
    )
    applied(there)
    return Unit.objects.get(path="dk/998", valid_to__isnull=True)


def post_of(key: str) -> Post:
    """The post of today with a key."""
    return Post.objects.select_related("unit").get(key=key, valid_to__isnull=True)


def acting(key: str) -> Actor:
    """Who acts in the post with a key."""
    post = post_of(key)
    return Actor(role=Role(post.role), path=post.unit.path, post_id=post.pk)


def a_text(sentence: str = "Alle børn har en ven.", **facts: Any) -> GoalText:
    """A goal as the committee writes it."""
    known = {"name": "En ven", "sectors": (Sector.SCHOOL, Sector.DAYCARE)}
    return GoalText(sentence=sentence, **(known | facts))


def a_written_goal(
    by: str = "udvalg", *, unit: str = "", owner: str = "skolechef", **facts: Any
) -> Goal:
    """A goal that a post has written, of its own unit unless said otherwise."""
    on = facts.pop("on", None)
    serves = facts.pop("serves", None)
    place = unit_of(unit) if unit else post_of(by).unit
    return writing.write_goal(
        a_text(**facts),
        unit=place,
        by=acting(by),
        owner=post_of(owner) if owner else None,
        serves=serves,
        on=on,
    )


def unit_of(code: str) -> Unit:
    """The unit of today with a code."""
    return Unit.objects.get(code=code, valid_to__isnull=True)


def a_level(**facts: Any) -> WantedTarget:
    """At most 6 percent absence in 2027/28."""
    known: dict[str, Any] = {
        "kind": TargetKind.LEVEL,
        "indicator": "school-absence",
        "value": 6.0,
        "by_period": "2027/28",
    }
    return WantedTarget(**(known | facts))


def in_words(**facts: Any) -> WantedTarget:
    """A target described in words."""
    known: dict[str, Any] = {
        "kind": TargetKind.WORDS,
        "by_period": "2027/28",
        "reached": "Alle børn har nogen at lege med hver dag.",
        "on_the_way": "De fleste børn har nogen at lege med.",
        "not_yet": "Flere børn står alene i frikvarteret.",
    }
    return WantedTarget(**(known | facts))
