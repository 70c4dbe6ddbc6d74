from dataclasses import replace

import pytest
from django.utils.timezone import localdate

from kaeden.access.rules import NOBODY, Role
from kaeden.dialogue.actions.assessments import assess, decide
from kaeden.dialogue.errors import NoSuchAgendaItem
from kaeden.dialogue.queries import assessments as queries
from kaeden.dialogue.rules.assessments import (
    LEADER_FIRST,
    LONGEST_QUEUE,
    AgendaStep,
    Words,
)
from kaeden.publication.queries import get_figure
from tests.builders.figures import a_release, a_result, a_signal, a_town_result
from tests.builders.places import (
    DAYCARE,
    FAMILIES,
    FRISKOLEN,
    HAVBY,
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    a_holder,
    a_school,
    an_actor,
    the_registers,
    unit_at,
)

SIDES = ("difference", "slope", "direction")
pytestmark = pytest.mark.django_db
DIRECTOR = an_actor(Role.DIRECTOR, TOWN)
SCHOOL_CHIEF = an_actor(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def made(db):
    a_country()
    return a_release(
        a_signal(),
        a_signal("999002", difference=-4.0),
        a_town_result(signal="comparison", difference=1.0, swing=0.9),
        a_town_result(indicator="staffing-0-2", period="2023", signal="comparison"),
        a_town_result(indicator="notifications", period="2023", value=90.0),
    )


def the_chief():
    return an_actor(
        Role.CHIEF_SCHOOLS, SCHOOLS, user=a_holder(Role.CHIEF_SCHOOLS, SCHOOLS)
    )


def judge(made, by, path=NORDSKOLEN, name="school-absence"):
    words = {"judgement": "challenge", "sentence": "Det er nyt.", "next_step": "Mødes."}
    figure = get_figure(made.pk, unit_at(path), name)
    return assess(figure, Words(**words), release_id=made.pk, by=by)


# Who sees what is written -------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "home", "sees"),
    [
        (Role.LEADER, NORDSKOLEN, True),
        (Role.CHIEF_SCHOOLS, SCHOOLS, True),
        (Role.DIRECTOR, TOWN, True),
        (Role.LEADER, SYDSKOLEN, False),
        (Role.LEADER, NEIGHBOUR_SCHOOL, False),
        (Role.CHIEF_DAYCARE, DAYCARE, False),
        (Role.CHIEF_FAMILIES, FAMILIES, False),
        (Role.CHIEF_SCHOOLS, f"dk/{HAVBY}/schools", False),
        (Role.DIRECTOR, f"dk/{HAVBY}", False),
        (Role.COMMITTEE, TOWN, False),
    ],
)
def test_an_assessment_is_seen_by_the_unit_and_those_above_it(made, role, home, sees):
    judge(made, the_chief())

    seen = queries.assessments_at(an_actor(role, home), unit_at(NORDSKOLEN))

    assert bool(seen) is sees


def test_a_stranger_sees_none_and_the_database_is_not_asked(
    made, django_assert_num_queries
):
    judge(made, the_chief())
    school = unit_at(NORDSKOLEN)

    with django_assert_num_queries(0):
        assert queries.assessments_at(NOBODY, school) == []


def test_a_chief_sees_what_the_post_wrote_about_the_municipality(made):
    chief = the_chief()
    judge(made, chief, TOWN, "high-absence")

    town = unit_at(TOWN)
    assert len(queries.assessments_at(chief, town)) == 1
    assert queries.assessments_at(an_actor(Role.CHIEF_DAYCARE, DAYCARE), town) == []
    assert len(queries.assessments_at(DIRECTOR, town)) == 1


def test_an_assessment_is_read_as_it_was_written(made, django_assert_num_queries):
    judge(made, the_chief())
    school = unit_at(NORDSKOLEN)

    with django_assert_num_queries(1):
        (one,) = queries.assessments_at(DIRECTOR, school)

    assert (one.unit_name, one.indicator) == ("Nordskolen", "school-absence")
    assert (one.judgement, one.post) == ("Real challenge", "Chief of schools")
    assert (one.sentence, one.next_step) == ("Det er nyt.", "Mødes.")
    assert not one.is_demo


def test_assessments_come_newest_first_and_can_be_those_of_one_indicator(made):
    chief = the_chief()
    judge(made, chief, TOWN, "high-absence")
    second = a_release(a_town_result(value=23.0))
    judge(second, chief, TOWN, "high-absence")

    found = queries.assessments_at(DIRECTOR, unit_at(TOWN), "high-absence")

    assert [one.made_at for one in found] == sorted(
        (one.made_at for one in found), reverse=True
    )
    assert len(found) == 2
    assert queries.assessments_at(DIRECTOR, unit_at(TOWN), "exam-mark") == []


