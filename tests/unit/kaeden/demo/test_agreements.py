"""What linked posts in Fjordby expect of each other: agreed, but where it was not."""

import pytest

from kaeden.chaincheck.queries import check
from kaeden.demo.agreements import Until, agreements
from kaeden.dialogue.models import Expectation
from kaeden.dialogue.queries.expectations import conditions_of
from kaeden.dialogue.rules.expectations import State
from kaeden.organisation.models import Link
from kaeden.shared.breaks import BreakKind
from tests.builders.fjordby import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]
TEAMS_OF_THE_NEW_LEADER = {"team-999002-indskoling", "team-999002-mellemtrin"}


def states():
    """Return the states of both ways of every link, by the lower post's key."""
    links = Link.objects.at(TODAY).select_related("upper", "lower__unit")
    conditions = conditions_of(list(links), TODAY)
    return {
        (link.lower.key, way): one.state
        for link in links
        for way, one in conditions[link.pk].items()
    }


def test_expectations_are_met_in_every_state():
    assert set(states().values()) == set(State)


def test_most_are_confirmed_by_both():
    found = list(states().values())

    assert found.count(State.CONFIRMED) > 0.9 * len(found)


def test_those_that_stopped_on_the_way_stand_where_they_stopped():
    found = states()
    stopped = {(one.lower, one.way): one.until for one in agreements().exceptions}

    assert {key: found[key].value for key in stopped} == stopped
    assert set(stopped.values()) == set(Until) - {Until.CONFIRMED}


def test_the_chain_breaks_at_those_and_where_somebody_new_has_come():
    broken = {
        one.about.removeprefix("link:")
        for one in check(TODAY, "999").breaks
        if one.kind is BreakKind.EXPECTATION_UNCONFIRMED
    }

    stopped = {one.lower for one in agreements().exceptions}
    assert broken == stopped | {"leder-sydskolen"} | TEAMS_OF_THE_NEW_LEADER


def test_words_are_about_the_place_they_are_said_of():
    texts = list(Expectation.objects.values_list("words", flat=True))

    assert not [one for one in texts if "{" in one]
    assert len(set(texts)) > 30
