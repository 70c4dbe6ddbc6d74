"""A few values, each seen in practice at a level of the chain."""

import pytest

from kaeden.audit.models import Event
from kaeden.goals.actions.values import end_value, write_value
from kaeden.goals.models import Value, ValueWords
from kaeden.goals.rules import LeadershipLevel
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.chains import BEGAN
from tests.builders.goals import acting

LEADER, TEAM = LeadershipLevel.LEADER, LeadershipLevel.TEAM
SEEN = {LEADER: "Lederen spørger, før hun svarer.", TEAM: ""}


@pytest.fixture
def write(town):
    def write(name="Nysgerrighed", by="udvalg", **facts):
        known = {"meaning": "Vi spørger først.", "seen": SEEN, "municipality": town}
        return write_value(name, by=acting(by), **(known | facts))

    return write


def told(day=None):
    rows = ValueWords.objects.at(day or today()).order_by("level")
    return {one.level: str(one) for one in rows}


def test_a_value_says_what_it_means_and_how_it_is_seen_at_a_level(write):
    value = write()

    assert str(value) == "Nysgerrighed"
    assert told() == {
        "": "Vi spørger først.",
        "leader": "Lederen spørger, før hun svarer.",
    }
    assert Event.objects.filter(kind=Event.Kind.VALUE_WRITTEN).count() == 1


def test_what_is_written_anew_is_added_and_what_is_emptied_ends(write):
    first = write(on=BEGAN)

    again = write(seen={LEADER: "", TEAM: "Vi undrer os sammen."})

    assert again == first
    assert told(BEGAN)["leader"] == "Lederen spørger, før hun svarer."
    assert told() == {"": "Vi spørger først.", "team": "Vi undrer os sammen."}
    assert ValueWords.objects.filter(level="").count() == 1


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"name": " "}, "what the value is called"),
        ({"meaning": ""}, "what it means"),
        ({"seen": {LEADER: " "}}, "at one level at least"),
        ({"seen": {}}, "at one level at least"),
        ({"seen": {LEADER: "x" * 301}}, "Keep it to 300"),
    ],
)
def test_a_value_that_nobody_can_see_is_no_value(write, facts, why):
    with pytest.raises(BadInput, match=why):
        write(**facts)

    assert not Value.objects.exists()


def test_six_are_as_many_as_one_keeps_in_mind(write):
    values = [write(f"Værdi {number}") for number in range(6)]

    with pytest.raises(Refused, match="6 values are many"):
        write("Værdi 7")
    end_value(values[0], by=acting("direktor"))
    assert write("Værdi 7")


def test_a_value_ends_once(write):
    value = write(on=BEGAN)

    end_value(value, by=acting("udvalg"))

    assert not Value.objects.at(today()).exists()
    assert Event.objects.filter(kind=Event.Kind.VALUE_ENDED).count() == 1
    with pytest.raises(Refused, match="ended already"):
        end_value(value, by=acting("udvalg"))


@pytest.mark.parametrize("by", ["skolechef", "leder-999001"])
def test_the_values_are_the_committees_and_the_directors_to_write(write, by):
    value = write()

    with pytest.raises(Forbidden):
        write(by=by)
    with pytest.raises(Forbidden):
        end_value(value, by=acting(by))
