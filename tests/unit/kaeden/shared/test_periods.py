import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kaeden.shared.errors import BadInput
from kaeden.shared.periods import Period

years = st.integers(1900, 2099)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2024/25", "2024/25"),
        ("2024/2025", "2024/25"),
        (" 2024/25 ", "2024/25"),
        ("1999/00", "1999/00"),
        ("2023", "2023"),
    ],
)
def test_a_year_is_read_in_each_of_its_forms(written, shown):
    assert str(Period.parse(written)) == shown


@pytest.mark.parametrize(
    "written", ["", "24/25", "2024-25", "2024/5", "1899", "2100", "20245", "2024/25x"]
)
def test_what_is_not_a_year_is_refused_with_what_was_written(written):
    with (
        translation.override("en"),
        pytest.raises(BadInput, match=r"is not a year\. Write 2024/25 or 2023"),
    ):
        Period.parse(written)


@pytest.mark.parametrize("written", ["2024/26", "2024/24", "2024/2026", "2024/1925"])
def test_a_school_year_of_years_that_do_not_follow_is_refused(written):
    with (
        translation.override("en"),
        pytest.raises(BadInput, match="The years must follow each other"),
    ):
        Period.parse(written)


@given(years, st.booleans())
def test_what_is_written_is_read_as_the_same_period(start, is_school_year):
    period = Period(start=start, is_school_year=is_school_year)

    assert Period.parse(str(period)) == period


@given(years, years)
def test_school_years_are_ordered_by_when_they_begin(one, other):
    first = Period(start=one, is_school_year=True)
    second = Period(start=other, is_school_year=True)

    assert (first < second) is (one < other)
