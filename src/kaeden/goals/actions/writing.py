"""Write visions and goals, adopt those of the starter set, and give them an owner."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.goals import starter
from kaeden.goals.actions.asked import (
    shortened,
    the_day,
    the_indicator,
    the_period,
    the_post,
    the_words,
    written_anew,
)
from kaeden.goals.actions.following import set_level
from kaeden.goals.errors import GoalIsAdopted, NoSuchGoal
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.models import (
    Goal,
    GoalDraft,
    GoalWords,
    Ownership,
    Vision,
    VisionWords,
)
from kaeden.organisation.models import Post, Unit
from kaeden.shared.clock import now
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.words import fold

OWN_VISION = "own"
WORDS_IN_A_NAME, SHORTEST_LAST_WORD = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalText:
    """A goal as a municipality writes it; only the sentence must be there."""

    sentence: str
    name: str = ""
    here: str = ""
    for_whom: str = ""
    sectors: tuple[Sector, ...] = ()
    indicator: str = ""
    by_period: str = ""


@transaction.atomic
def write_vision(
    sentence: str,
    *,
    municipality: Unit,
    by: Actor,
    why: str = "",
    on: date | None = None,
) -> Vision:
    """Write the municipality's vision in its own words, or write them anew.

    Raises
    ------
    Forbidden
        If the post does not reach the municipality.
    BadInput
        If there is no sentence.
    """
    require(may(by, Permission.WRITE_VISION, at=municipality.path))
    post, day = the_post(by), the_day(on)
    said = the_words(sentence, longest=300, ask=_("Write the vision in a sentence."))
    vision = _vision(municipality, day)
    written_anew(
        VisionWords.objects.filter(vision=vision),
        day,
        vision=vision,
        sentence=said,
        why=shortened(why, longest=600),
        post=post,
    )
    record(Event.Kind.VISION_WRITTEN, by=by, about=vision)
    return vision


def _vision(municipality: Unit, day: date, key: str = OWN_VISION) -> Vision:
    """Return the municipality's vision, which begins now if it has none."""
    held = Vision.objects.filter(municipality=municipality, valid_to__isnull=True)
    there: Vision | None = held.order_by("pk").first()
    return there or Vision.objects.create(
        municipality=municipality, key=key, valid_from=day
    )


@transaction.atomic
def adopt(
    key: str,
    *,
    municipality: Unit,
    by: Actor,
    target: float | None = None,
    by_period: str = "",
    on: date | None = None,
) -> Goal:
    """Take up a goal of the starter set, with a target for its lead indicator or none.

    It is owned by the chief that the set names, or by nobody where there is none.

    Raises
    ------
    Forbidden
        If the post does not reach the municipality.
    NoSuchGoal
        If the starter set has no such goal.
    GoalIsAdopted
        If the municipality has it already.
    BadInput
        If the target is out of range, or has no year.
    """
    require(may(by, Permission.ADOPT_GOAL, at=municipality.path))
    wanted = next((goal for goal in starter.goals() if goal.id == key), None)
    if wanted is None:
        raise NoSuchGoal(_("There is no such goal in the starter set."))
    day = the_day(on)
    goal, is_new = Goal.objects.get_or_create(
        municipality=municipality,
        key=key,
        valid_to=None,
        defaults={
            "unit": municipality,
            "valid_from": day,
            "vision": _vision(municipality, day, wanted.vision),
        },
    )
    if not is_new:
        raise GoalIsAdopted(_("The municipality has adopted this goal already."))
    owner = _chief(municipality, wanted.owner_role.value)
    if owner is not None:
        Ownership.objects.create(goal=goal, post=owner, valid_from=day)
    if target is not None:
        set_level(goal, wanted.lead_indicator, target, by_period, owner, day)
    record(Event.Kind.GOAL_ADOPTED, by=by, about=goal)
    return goal


def _chief(municipality: Unit, role: str) -> Post | None:
    """Return the post of a role nearest the municipality's top."""
    below = Post.objects.filter(
        unit__path__startswith=f"{municipality.path}/", valid_to__isnull=True
    )
    found: Post | None = (
        below.filter(role=role).select_related("unit").order_by("unit__path").first()
    )
    return found


@transaction.atomic
def write_goal(
    text: GoalText,
    *,
    unit: Unit,
    by: Actor,
    owner: Post | None = None,
    serves: Goal | None = None,
    on: date | None = None,
) -> Goal:
    """Write a goal of a municipality or of one of its areas.

    Whatever the goal check says, it is adopted as it is written: nobody is stopped.

    Raises
    ------
    Forbidden
        If the post does not reach the unit.
    BadInput
        If there is no sentence, or the owner or the goal above is elsewhere.
    """
    require(may(by, Permission.WRITE_GOAL, at=unit.path))
    day, town = the_day(on), _municipality_of(unit)
    _in_the_same_place(town, owner=owner, serves=serves)
    goal = Goal.objects.create(
        municipality=town,
        unit=unit,
        key=_new_key(town, text.name or _name_from(text.sentence)),
        vision=serves.vision if serves else _vision(town, day),
        serves=serves,
        valid_from=day,
    )
    _write_words(goal, text, the_post(by), day)
    if owner is not None:
        Ownership.objects.create(goal=goal, post=owner, valid_from=day)
    record(Event.Kind.GOAL_WRITTEN, by=by, about=goal)
    return goal


