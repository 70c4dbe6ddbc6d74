"""What counts as having lifted oneself."""

import itertools

import pytest

from kaeden.dialogue.rules.lifted import has_lifted, may_tell
from kaeden.goals.indicators import Direction

LIFTED = {(Direction.HIGHER, 1, False), (Direction.LOWER, -1, False)}


@pytest.mark.parametrize(
    ("direction", "moved", "preliminary"),
    list(itertools.product(Direction, (-1, 0, 1, None), (True, False, None))),
)
def test_only_a_sure_change_the_better_way_is_a_lift(direction, moved, preliminary):
    lifted = has_lifted(direction, moved, preliminary=preliminary)

    assert lifted is ((direction, moved, preliminary) in LIFTED)


def test_there_is_something_to_tell_when_it_has_lifted():
    assert may_tell(lifted=True)
    assert "has not become better" in str(may_tell(lifted=False).why_not)
