import pytest

from kaeden_stats import InvalidInput, false_discovery


def test_one_small_p_value_among_many_is_not_believed():
    seen = false_discovery([0.01] + [0.5] * 99)

    assert (seen.found, seen.scanned) == (0, 100)


def test_equal_p_values_are_flagged_together():
    assert false_discovery([0.04, 0.04, 0.04]).flag.all()


def test_nothing_scanned_is_nothing_found():
    seen = false_discovery([])

    assert (seen.found, seen.scanned) == (0, 0)


@pytest.mark.parametrize(
    ("p", "level", "sentence"),
    [
        ([0.01, float("nan")], 0.05, "p has 1 missing or infinite values"),
        ([0.01, 1.2], 0.05, r"between 0 and 1, got 0\.01 to 1\.2"),
        ([-0.1], 0.05, r"got -0\.1 to -0\.1"),
        ([0.01], 5, "level must lie between 0 and 1, got 5"),
    ],
)
def test_a_broken_promise_is_named(p, level, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        false_discovery(p, level=level)
