"""How soon signals are acted on in a municipality."""

from datetime import time, timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.actions.assessments import assess
from kaeden.dialogue.models import Commitment, Meeting, MeetingItem
from kaeden.dialogue.queries.first_act import first_acts
from kaeden.dialogue.rules.assessments import Words
from kaeden.dialogue.rules.first_act import FirstAct, Level
from kaeden.publication.queries import get_figure
from kaeden.shared.clock import now, standing_at, today
from tests.builders.dialogue import days_ago, holder_of
from tests.builders.figures import a_release, a_result, a_signal, a_town_result
from tests.builders.places import (
    HAVBY,
    SCHOOLS,
    TOWN,
    a_country,
    a_school,
    post_at,
    the_registers,
    unit_at,
)

pytestmark = pytest.mark.django_db
CODES = ("999101", "999102", "999103")


@pytest.fixture(autouse=True)
def _places(db):
    a_country([*the_registers(), *(a_school(code, f"Skole {code}") for code in CODES)])


def released(days, *results):
    with standing_at(now() - timedelta(days=days)):
        return a_release(*results)


def judged(made, code, role, days):
    path = f"{SCHOOLS}/{code}"
    by = holder_of(role, path if role is Role.LEADER else SCHOOLS)
    figure = get_figure(made.pk, unit_at(path), "school-absence")
    words = Words(judgement="chance", sentence="Et år.", next_step="Vent.")
    with standing_at(now() - timedelta(days=days)):
        assess(figure, words, release_id=made.pk, by=by)


def of_level(level, at=0):
    return first_acts(unit_at(TOWN))[at].levels[level]


def test_each_level_is_told_by_its_own_assessments(django_assert_num_queries):
    made = released(30, *(a_signal(code) for code in CODES))
    for code, days in zip(CODES, (28, 20, 10), strict=True):
        judged(made, code, Role.LEADER, days)
    judged(made, CODES[0], Role.CHIEF_SCHOOLS, 5)
    town = unit_at(TOWN)

    with django_assert_num_queries(5):
        (one,) = first_acts(town)

    assert one.released == days_ago(30)
    assert one.levels == {
        Level.LEADER: FirstAct(signals=3, acted=3, half_within=10),
        Level.CHIEF: FirstAct(signals=3, acted=1, half_within=None),
    }


def test_a_signal_is_counted_where_it_was_new():
    released(60, *(a_signal(code) for code in CODES))
    released(30, *(a_signal(code) for code in CODES))

    assert [of_level(Level.LEADER, at) for at in (0, 1)] == [
        None,
        FirstAct(signals=3, acted=0, half_within=None),
    ]


def test_what_was_done_before_the_release_is_no_act_on_it():
    old = released(60, a_result(CODES[0]))
    judged(old, CODES[0], Role.LEADER, 40)
    released(30, *(a_signal(code) for code in CODES))

    assert of_level(Level.LEADER).acted == 0


def test_the_municipalitys_own_figures_are_the_chiefs_alone():
    released(
        30, *(a_signal(code) for code in CODES), a_town_result(signal="comparison")
    )

    assert of_level(Level.CHIEF).signals == 4
    assert of_level(Level.LEADER).signals == 3


def test_a_commitment_and_a_meeting_that_was_held_are_acts_too():
    released(30, *(a_signal(code) for code in CODES))
    first, second, third = (unit_at(f"{SCHOOLS}/{code}") for code in CODES)
    chief = post_at(SCHOOLS, Role.CHIEF_SCHOOLS)
    user = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS).user_id
    Commitment.objects.create(
        promiser=chief,
        receiver=post_at(first.path, Role.LEADER),
        proposer=chief,
        words="Støtte.",
        due=today(),
        unit=first,
        indicator="school-absence",
        made_by_id=user,
        proposed_on=days_ago(25),
    )
    director = post_at(TOWN, Role.DIRECTOR)
    for unit, days, post in (
        (second, 20, chief),
        (third, -5, chief),
        (third, 20, director),
    ):
        meeting = Meeting.objects.create(
            unit=post.unit,
            body="chiefs",
            post=post,
            day=days_ago(days),
            starts=time(9),
            ends=time(10),
            place="Rådhuset",
            made_by_id=user,
            called_at=now(),
            changed_at=now(),
        )
        MeetingItem.objects.create(
            meeting=meeting,
            number=1,
            key=f"result {unit.pk}",
            why="signal",
            title="Fravær",
            unit=unit,
            indicator="school-absence",
        )

    assert of_level(Level.CHIEF) == FirstAct(signals=3, acted=2, half_within=10)
    assert of_level(Level.LEADER).acted == 0


def test_where_nothing_stood_out_nothing_is_told():
    assert first_acts(unit_at(TOWN)) == []
    released(30, a_signal())

    assert of_level(Level.LEADER) is None
    (one,) = first_acts(unit_at(f"dk/{HAVBY}"))
    assert set(one.levels.values()) == {None}
