"""Taking a goal up where one leads, the way to it, and what one brings to it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY
from kaeden.audit.models import Event
from kaeden.goals.actions.meaning import (
    begin_effort,
    contribute,
    end_contribution,
    end_effort,
    let_go,
    take_up,
    write_strategy,
)
from kaeden.goals.actions.writing import end_goal
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import Contribution, Effort, Meaning, Strategy
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.chains import BEGAN
from tests.builders.goals import a_written_goal, acting, havby, post_of

pytestmark = pytest.mark.usefixtures("town")
LEADER = "leder-999001"
VERBS = {
    "take up": lambda goal, by: take_up(goal, "Ingen er alene.", by=by),
    "strategy": lambda goal, by: write_strategy(goal, "Gennem leg.", by=by),
    "effort": lambda goal, by: begin_effort(goal, "Legevagter", by=by),
    "contribution": lambda goal, by: contribute(goal, "Vi bygger bro.", by=by),
}
SILENT = {
    "take up": lambda goal, by: take_up(goal, " ", by=by),
    "strategy": lambda goal, by: write_strategy(goal, "", by=by),
    "effort": lambda goal, by: begin_effort(goal, "\n", by=by),
    "contribution": lambda goal, by: contribute(goal, "", by=by),
}
every_verb = pytest.mark.parametrize("verb", VERBS)


def told(kind):
    return Event.objects.filter(kind=kind).count()


@pytest.mark.parametrize(
    "key", ["direktor", "skolechef", "leder-nord", LEADER, "leder-solstraalen"]
)
def test_every_leading_post_can_take_up_a_goal_of_the_municipality(key):
    goal = a_written_goal()

    meaning = take_up(goal, "  Her er ingen\n alene. ", by=acting(key))

    assert (meaning.post, meaning.words) == (post_of(key), "Her er ingen alene.")
    assert str(meaning).startswith("en-ven (Fjordby): ")
    assert told(Event.Kind.GOAL_TAKEN_UP) == 1


@every_verb
@pytest.mark.parametrize("key", ["udvalg", None, "havby-direktor"])
def test_politicians_strangers_and_neighbours_do_not(verb, key):
    havby()
    by = acting(key) if key else NOBODY

    with pytest.raises((Forbidden, NoSuchGoal)):
        VERBS[verb](a_written_goal(), by)


@every_verb
def test_an_areas_goal_is_for_the_area_and_those_above_it(verb):
    goal = a_written_goal(by="skolechef")

    VERBS[verb](goal, acting(LEADER))
    VERBS[verb](goal, acting("direktor"))
    with pytest.raises(NoSuchGoal):
        VERBS[verb](goal, acting("leder-solstraalen"))


@every_verb
def test_what_has_ended_is_taken_up_no_more(verb):
    goal = a_written_goal(on=BEGAN)
    end_goal(goal, by=acting("udvalg"))
    goal.refresh_from_db()

    with pytest.raises(Refused, match="has ended"):
        VERBS[verb](goal, acting(LEADER))


@every_verb
def test_something_must_be_said(verb):
    with pytest.raises(BadInput, match="Write "):
        SILENT[verb](a_written_goal(), acting(LEADER))


@every_verb
def test_nothing_is_said_for_a_day_that_has_not_come(verb):
    goal = a_written_goal()
    verbs = {
        "take up": lambda: take_up(goal, "x", by=acting(LEADER), on=date.max),
        "strategy": lambda: write_strategy(goal, "x", by=acting(LEADER), on=date.max),
        "effort": lambda: begin_effort(goal, "x", by=acting(LEADER), on=date.max),
        "contribution": lambda: contribute(goal, "x", by=acting(LEADER), on=date.max),
    }

    with pytest.raises(BadInput, match="has not come yet"):
        verbs[verb]()


def test_a_goal_means_one_thing_at_a_post_and_what_was_said_before_is_kept():
    goal = a_written_goal(on=BEGAN)
    take_up(goal, "Først dette.", by=acting(LEADER), on=BEGAN)

    take_up(goal, "Nu dette.", by=acting(LEADER))

    said = Meaning.objects.order_by("valid_from")
    assert [(one.words, one.valid_to) for one in said] == [
        ("Først dette.", today()),
        ("Nu dette.", None),
    ]
    assert Meaning.objects.at(BEGAN).get().words == "Først dette."


def test_a_goal_is_let_go_of_and_what_it_meant_is_kept():
    goal = a_written_goal(on=BEGAN)
    take_up(goal, "Ingen er alene.", by=acting(LEADER), on=BEGAN)

    let_go(goal, by=acting(LEADER))

    assert not Meaning.objects.at(today()).exists()
    assert Meaning.objects.at(BEGAN).exists()
    assert told(Event.Kind.GOAL_LET_GO) == 1
    with pytest.raises(Refused, match="not been taken up"):
        let_go(goal, by=acting(LEADER))


def test_the_database_holds_one_open_meaning_at_a_post():
    goal = a_written_goal()
    take_up(goal, "Ingen er alene.", by=acting(LEADER))

    with pytest.raises(IntegrityError), transaction.atomic():
        Meaning.objects.create(
            goal=goal, post=post_of(LEADER), words="x", valid_from=today()
        )


def test_goal_strategy_and_effort_are_three_things():
    goal = a_written_goal(on=BEGAN)
    write_strategy(goal, "Gennem leg.", by=acting(LEADER), on=BEGAN)
    write_strategy(goal, "Gennem fællesskaber.", by=acting(LEADER))
    first = begin_effort(goal, "Legevagter", by=acting(LEADER), on=BEGAN)
    begin_effort(goal, "Makkerordning", by=acting(LEADER))

    end_effort(first, by=acting(LEADER))

    strategy = Strategy.objects.at(today()).get()
    assert strategy.words == "Gennem fællesskaber."
    assert str(strategy).startswith("en-ven (Fjordby): ")
    assert [str(one) for one in Effort.objects.at(today())] == ["Makkerordning"]
    assert told(Event.Kind.STRATEGY_WRITTEN) == told(Event.Kind.EFFORT_BEGUN) == 2
    assert told(Event.Kind.EFFORT_ENDED) == 1


def test_only_its_own_post_ends_an_effort_and_only_once():
    effort = begin_effort(a_written_goal(), "Legevagter", by=acting(LEADER))

    with pytest.raises(NoSuchGoal):
        end_effort(effort, by=acting("skolechef"))
    end_effort(effort, by=acting(LEADER))
    with pytest.raises(Refused):
        end_effort(effort, by=acting(LEADER))


def test_another_post_contributes_with_evidence_of_its_own():
    goal = a_written_goal(on=BEGAN)

    contribute(goal, "Vi bygger bro.", by=acting("dagtilbudschef"), on=BEGAN)
    contribute(
        goal,
        "Alle har en makker.",
        by=acting("dagtilbudschef"),
        indicator="notifications",
    )

    now = Contribution.objects.at(today()).get()
    assert (now.words, now.indicator) == ("Alle har en makker.", "notifications")
    assert str(now).startswith("en-ven (Fjordby): ")
    assert Contribution.objects.at(BEGAN).get().words == "Vi bygger bro."
    assert told(Event.Kind.CONTRIBUTION_WRITTEN) == 2


def test_the_owner_answers_for_the_goal_and_does_not_contribute_to_it():
    with pytest.raises(Refused, match="owns the goal"):
        contribute(a_written_goal(), "Alt.", by=acting("skolechef"))


def test_evidence_is_an_indicator_of_the_catalogue():
    with pytest.raises(BadInput, match="no indicator “luck”"):
        contribute(a_written_goal(), "Alt.", by=acting(LEADER), indicator="luck")


def test_a_contribution_ends_once():
    goal = a_written_goal()
    contribute(goal, "Vi bygger bro.", by=acting(LEADER))

    end_contribution(goal, by=acting(LEADER))

    assert not Contribution.objects.at(today()).exists()
    assert told(Event.Kind.CONTRIBUTION_ENDED) == 1
    with pytest.raises(Refused, match="does not contribute"):
        end_contribution(goal, by=acting(LEADER))
