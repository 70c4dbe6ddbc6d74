import itertools

import pytest

from kaeden.access.rules import Role
from kaeden.organisation.rules import (
    AREA_NAMES,
    CHIEFS,
    POST_NAMES,
    Area,
    area_of,
)

SCHOOLS = {
    "folkeskole": Area.SCHOOLS,
    "ungdomsskole": Area.SCHOOLS,
    "fri/privat grundskole": Area.OTHERS,
    "efterskole": Area.OTHERS,
    "": Area.OTHERS,
}
DAYCARE = {
    "kommunal": Area.DAYCARE,
    "selvejende": Area.DAYCARE,
    "privat": Area.OTHERS,
    "": Area.OTHERS,
}


@pytest.mark.parametrize(
    ("form", "owner"), list(itertools.product(SCHOOLS, [*DAYCARE, "kommunal"]))
)
def test_a_schools_form_alone_says_whether_the_municipality_leads_it(form, owner):
    assert area_of(is_school=True, form=form, owner=owner) is SCHOOLS[form]


@pytest.mark.parametrize(
    ("owner", "form"), list(itertools.product(DAYCARE, ["boernehave", "folkeskole"]))
)
def test_a_day_care_institutions_owner_alone_says_who_leads_it(owner, form):
    assert area_of(is_school=False, form=form, owner=owner) is DAYCARE[owner]


def test_every_area_has_a_name_and_every_area_but_the_others_a_chief():
    assert set(AREA_NAMES) == set(Area)
    assert set(CHIEFS) == set(Area) - {Area.OTHERS}


def test_every_post_of_the_chain_has_a_name():
    assert set(POST_NAMES) == {role.value for role in Role} - {Role.SYSTEM.value}
