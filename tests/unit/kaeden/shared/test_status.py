import pytest

from kaeden.shared.status import ValueStatus

WITH_NUMBER = {ValueStatus.VALUE, ValueStatus.ZERO}


@pytest.mark.parametrize("status", ValueStatus)
def test_only_a_value_and_a_true_zero_hold_a_number(status):
    assert status.has_number is (status in WITH_NUMBER)
