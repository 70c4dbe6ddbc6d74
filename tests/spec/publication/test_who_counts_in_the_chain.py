"""Whose results a municipality answers for.

An institution counts in its municipality's chain when the municipality leads it, or has
an agreement with it. Others are shown too, under a heading of their own.
"""

from kaeden.organisation.rules import Area, area_of

SCHOOLS = [
    ("folkeskole", Area.SCHOOLS),
    ("ungdomsskole", Area.SCHOOLS),
    ("fri/privat grundskole", Area.OTHERS),
    ("efterskole", Area.OTHERS),
]
DAYCARE = [
    ("kommunal", Area.DAYCARE),
    ("selvejende", Area.DAYCARE),  # by its agreement with the municipality
    ("privat", Area.OTHERS),
    ("", Area.OTHERS),  # the register does not say: then nobody is made to answer
]


def test_a_school_counts_by_its_form():
    assert [
        (form, area_of(is_school=True, form=form, owner="")) for form, _area in SCHOOLS
    ] == SCHOOLS


def test_a_day_care_institution_counts_by_its_owner():
    assert [
        (owner, area_of(is_school=False, form="boernehave", owner=owner))
        for owner, _area in DAYCARE
    ] == DAYCARE