# May I assess? ------------------------------------------------------------------------


def the_leader():
    return an_actor(Role.LEADER, NORDSKOLEN, user=a_holder(Role.LEADER, NORDSKOLEN))


def test_a_chief_may_assess_when_the_leader_has(made):
    chief, leader = the_chief(), the_leader()
    figure = get_figure(made.pk, unit_at(NORDSKOLEN), "school-absence")
    assert queries.may_assess(leader, figure, made.pk)
    verdict = queries.may_assess(chief, figure, made.pk)
    assert not verdict
    assert "opens when the leader has written" in str(verdict.why_not)

    judge(made, leader)

    assert queries.may_assess(chief, figure, made.pk)


def test_ones_own_newest_words_are_at_hand_and_what_stood_before_is_told(made):
    chief = the_chief()
    figure = get_figure(made.pk, unit_at(NORDSKOLEN), "school-absence")
    assert queries.own_words(chief, figure, made.pk) is None
    judge(made, chief)
    again = Words(judgement="chance", sentence="Nej.", next_step="Vent.")
    assess(figure, again, release_id=made.pk, by=chief, after=1)

    assert queries.own_words(chief, figure, made.pk).sentence == "Nej."
    assert queries.own_words(NOBODY, figure, made.pk) is None
    (one,) = queries.assessments_at(DIRECTOR, unit_at(NORDSKOLEN))
    assert (one.sentence, [old.sentence for old in one.earlier]) == (
        "Nej.",
        ["Det er nyt."],
    )


@pytest.mark.parametrize("actor", [NOBODY, DIRECTOR, an_actor(Role.LEADER, SYDSKOLEN)])
def test_others_are_told_that_they_do_not_assess_it(made, actor):
    figure = get_figure(made.pk, unit_at(NORDSKOLEN), "school-absence")

    verdict = queries.may_assess(actor, figure, made.pk)

    assert str(verdict.why_not) == "Your post does not assess this result."


# The queue ----------------------------------------------------------------------------


def queue(made, role=Role.CHIEF_SCHOOLS, path=SCHOOLS):
    return queries.queue_of(role, unit_at(path), made)


def names(queue):
    return [(one.unit.code, one.indicator) for one in queue.figures]


def test_the_strongest_come_first(made):
    assert names(queue(made)) == [
        ("999002", "school-absence"),
        ("999001", "school-absence"),
        ("999", "high-absence"),
    ]


def test_a_development_comes_before_any_comparison(made):
    trend = {"slope": 0.5, "slope_se": 0.1, "signal": "development"}
    made = a_release(
        a_signal(difference=40.0),
        a_town_result(**trend),
        a_town_result(indicator="absence-middle-years", **(trend | {"slope": -0.9})),
    )

    assert names(queue(made)) == [
        ("999", "absence-middle-years"),
        ("999", "high-absence"),
        ("999001", "school-absence"),
    ]


def test_good_news_stands_in_the_same_place_as_bad_news_would(made):
    trend = {"slope_se": 0.1, "signal": "development"}
    bad = [
        a_signal(difference=5.0),
        a_signal("999002", difference=3.0),
        a_town_result(slope=0.5, direction=1, **trend),
    ]
    good = [
        replace(one, **{name: -(getattr(one, name) or 0) for name in SIDES})
        for one in bad
    ]
    mixed = [good[0], *bad[1:]]

    queues = [queue(a_release(*found)) for found in (bad, good, mixed)]

    assert names(queues[0]) == names(queues[1]) == names(queues[2])
    assert len(queues[1].figures) == 3


def test_a_chief_is_asked_of_the_sectors_own_figures_only(made):
    assert names(queue(made, Role.CHIEF_DAYCARE, DAYCARE)) == [("999", "staffing-0-2")]
    assert names(queue(made, Role.CHIEF_FAMILIES, FAMILIES)) == []


def test_neither_private_schools_nor_the_neighbours_are_in_the_queue(made):
    made = a_release(a_signal("999003"), a_signal("998001"), a_signal())

    assert names(queue(made)) == [("999001", "school-absence")]


def test_what_has_no_signal_waits_for_nobody(made):
    assert names(queue(a_release(a_result()))) == []