def _municipality_of(unit: Unit) -> Unit:
    return Unit.objects.get(
        path="/".join(unit.path.split("/")[:2]), valid_to__isnull=True
    )


def _in_the_same_place(town: Unit, *, owner: Post | None, serves: Goal | None) -> None:
    strange_owner = owner is not None and not _lies_in(owner.unit.path, town.path)
    if strange_owner or (serves is not None and serves.municipality_id != town.pk):
        raise BadInput(_("Choose a post and a goal of the same municipality."))


def _lies_in(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}/")


def _name_from(sentence: str) -> str:
    """Return the first words of a sentence, without a small one at the end."""
    first = sentence.split()[:WORDS_IN_A_NAME]
    while len(first) > 1 and len(first[-1]) < SHORTEST_LAST_WORD:
        first.pop()
    return " ".join(first).rstrip(".,;:")[:60]


def _new_key(town: Unit, name: str) -> str:
    """Return a key that no goal of the municipality or the starter set has had."""
    letters = fold(name).replace("æ", "ae").replace("ø", "oe")
    stem = slugify(letters)[:50] or "maal"
    used = set(Goal.objects.filter(municipality=town).values_list("key", flat=True))
    used |= {goal.id for goal in starter.goals()}
    keys = (stem, *(f"{stem}-{number}" for number in range(2, len(used) + 3)))
    return next(key for key in keys if key not in used)


def _write_words(goal: Goal, text: GoalText, post: Post, day: date) -> None:
    ask = _("Write the goal in a sentence.")
    sentence = the_words(text.sentence, longest=300, ask=ask)
    written_anew(
        GoalWords.objects.filter(goal=goal),
        day,
        goal=goal,
        name=shortened(text.name or _name_from(sentence), longest=60),
        sentence=sentence,
        here=shortened(text.here, longest=600),
        for_whom=shortened(text.for_whom, longest=200),
        sectors=[sector.value for sector in text.sectors],
        indicator=the_indicator(text.indicator),
        by_period=the_period(text.by_period),
        post=post,
    )


@transaction.atomic
def reword(goal: Goal, text: GoalText, *, by: Actor, on: date | None = None) -> None:
    """Write the municipality's own goal anew; the words until now are kept.

    Raises
    ------
    Forbidden
        If the post does not reach the goal's unit.
    Refused
        If the words are those of the starter set, or the goal has ended.
    BadInput
        If there is no sentence.
    """
    require(may(by, Permission.WRITE_GOAL, at=goal.unit.path))
    _still_holds(goal)
    if not goal.words.exists():
        raise Refused(
            _("The words of this goal are shared by all. Write a goal of your own.")
        )
    _write_words(goal, text, the_post(by), the_day(on))
    record(Event.Kind.GOAL_REWORDED, by=by, about=goal)


def _still_holds(goal: Goal) -> None:
    if goal.valid_to is not None:
        raise Refused(_("The goal has ended. Write a new one."))


@transaction.atomic
def give_owner(goal: Goal, post: Post, *, by: Actor, on: date | None = None) -> None:
    """Let one post answer for a goal from a day on.

    Raises
    ------
    Forbidden
        If the post that acts does not reach the goal's unit.
    BadInput
        If the new owner is in another municipality.
    Refused
        If the goal has ended.
    """
    require(may(by, Permission.WRITE_GOAL, at=goal.unit.path))
    _still_holds(goal)
    _in_the_same_place(goal.municipality, owner=post, serves=None)
    held = Ownership.objects.filter(goal=goal)
    written_anew(held, the_day(on), goal=goal, post=post)
    record(Event.Kind.GOAL_GIVEN, by=by, about=goal)


@transaction.atomic
def end_goal(goal: Goal, *, by: Actor, on: date | None = None) -> None:
    """Let a goal end; what was written and reached under it is kept.

    Raises
    ------
    Forbidden
        If the post does not reach the goal's unit.
    Refused
        If it has ended already.
    """
    require(may(by, Permission.WRITE_GOAL, at=goal.unit.path))
    _still_holds(goal)
    Goal.objects.filter(pk=goal.pk).end(the_day(on))
    record(Event.Kind.GOAL_ENDED, by=by, about=goal)


@transaction.atomic
def save_draft(
    content: dict[str, object], *, by: Actor, draft: int | None = None
) -> GoalDraft:
    """Keep a half-written goal as it was typed; it is seen by its post alone.

    Raises
    ------
    Forbidden
        If the post writes no goals.
    NoSuchGoal
        If it is not a draft of the post.
    """
    require(may(by, Permission.WRITE_GOAL, at=by.path))
    post = the_post(by)
    kept = GoalDraft(post=post) if draft is None else _own_draft(draft, by)
    kept.content, kept.saved_at = content, now()
    kept.save()
    record(Event.Kind.GOAL_DRAFTED, by=by, about=kept)
    return kept


@transaction.atomic
def drop_draft(draft: int, *, by: Actor) -> None:
    """Throw a draft away, or let it go when its goal is adopted.

    Raises
    ------
    NoSuchGoal
        If it is not a draft of the post.
    """
    _own_draft(draft, by).delete()


def _own_draft(draft: int, by: Actor) -> GoalDraft:
    found = GoalDraft.objects.filter(pk=draft, post=the_post(by)).first()
    if found is None:
        raise NoSuchGoal(_("There is no such draft."))
    return found
