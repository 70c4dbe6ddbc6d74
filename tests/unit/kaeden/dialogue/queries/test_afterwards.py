"""What numbers did after they were judged."""

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.dialogue.actions.assessments import assess
from kaeden.dialogue.queries import afterwards as queries
from kaeden.dialogue.queries.assessments import assessments_at
from kaeden.dialogue.rules.afterwards import Fate, Went
from kaeden.dialogue.rules.assessments import Words
from kaeden.goals.indicators import Direction, catalogue
from kaeden.publication.queries import get_figure, of_units
from tests.builders.figures import a_release, a_signal
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    a_country,
    a_holder,
    an_actor,
    unit_at,
)

pytestmark = pytest.mark.django_db
SURE = {"low": 7.0, "high": 8.0}


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    role = Role.CHIEF_SCHOOLS
    return an_actor(role, SCHOOLS, user=a_holder(role, SCHOOLS))


def judge(made, chief, judgement="challenge", path=NORDSKOLEN):
    figure = get_figure(made.pk, unit_at(path), "school-absence")
    words = Words(judgement=judgement, sentence="Det er nyt.", next_step="Mødes.")
    return assess(figure, words, release_id=made.pk, by=chief)


def a_later(value=7.5, *, sure=True, period="2025/26"):
    ends = {"low": value - 0.5, "high": value + 0.5} if sure else {}
    return a_release(a_signal(period=period, value=value, **ends))


def came_after(chief, release):
    school = unit_at(NORDSKOLEN)
    found = assessments_at(chief, school)
    after = queries.came_after(found, of_units(release.pk, [school.pk]))
    return next(iter(after.values()), None)


@pytest.mark.parametrize(
    ("value", "sure", "went", "fate"),
    [
        (7.6, True, Went.NOWHERE, Fate.STANDS),
        (6.0, True, Went.BETTER, Fate.TURNED),
        (9.0, True, Went.WORSE, Fate.STANDS),
        (6.0, False, Went.UNKNOWN, Fate.UNDECIDED),
    ],
)
def test_a_newer_number_says_whether_a_challenge_still_stands(
    chief, value, sure, went, fate
):
    judge(a_release(a_signal(**SURE)), chief)

    after = came_after(chief, a_later(value, sure=sure))

    assert (after.judged.value, after.newest.value) == (7.5, value)
    assert (after.went, after.fate) == (went, fate)


def test_where_no_way_is_better_a_number_has_only_moved(chief, monkeypatch):
    judge(a_release(a_signal(**SURE)), chief, "chance")
    known = catalogue()["school-absence"]
    other = {
        "school-absence": known.model_copy(update={"direction": Direction.NO_JUDGEMENT})
    }
    monkeypatch.setattr(queries, "catalogue", lambda: other)

    after = came_after(chief, a_later(9.0))

    assert (after.went, after.fate) == (Went.MOVED, Fate.TURNED)


@pytest.mark.parametrize("period", ["2024/25", "2023/24"])
def test_a_number_of_the_same_year_says_nothing_of_what_came_after(chief, period):
    judge(a_release(a_signal(**SURE)), chief)

    assert came_after(chief, a_later(9.0, period=period)) is None


def test_where_there_is_no_number_now_nothing_is_said(chief):
    judge(a_release(a_signal(**SURE)), chief)

    assert came_after(chief, a_release(a_signal("999002"))) is None


def test_ones_own_judgements_are_of_ones_own_post(chief, django_assert_num_queries):
    judge(a_release(a_signal(**SURE)), chief)
    a_later(6.0)

    with django_assert_num_queries(4):
        found = queries.mine(chief)
        after = queries.came_after(found, queries.newest_of(chief, found)[1])

    assert [one.fate for one in after.values()] == [Fate.TURNED]
    both = a_release(a_signal(**SURE), a_signal("999002"))
    for path in (NORDSKOLEN, SYDSKOLEN):
        judge(both, chief, path=path)
    assert [one.unit_name for one in queries.mine(chief)[:2]] == [
        "Sydskolen",
        "Nordskolen",
    ]
    assert queries.mine(NOBODY) == []
    assert queries.newest_of(NOBODY, []) == ("", ())
