"""The page of one goal in one municipality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may
from kaeden.goals import rights
from kaeden.goals.indicators import catalogue
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.said import Along, Said
from kaeden.goals.targets import UnitTarget
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import POST_NAMES
from kaeden.presentation import cards, targets
from kaeden.presentation.cards import Card
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.targets import TargetView
from kaeden.publication.gap_queries import ReleasedGap
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPage:
    """The goal's lead result, the further ones, and the targets that one may read."""

    lead: Card | None
    further: tuple[Card, ...]
    owner: str
    suggestion: str
    targets: tuple[TargetView, ...]
    unit_targets: tuple[TargetView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a post does to reach a goal, and the way it means to go."""

    post: str
    strategy: str
    efforts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a post brings to a goal that another owns."""

    post: str
    words: str
    indicator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPage:
    """What is done for a goal, and what is brought to it, along the reader's line."""

    work: tuple[Work, ...]
    brought: tuple[Brought, ...]


def build(
    town: Unit,
    goal: MunicipalGoal,
    wanted: Sequence[UnitTarget],
    figures: Sequence[ReleasedFigure],
    release: CurrentRelease,
    gaps: Sequence[ReleasedGap] = (),
) -> GoalPage:
    """Return the page; `figures` are those of the municipality and of the targets.

    `gaps` are the municipality's newest.
    """
    here = [one for one in figures if one.unit.id == town.pk]
    series = cards.by_indicator(here)
    further = [
        cards.build(one, series.get(one.id, []), release=release)
        for one in goal.further
    ]
    views = [
        targets.build(one, [f for f in figures if f.unit.id == one.unit.pk], gaps)
        for one in wanted
    ]
    own = [view for view, one in zip(views, wanted, strict=True) if one.unit == town]
    return GoalPage(
        lead=cards.lead_of(goal, series.get(goal.lead, []), release),
        further=tuple(card for card in further if card),
        owner=goal.owner.name
        if goal.owner
        else str(POST_NAMES.get(goal.owner_role, "")),
        suggestion=str(goal.suggestion.basis) if goal.suggestion else "",
        targets=tuple(own),
        unit_targets=tuple(view for view in views if view not in own),
    )


def said(found: Along) -> SaidPage:
    """Return what is done and brought, post by post, uppermost first."""
    posts: dict[int, list[Said]] = {}
    for one in (*found.strategies, *found.efforts):
        posts.setdefault(one.post_id, []).append(one)
    ways = {one.post_id: one.words for one in found.strategies}
    efforts = set(found.efforts)
    titles = {one.id: str(one.title) for one in catalogue().values()}
    return SaidPage(
        work=tuple(
            Work(
                post=words[0].post,
                strategy=ways.get(post, ""),
                efforts=tuple(one.words for one in words if one in efforts),
            )
            for post, words in posts.items()
        ),
        brought=tuple(
            Brought(
                post=one.post, words=one.words, indicator=titles.get(one.indicator, "")
            )
            for one in found.contributions
        ),
    )


def acts(actor: Actor, town: Unit, goal: MunicipalGoal) -> tuple[ListItem, ...]:
    """Return what one's post may do with a goal, each as a link to where it is done."""
    return tuple(_acts(actor, town, goal)) if goal.is_adopted else ()


def _acts(actor: Actor, town: Unit, goal: MunicipalGoal) -> Iterator[ListItem]:
    place = {"code": town.code, "key": goal.key}
    if rights.may_take_up(actor, goal):
        here = reverse("web:goal_here", kwargs=place)
        yield ListItem(text=_("Say what the goal means where you lead"), href=here)
    if may(actor, Permission.SET_TARGET, at=actor.path) and rights.in_line(
        actor, goal.unit_path
    ):
        unit = actor.path.rsplit("/", 1)[-1]
        there = reverse("web:set_target", kwargs=place | {"unit": unit})
        yield ListItem(text=_("Set a target"), href=there)
    if may(actor, Permission.READ_EFFORT, at=goal.unit_path):
        up = f"{reverse('web:new_concern')}?om=maal-{goal.id}"
        yield ListItem(text=_("Write to the post above you about it"), href=up)
    if may(actor, Permission.WRITE_GOAL, at=goal.unit_path):
        if goal.is_own:
            reword = reverse("web:reword_goal", kwargs=place)
            yield ListItem(text=_("Write the goal anew"), href=reword)
        owner = reverse("web:goal_owner", kwargs=place)
        yield ListItem(text=_("Give the goal another owner, or end it"), href=owner)