def test_a_queue_holds_seven_at_the_most_and_says_how_many_wait():
    many = [a_school(f"99910{number}", f"Skole {number}") for number in range(9)]
    a_country([*the_registers(), *many])
    made = a_release(
        *[a_signal(one.code, difference=float(one.code[-1])) for one in many]
    )

    found = queue(made)

    assert (len(found.figures), found.waiting) == (LONGEST_QUEUE, 9)
    assert [one.unit.code[-1] for one in found.figures] == list("8765432")


def test_what_is_assessed_is_gone_and_counted(made, django_assert_num_queries):
    judge(made, the_chief(), SYDSKOLEN)
    area = unit_at(SCHOOLS)

    with django_assert_num_queries(3):
        found = queries.queue_of(Role.CHIEF_SCHOOLS, area, made)

    assert ("999002", "school-absence") not in names(found)
    assert (found.waiting, found.assessed) == (2, 1)


def test_what_is_with_its_leader_comes_last_with_the_day_it_opens(made):
    leader = an_actor(Role.LEADER, SYDSKOLEN, user=a_holder(Role.LEADER, SYDSKOLEN))
    opens = localdate(made.made_at) + LEADER_FIRST

    found = queue(made)
    assert names(found)[-1] == ("999002", "school-absence")
    assert list(found.leaders_until.values()) == [opens]

    judge(made, leader, SYDSKOLEN)
    assert queue(made).leaders_until == {}
    assert names(queue(made))[0] == ("999002", "school-absence")


def test_a_leader_is_asked_of_the_own_results_alone(made, django_assert_num_queries):
    school = unit_at(NORDSKOLEN)

    with django_assert_num_queries(2):
        found = queries.queue_of(Role.LEADER, school, made)

    assert names(found) == [("999001", "school-absence")]
    judge(made, the_leader())
    assert queue(made, Role.LEADER, NORDSKOLEN).assessed == 1


# The agenda ---------------------------------------------------------------------------


def test_the_agenda_is_the_directors_alone(made, django_assert_num_queries):
    judge(made, the_chief())
    town = unit_at(TOWN)

    with django_assert_num_queries(1):
        assert len(queries.agenda_of(DIRECTOR, town)) == 1
    assert queries.agenda_of(SCHOOL_CHIEF, town) == []
    assert queries.agenda_of(NOBODY, town) == []


def test_the_agenda_shows_the_newest_first_and_what_was_decided(made):
    chief = the_chief()
    first = judge(made, chief).agenda_item
    judge(made, chief, SYDSKOLEN)
    decide(first, AgendaStep.ACCEPTED, by=DIRECTOR)

    agenda = queries.agenda_of(DIRECTOR, unit_at(TOWN))

    assert [(one.assessment.unit_name, one.step) for one in agenda] == [
        ("Sydskolen", "proposed"),
        ("Nordskolen", "accepted"),
    ]


def test_an_item_is_given_to_the_director_who_decides_it(made):
    item = judge(made, the_chief()).agenda_item

    assert queries.get_item(DIRECTOR, item.pk) == item


@pytest.mark.parametrize(
    "actor", [NOBODY, SCHOOL_CHIEF, an_actor(Role.DIRECTOR, f"dk/{HAVBY}")]
)
def test_an_items_number_tells_others_nothing(made, actor):
    item = judge(made, the_chief()).agenda_item

    for number in (item.pk, item.pk + 1):
        with pytest.raises(NoSuchAgendaItem, match="no such agenda item"):
            queries.get_item(actor, number)


def test_what_the_demo_writes_is_marked(made):
    schools = f"dk/{HAVBY}/schools"
    there, ours = a_release(a_signal("998001")), made
    for release, area, school in (
        (there, schools, NEIGHBOUR_SCHOOL),
        (ours, SCHOOLS, NORDSKOLEN),
    ):
        user = a_holder(Role.CHIEF_SCHOOLS, area, is_demo=True)
        judge(release, an_actor(Role.CHIEF_SCHOOLS, area, user=user), school)

    (one,) = queries.assessments_at(
        an_actor(Role.DIRECTOR, f"dk/{HAVBY}"), unit_at(NEIGHBOUR_SCHOOL)
    )
    (invented,) = queries.assessments_at(DIRECTOR, unit_at(NORDSKOLEN))

    assert one.is_demo
    assert not invented.is_demo


def test_a_private_schools_results_are_nobodys_to_assess(made):
    made = a_release(a_signal("999003"))
    figure = get_figure(made.pk, unit_at(FRISKOLEN), "school-absence")

    assert not queries.may_assess(SCHOOL_CHIEF, figure, made.pk)
