"""How grave a break is, and who may read it."""

from kaeden.chaincheck.rules import GRAVITY, KIND_NAMES, SHOWN
from kaeden.shared.breaks import BreakKind


def test_every_kind_of_break_has_its_gravity_its_name_and_its_readers():
    assert sorted(GRAVITY) == sorted(BreakKind)
    assert set(KIND_NAMES) == set(SHOWN) == set(BreakKind)
