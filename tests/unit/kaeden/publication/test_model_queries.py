"""What a release keeps of models, and who reads what of it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from kaeden.access.rules import NOBODY, Role
from kaeden.publication import actions
from kaeden.publication import model_queries as queries
from kaeden.publication.errors import NothingReleased, ReleaseIsDamaged
from kaeden.publication.models import FairFigure, ModelFigure
from kaeden.shared.status import ValueStatus
from tests.builders.figures import (
    a_model_result,
    a_release,
    a_result,
    a_unit_result,
)
from tests.builders.places import (
    NORDSKOLEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    an_actor,
    unit_at,
)

pytestmark = pytest.mark.django_db
TABLES = (ModelFigure, FairFigure)
WELLBEING = "wellbeing-general"


@pytest.fixture(autouse=True)
def _country(db):
    a_country()


def released(*models):
    units = (a_unit_result(), a_unit_result("999002", n=3))
    return a_release(a_result(), models=models or (a_model_result(*units),))


def read_by(actor, made):
    model = queries.model_of(made.pk, WELLBEING)
    return {one.code: one for one in queries.fair_in(actor, unit_at(TOWN), model)}


def test_a_release_keeps_what_a_model_says_of_units_as_it_may_be_shown():
    made = released()

    north, south = made.models.get().units.order_by("code")
    assert (north.unit, north.n, north.fair) == (unit_at(NORDSKOLEN), 300, 3.7)
    assert (south.unit, south.n, south.fair) == (unit_at(SYDSKOLEN), None, None)
    assert [str(one) for one in (made.models.get(), north, south)] == [
        "wellbeing-general 2024/25",
        "999001: value",
        "999002: hidden",
    ]


def test_classes_and_places_that_are_no_units_never_leave():
    found = a_model_result(
        a_unit_result(),
        a_unit_result("999001-8A", level="class", n=24),
        a_unit_result("nowhere"),
    )
    released(found)

    assert list(FairFigure.objects.values_list("code", flat=True)) == ["999001"]


def test_the_units_of_a_worked_example_are_in_no_organisation():
    released(a_model_result(a_unit_result("00017"), indicator="", recipe="example"))

    (model,) = queries.examples()
    (unit,) = queries.example_units([model])[model.id]
    assert (unit.unit, unit.code, unit.gradient) == (None, "00017", 0.1)
    assert queries.municipal_models(model.id) == []


def test_the_newest_release_of_a_worked_example_is_shown():
    assert queries.examples() == []

    released(a_model_result(indicator="", recipe="example", mean=1.0))
    released(a_model_result(indicator="", recipe="example", mean=2.0))

    assert [one.facts.mean for one in queries.examples()] == [2.0]


def test_what_a_model_says_as_a_whole_is_read_back_as_it_was(
    django_assert_num_queries,
):
    made = released()

    with django_assert_num_queries(1):
        facts = queries.model_of(made.pk, WELLBEING).facts

    assert (facts.indicator, facts.rows, facts.is_optimum) == (WELLBEING, 3000, True)
    assert [one.share for one in facts.shares] == [0.06, 0.94]


def test_of_a_models_periods_the_newest_is_read():
    made = released(a_model_result(period="2023/24"), a_model_result())

    assert queries.model_of(made.pk, WELLBEING).facts.period == "2024/25"
    (one,) = queries.municipal_models(made.pk)
    assert one.facts.period == "2024/25"


def test_a_release_without_a_model_has_none():
    made = a_release(a_result())

    assert queries.model_of(made.pk, WELLBEING) is None
    assert queries.municipal_models(made.pk) == []


@pytest.mark.parametrize(
    "actor",
    [
        NOBODY,
        an_actor(Role.COMMITTEE, TOWN),
        an_actor(Role.DATA_PROTECTION, TOWN),
        an_actor(Role.DIRECTOR, "dk/998"),
    ],
    ids=["nobody", "committee", "data protection", "another town"],
)
def test_what_models_say_of_units_is_not_there_for_others(actor):
    made = released()

    with pytest.raises(NothingReleased):
        read_by(actor, made)


def test_a_leader_reads_all_fair_values_but_only_the_own_unit_from_within():
    made = released(a_model_result(a_unit_result(), a_unit_result("999002")))

    found = read_by(an_actor(Role.LEADER, NORDSKOLEN), made)

    own, other = found["999001"], found["999002"]
    assert (own.fair, other.fair) == (3.7, 3.7)
    assert (own.is_own, own.spread, own.gradient) == (True, 0.6, 0.1)
    assert (other.is_own, other.spread, other.gradient) == (False, None, None)
    assert (other.gradient_low, other.gradient_high) == (None, None)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ANALYST])
def test_whoever_stands_above_reads_all_from_within(role):
    made = released(a_model_result(a_unit_result(), a_unit_result("999002")))

    found = read_by(an_actor(role, TOWN), made)

    assert {one.spread for one in found.values()} == {0.6}


def test_a_hidden_unit_is_read_as_hidden():
    found = read_by(an_actor(Role.DIRECTOR, TOWN), released())

    assert found["999002"].status is ValueStatus.HIDDEN
    assert found["999002"].fair is None


def test_towns_are_named_when_their_newest_release_has_a_model():
    made = released()
    run = made.run
    run.scope = "999"
    run.save(update_fields=["scope"])

    assert [one.code for one in queries.towns_with(WELLBEING)] == ["999"]
    assert queries.towns_with("exam-mark") == []


# What is released stays ---------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_a_released_model(table, verb):
    released()
    rows = table.objects.all()

    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        rows.update(id=F("id")) if verb == "update" else rows._raw_delete("default")


def test_a_release_knows_when_a_unit_of_a_model_has_been_changed():
    made = released()
    actions.verify(made)
    connection.check_constraints()
    on = " ON publication_fairfigure" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER publication_fairfigure_is_not_updated{on}")
    FairFigure.objects.filter(code="999001").update(fair=5.0)

    with pytest.raises(ReleaseIsDamaged):
        actions.verify(made)


def test_a_release_without_models_is_signed_as_before():
    figures = [dict.fromkeys(actions.FIELDS)]

    assert actions.digest_of(figures) == actions.digest_of(figures, [])
