"""What was learnt: written, found, handed on to whoever carries the unit on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.learning.actions import lessons as actions
from kaeden.learning.actions import tests_of_change
from kaeden.learning.actions.lessons import Learnt
from kaeden.learning.errors import NoSuchLesson, NoSuchTest
from kaeden.learning.models import Lesson
from kaeden.learning.queries import lessons as queries
from kaeden.learning.rules.lessons import NEW_FOR_DAYS
from kaeden.learning.rules.tests_of_change import Audience
from kaeden.organisation.models import Holding, Succession, Unit
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import a_team, holder_of, replaced
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)
from tests.builders.tests_of_change import a_running_test, a_test

pytestmark = pytest.mark.django_db
SAID = {
    "words": "Forældrene tager telefonen, når vi ringer før klokken 9.",
    "conditions": "To voksne om morgenen. Det holdt ikke i uger med sygdom.",
}


@pytest.fixture
def team(db):
    a_country()
    return a_team(NORDSKOLEN, 1)[0]


def lesson(by, **facts):
    return actions.write(Learnt(**(SAID | facts)), by=by)


def ids(found):
    return [one.id for one in found]


def test_a_lesson_says_what_where_and_under_which_conditions(team):
    made = lesson(team)

    (seen,) = queries.search(team)
    assert (seen.words, seen.conditions) == (SAID["words"], SAID["conditions"])
    assert (seen.unit, seen.is_mine, seen.test_id) == ("Nordskolen", True, None)
    assert str(made) == f"{made.unit_id}: {today()}"
    event = Event.objects.get(kind=Event.Kind.LESSON_WRITTEN)
    assert event.about == f"learning.lesson:{made.pk}"


@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"conditions": " "}, {"practice": "no-such-practice"}]
)
def test_a_lesson_that_is_not_whole_is_refused(team, wrong):
    with pytest.raises(BadInput):
        lesson(team, **wrong)
    assert not Lesson.objects.exists()


def test_a_test_of_a_practice_that_is_not_there_is_refused(team):
    with pytest.raises(BadInput, match="no such practice"):
        a_test(team, practice="no-such-practice")


def test_those_who_try_changes_write_lessons_and_the_whole_chain_reads_them(team):
    chief, committee = (
        holder_of(Role.CHIEF_SCHOOLS, SCHOOLS),
        holder_of(Role.COMMITTEE, TOWN),
    )
    made = lesson(team)

    assert ids(queries.search(chief)) == [made.pk]
    assert queries.search(committee) == queries.search(NOBODY) == []
    with pytest.raises(Forbidden):
        lesson(chief)


def test_a_lesson_from_a_test_is_as_protected_as_the_test(team):
    test = a_running_test(team, practice="dialogic-reading")
    made = lesson(team, test=test.pk)
    leader, chief = (
        holder_of(Role.LEADER, NORDSKOLEN),
        holder_of(Role.CHIEF_SCHOOLS, SCHOOLS),
    )
    other = holder_of(Role.LEADER, SYDSKOLEN)

    assert (
        ids(queries.search(leader)) == ids(queries.of_test(team, test.pk)) == [made.pk]
    )
    for stranger in (chief, other):
        assert queries.search(stranger) == []
        assert queries.of_practice(stranger, "dialogic-reading") == []
        with pytest.raises(NoSuchLesson):
            queries.get_lesson(stranger, made.pk)
        with pytest.raises(NoSuchTest if stranger is other else Forbidden):
            lesson(stranger, test=test.pk)

    tests_of_change.share(test.pk, Audience.CHAIN, by=team)
    for reader in (chief, other):
        assert ids(queries.of_practice(reader, "dialogic-reading")) == [made.pk]


def test_lessons_are_searched_by_every_word_of_them(team):
    made = lesson(team)
    lesson(team, words="Vi læser højt.", conditions="Hver dag.")

    assert ids(queries.search(team, "telefonen SYGDOM")) == [made.pk]
    assert ids(queries.search(team, "nordskolen")) == ids(queries.search(team))
    assert queries.search(team, "svømning") == []


def test_a_lesson_is_taken_back_by_those_who_wrote_it_alone(team):
    made = lesson(team)
    with pytest.raises(Refused):
        actions.withdraw(made.pk, by=holder_of(Role.LEADER, NORDSKOLEN))

    actions.withdraw(made.pk, by=team)
    assert queries.search(team) == []
    with pytest.raises(NoSuchLesson):
        actions.withdraw(made.pk, by=team)


def test_a_new_leader_is_told_what_was_learnt_before(team):
    old = holder_of(Role.LEADER, NORDSKOLEN)
    made = lesson(old)
    Lesson.objects.update(written_on=today() - timedelta(days=400))
    assert queries.for_a_new_leader(old) in ([], ids([]))

    new = replaced(Role.LEADER, NORDSKOLEN)
    mine_since = lesson(new)
    assert ids(queries.for_a_new_leader(new)) == [made.pk]
    assert ids(queries.at_my_unit(new)) == [mine_since.pk, made.pk]


def test_after_half_a_year_one_is_no_longer_new(team):
    lesson(team)
    Lesson.objects.update(written_on=today() - timedelta(days=999))
    begun = today() - timedelta(days=NEW_FOR_DAYS + 1)
    Holding.objects.filter(post_id=team.post_id).update(valid_from=begun)

    assert queries.for_a_new_leader(team) == []
    assert queries.for_a_new_leader(NOBODY) == queries.at_my_unit(NOBODY) == []


def test_a_merged_schools_lessons_are_its_successors(team):
    made = lesson(team)
    test = a_running_test(team)
    protected = lesson(team, test=test.pk)
    heir = holder_of(Role.LEADER, SYDSKOLEN)
    assert queries.at_my_unit(heir) == []

    old = unit_at(NORDSKOLEN)
    Succession.objects.create(predecessor=old, successor=unit_at(SYDSKOLEN), on=today())
    Unit.objects.filter(pk=old.pk).update(valid_to=today())

    assert set(ids(queries.at_my_unit(heir))) == {made.pk, protected.pk}
    assert {one.unit for one in queries.at_my_unit(heir)} == {"Nordskolen"}


def test_reading_lessons_costs_the_same_for_many(team, django_assert_max_num_queries):
    test = a_running_test(team)
    for _one in range(4):
        lesson(team, test=test.pk)
    with django_assert_max_num_queries(3):
        assert len(queries.search(team)) == 4


def test_the_database_holds_that_a_lesson_is_whole(team):
    lesson(team)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lesson.objects.update(conditions="")
