"""Numbers as a reader of the active language writes them."""

import math

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kaeden.presentation.numbers import (
    NO_BREAK,
    Form,
    between,
    interval,
    number,
    signed,
    status_words,
)
from kaeden.shared.status import ValueStatus

VALUES = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (2303, 0, "2.303", "2,303"),
        (-1.25, 1, "−1,3", "−1.3"),
        (0.05, 1, "0,1", "0.1"),
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (-0.04, 1, "0,0", "0.0"),
    ],
)
def test_a_number_has_the_marks_of_the_language(value, decimals, danish, english):
    with override("da"):
        assert number(value, decimals) == danish
    with override("en"):
        assert number(value, decimals) == english


@given(value=VALUES, decimals=st.integers(0, 4))
def test_a_number_never_has_more_digits_than_told(value, decimals):
    with override("da"):
        text = number(value, decimals)
    assert len(text.partition(",")[2]) == decimals
    assert not set(text) - set("0123456789.,−")


@given(value=VALUES, decimals=st.integers(0, 4))
def test_a_number_reads_back_within_half_of_its_last_digit(value, decimals):
    with override("en"):
        text = number(value, decimals).replace(",", "").replace("−", "-")
    assert float(text) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-6)


@given(value=VALUES, decimals=st.integers(0, 3))
def test_a_difference_has_a_sign_unless_it_rounds_to_nothing(value, decimals):
    with override("da"):
        text = signed(value, decimals)
    shows_nothing = not any(digit in text for digit in "123456789")
    assert (text[0] not in "+−") == shows_nothing


@given(value=VALUES, decimals=st.integers(0, 3))
def test_a_number_and_its_opposite_differ_only_in_sign(value, decimals):
    with override("da"):
        assert number(value, decimals).lstrip("−") == number(-value, decimals).lstrip(
            "−"
        )


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_is_refused(value):
    with pytest.raises(ValueError, match="is not a number"):
        number(value)


def test_a_percentage_stands_apart_from_its_sign_in_danish_only():
    with override("da"):
        assert Form(unit="%").text(12.44) == f"12,4{NO_BREAK}%"
    with override("en"):
        assert Form(unit="%").text(12.44) == "12.4%"


def test_an_interval_is_said_in_words():
    with override("en"):
        assert interval(3.4, 3.9) == "3.4 to 3.9"
        assert between(-0.2, 3.94, 1) == "between −0.2 and 3.9"


def test_a_form_writes_all_of_an_indicator_in_one_way():
    form = Form(decimals=0, unit="%")
    with override("en"):
        assert form.text(12.4) == "12%"
        assert form.signed(0.6) == "+1%"
        assert form.interval(9.6, 20) == "10 to 20%"
        assert form.between(9.6, 20) == "between 10 and 20%"
        assert Form(unit="points").text(3.4) == f"3.4{NO_BREAK}points"


def test_every_status_without_a_number_has_a_word_of_its_own():
    with override("en"):
        words = {status: status_words(status) for status in ValueStatus}
    assert words[ValueStatus.VALUE] == words[ValueStatus.ZERO] == ""
    silent = [words[s] for s in ValueStatus if not s.has_number]
    assert silent == ["missing", "not applicable", "hidden"]
