"""Evidence is made of released figures, kept once, and stays."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from kaeden.access.rules import SYSTEM
from kaeden.audit.models import Event
from kaeden.engine.effects.values import Effect, Refusal
from kaeden.learning.actions.evidence import weigh_all, weigh_evidence, weigh_released
from kaeden.learning.errors import NoSuchPractice
from kaeden.learning.models import Adoption, Evidence
from kaeden.learning.queries.evidence import (
    compared_in,
    effect_of,
    evidence_in,
    get_known,
)
from kaeden.learning.queries.lives import lives
from kaeden.learning.rules.evidence import Rung, found_in
from kaeden.learning.rules.stages import Stage
from kaeden.shared.errors import Forbidden
from tests.builders.evidence import ABSENCE, many_schools, released_years, weighed
from tests.builders.places import TOWN, a_country, unit_at
from tests.builders.practices import TALKS, adopted, chief, leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools():
    return many_schools()


@pytest.fixture
def town(schools):
    return unit_at(TOWN)


def test_an_effect_is_estimated_from_the_release_and_found(schools, town):
    released_years(schools)

    found = found_in(weighed(town).said)

    assert isinstance(found, Effect)
    assert (found.adopting, found.comparing) == (7, 13)
    assert found.verdict == 1
    assert found.low < -1.5 < found.high
    assert found.by_children


def test_it_is_kept_with_its_release_and_in_the_trail(schools, town):
    released_years(schools)

    made = weighed(town)

    assert (made.method, len(made.digest)) == ("staggered-effect@1", 64)
    assert made.release.version == 1
    assert Event.objects.filter(kind="evidence_weighed").count() == 1


def test_the_same_evidence_is_weighed_once(schools, town):
    released_years(schools)

    assert weighed(town) == weighed(town)
    assert Evidence.objects.count() == 1
    assert Event.objects.filter(kind="evidence_weighed").count() == 1


def test_one_more_school_that_begins_is_new_evidence(schools, town):
    released_years(schools)
    weighed(town)
    Adoption.objects.create(
        practice=TALKS,
        unit=schools[9],
        started=date(2022, 9, 1),
        post_id=leader().post_id,
    )

    weighed(town)

    assert effect_of(TALKS, ABSENCE, town).effect.adopting == 8
    assert Evidence.objects.count() == 2


def test_four_schools_are_too_few_and_that_is_kept_too(schools, town):
    released_years(schools, users=4)

    made = weighed(town)

    found = found_in(made.said)
    assert (found.why, found.number) == (Refusal.TOO_FEW_ADOPTING, 4)
    assert not made.has_effect


def test_schools_whose_figures_are_hidden_do_not_count(schools, town):
    released_years(schools[:5], users=5)

    assert found_in(weighed(town).said).why is Refusal.NO_COMPARISON


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_evidence(schools, town, verb):
    released_years(schools, users=4)
    row = Evidence.objects.filter(pk=weighed(town).pk)

    with (
        pytest.raises(DatabaseError, match="stays as it was weighed"),
        transaction.atomic(),
    ):
        row.update(has_effect=True) if verb == "update" else row._raw_delete(row.db)


@pytest.mark.parametrize("who", [chief, leader])
def test_nobody_in_the_chain_estimates_by_hand(schools, town, who):
    with pytest.raises(Forbidden):
        weigh_evidence(TALKS, ABSENCE, town, by=who())
    with pytest.raises(Forbidden):
        weigh_all(town, by=who())


def test_an_unknown_practice_is_not_found(town):
    with pytest.raises(NoSuchPractice):
        weigh_evidence("no-such", ABSENCE, town, by=SYSTEM)


def test_all_practices_in_use_are_weighed_by_what_they_should_move(schools, town):
    released_years(schools)

    made = weigh_all(town, by=SYSTEM)

    assert {one.practice for one in made} == {TALKS}
    assert ABSENCE in {one.indicator for one in made}


def test_without_a_practice_in_use_there_is_nothing_to_weigh(town):
    assert weigh_all(town, by=SYSTEM) == []


def test_a_release_of_the_country_is_weighed_where_practices_are_used(schools):
    released_years(schools)

    made = weigh_released("dk", by=SYSTEM)

    assert {one.municipality.code for one in made} == {"999"}
    assert [one.pk for one in made] == [
        one.pk for one in weigh_released("999", by=SYSTEM)
    ]


def test_where_nobody_uses_a_practice_nothing_is_weighed(schools):
    released_years(schools, users=0)

    assert weigh_released("dk", by=SYSTEM) == []


def test_what_is_known_is_read_by_those_who_read_practices(schools, town):
    released_years(schools)
    weighed(town)

    known = get_known(leader(), TALKS, town)

    assert (known.users, known.rung) == (7, Rung.COMPARED)
    assert known.by_indicator[ABSENCE].release == 1
    assert compared_in(TALKS) == 1
    assert evidence_in(town)[TALKS][ABSENCE].effect is not None


def test_nobody_reads_another_municipalitys_evidence(schools):
    with pytest.raises(NoSuchPractice):
        get_known(leader(), TALKS, unit_at("dk/998"))


def test_where_lots_decided_the_ladder_ends(schools, town):
    released_years(schools)
    weighed(town, drawn_by_lot=True)

    assert get_known(leader(), TALKS, town).rung is Rung.TRIAL


def test_nothing_is_known_of_what_was_never_weighed(town):
    assert effect_of(TALKS, ABSENCE, town) is None


def test_a_practice_with_an_effect_is_one_that_was_compared(schools, town):
    released_years(schools)
    weighed(town)

    assert lives(town)[TALKS].stage is Stage.COMPARED


def test_a_practice_in_use_without_an_effect_is_one_that_was_tried():
    a_country()
    adopted()

    assert lives(unit_at(TOWN))[TALKS].stage is Stage.TESTED
