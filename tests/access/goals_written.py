"""Goals in the small world, with all that is said of them along the chain."""

from datetime import timedelta

from kaeden.dialogue.models import Commitment, Question
from kaeden.goals.models import (
    CheckIn,
    Contribution,
    Deviation,
    Effort,
    Goal,
    GoalDraft,
    GoalWords,
    Meaning,
    Ownership,
    Strategy,
    Target,
    Value,
)
from kaeden.organisation.models import Unit
from tests.access.world import post_row, thing, word

KEY, OWN_KEY = "in-school-every-day", "laes-hver-dag"
OWNER = "schools"
TAKEN_UP_BY = ("schools", "daycare", "l-9990", "l-99901", "sfo")
TARGETS = (("999", None), ("99901", "l-99901"), ("9990", "l-9990"), ("G991", "l-G991"))
DRAFTED_BY = ("committee", "director", "schools", "h-director")
PROMISED = (("director", "schools"), ("north", "l-9990"), ("l-99901", "sfo"))


def everything(world):
    goal = goals(world)
    words_along_the_line(world, goal)
    targets(world, goal)
    questions(world, goal)
    commitments(world)
    drafts(world)
    values(world)


def unit(code):
    return Unit.objects.get(code=code, valid_to=None)


def goals(world):
    """One goal of the whole, one of an area; the neighbour has adopted none."""
    made = {}
    for key, place in ((KEY, "999"), (OWN_KEY, "schools")):
        made[key] = Goal.objects.create(
            municipality=unit("999"), unit=unit(place), key=key, valid_from=world.day
        )
        a_goal(world, f"goal {key}", "999", place, key, is_adopted=True)
    Ownership.objects.create(goal=made[KEY], post=post_row(OWNER), valid_from=world.day)
    GoalWords.objects.create(
        goal=made[OWN_KEY],
        name="Læsning",
        sentence="Alle læser hver dag.",
        post=post_row("schools"),
        valid_from=world.day,
    )
    a_goal(world, "goal next door", "998", "998", KEY, is_adopted=False)
    return made[KEY]


def a_goal(world, name, town, place, key, *, is_adopted):
    kinds = ("goal", "own goal") if key == OWN_KEY else ("goal",)
    thing(world, name, "goal", unit=place, public=True, word="", address=(town, key))
    kinds = ("page", *kinds) if is_adopted else ("page",)
    world.plain["things"][name] |= {"is": kinds, "adopted": is_adopted}


def words_along_the_line(world, goal):
    """What the goal means at some posts, the way, what is done and brought."""
    tables = {"meaning": Meaning, "strategy": Strategy, "effort": Effort}
    for key in TAKEN_UP_BY:
        post = post_row(key)
        for kind, table in {**tables, "contribution": Contribution}.items():
            if kind == "contribution" and key == OWNER:
                continue
            said = word(world)
            row = table.objects.create(
                goal=goal, post=post, words=said, valid_from=world.day
            )
            world.numbers[said] = row.pk
            of = {OWNER} if kind == "contribution" else set()
            place = post.unit.code
            thing(world, said, kind, unit=place, posts=of, about=f"goal {KEY}")
            if kind == "effort":
                world.numbers[f"end {said}"] = row.pk
                to_end = {"is": ("effort row",), "by": {key}}
                thing(world, f"end {said}", "row", unit="999", public=True, word="")
                world.plain["things"][f"end {said}"] |= to_end


def targets(world, goal):
    """The whole's target is for all to read; each has a note and what is handed up."""
    for code, key in TARGETS:
        row = Target.objects.create(
            goal=goal,
            unit=unit(code),
            post=post_row(key) if key else None,
            kind="level",
            indicator="school-absence",
            value=5.0,
            by_period="2027/28",
            valid_from=world.day,
        )
        name = f"target {code}"
        world.numbers[name] = row.pk
        thing(world, name, "target", unit=code, public=code == "999", word="")
        if key:
            told(world, row, name, key)
            deviation(world, row, name, code)


def told(world, row, name, key):
    post = post_row(key)
    for is_handed_up in (True, False):
        said = word(world)
        CheckIn.objects.create(
            target=row,
            post=post,
            state="on_the_way",
            confidence="middle",
            words=said,
            made_on=world.day,
            is_handed_up=is_handed_up,
        )
        kind = "told" if is_handed_up else "note"
        thing(world, said, kind, unit=post.unit.code, posts={key}, about=name)


def deviation(world, row, name, code):
    said = word(world)
    Deviation.objects.create(
        target=row,
        post=post_row("director"),
        reason=said,
        valid_from=world.day,
        valid_to=world.day + timedelta(days=3000),
    )
    thing(world, said, "deviation", unit=code, about=name)


def questions(world, goal):
    """A politician's questions; they follow the line of the goal's owner."""
    asked_by = post_row("committee")
    for _number in range(2):
        said = word(world)
        row = Question.objects.create(
            goal=goal,
            asked_by=asked_by,
            made_by=asked_by.holdings.get().user,
            words=said,
            asked_on=world.day,
            answer_by=world.day + timedelta(days=30),
        )
        world.numbers[said] = row.pk
        place = post_row(OWNER).unit.code
        thing(world, said, "question", unit=place, about=f"goal {KEY}")


def commitments(world):
    """What one post has promised another, open and taken."""
    for giver, taker in PROMISED:
        for step in ("proposed", "accepted"):
            said, post = word(world), post_row(giver)
            row = Commitment.objects.create(
                promiser=post,
                receiver=post_row(taker),
                proposer=post,
                words=said,
                due=world.day + timedelta(days=60),
                step=step,
                made_by=post.holdings.get().user,
                proposed_on=world.day,
                accepted_on=world.day if step == "accepted" else None,
            )
            world.numbers[said] = row.pk
            thing(world, said, "commitment", posts={giver, taker})


def drafts(world):
    for key in DRAFTED_BY:
        said, post = word(world), post_row(key)
        row = GoalDraft.objects.create(post=post, content={"sentence": said})
        world.numbers[said] = row.pk
        town = post.unit.path.split("/")[1]
        thing(world, said, "draft", unit=town, posts={key}, address=(town,))


def values(world):
    row = Value.objects.create(
        municipality=unit("999"), name="Nysgerrighed", valid_from=world.day
    )
    world.numbers["value"] = row.pk
    thing(world, "value", "value", unit="999", public=True, word="")
