import pytest

from kaeden.engine.calibration import Kept, calibrate
from kaeden.engine.effects.values import Refusal, Refused


def test_fewer_than_five_held_forecasts_say_nothing():
    assert calibrate(3, 4, promised=0.9) == Refused(
        why=Refusal.TOO_FEW_ADOPTING, number=4, needed=5
    )


@pytest.mark.parametrize(
    ("inside", "held", "promised", "kept"),
    [
        (8, 10, 0.9, Kept.AS_PROMISED),
        (3, 10, 0.9, Kept.TOO_SELDOM),
        (60, 60, 0.9, Kept.TOO_OFTEN),
        (0, 5, 0.9, Kept.TOO_SELDOM),
    ],
)
def test_the_promise_is_judged_by_more_than_chance(inside, held, promised, kept):
    said = calibrate(inside, held, promised=promised)

    assert said.kept is kept
    assert said.low <= inside / held <= said.high
