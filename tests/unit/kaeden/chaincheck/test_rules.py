"""How grave a break is, and who may read it."""

from kaeden.access.rules import GRANTS
from kaeden.chaincheck.rules import GRAVITY, KIND_NAMES, NEEDED
from kaeden.shared.breaks import BreakKind


def test_every_kind_of_break_has_its_gravity_its_name_and_its_readers():
    assert sorted(GRAVITY) == sorted(BreakKind)
    assert set(KIND_NAMES) == set(NEEDED) == set(BreakKind)


def test_what_is_needed_to_read_a_break_is_given_to_some_post():
    given = {permission for grants in GRANTS.values() for permission in grants}

    assert {needed for needed in NEEDED.values() if needed} <= given
