import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.goals.indicators import Direction, published
from kaeden.presentation import figures
from kaeden.shared.status import ValueStatus
from tests.builders.figures import a_figure, a_town, a_unit, an_indicator

pytestmark = pytest.mark.usefixtures("english")
ABSENCE = an_indicator()
VERDICT = an_indicator("socioeconomic-reference")
WITHOUT = [status for status in ValueStatus if not status.has_number]


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (a_unit(), "Nordskolen"),
        (a_town(), "Fjordby Municipality"),
        (a_unit(kind="country", code="dk"), "Denmark"),
        (a_unit(kind="area", code="schools"), "Schools"),
    ],
)
def test_a_unit_is_called_what_a_reader_calls_it(unit, name):
    assert figures.unit_name(unit) == name


@pytest.mark.parametrize(
    ("value", "words"),
    [(-1, "below the level"), (0, "at the level"), (1, "above the level")],
)
def test_the_ministrys_verdict_is_said_in_words(value, words):
    figure = a_figure(indicator=VERDICT.id, value=float(value))

    assert figures.value_words(VERDICT, figure) == words
    assert words in figures.headline(VERDICT, figure)


@pytest.mark.parametrize("status", WITHOUT)
@pytest.mark.parametrize("name", sorted(published()))
def test_where_there_is_no_number_a_sentence_says_why(name, status):
    indicator, figure = published()[name], a_figure(value=None, status=status)

    headline = figures.headline(indicator, figure)

    assert headline == figures.why_no_number(indicator, status)
    assert headline.endswith(".")
    assert figures.value_words(indicator, figure) == figures.status_phrase(status)


def test_each_reason_for_no_number_has_a_sentence_of_its_own():
    assert len({figures.why_no_number(ABSENCE, status) for status in WITHOUT}) == 3


def test_a_hidden_number_names_its_own_limit():
    ten = an_indicator("notifications")

    assert "fewer than 10" in figures.why_no_number(ten, ValueStatus.HIDDEN)


def test_a_share_of_a_known_number_of_children_is_said_in_children():
    headline = figures.headline(ABSENCE, a_figure(value=7.5, n=400))

    assert "30" in headline
    assert "400" in headline


@pytest.mark.parametrize("n", [None, 40, 100_000])
def test_a_share_of_few_or_unknown_or_very_many_children_is_said_per_hundred(n):
    figure = a_figure(value=7.5, n=n)

    headline = figures.headline(ABSENCE, figure)

    assert headline == figures.headline(ABSENCE, a_figure(value=7.5))


@given(st.floats(2, 25), st.integers(5, 5000))
def test_no_headline_counts_fewer_than_five_children(value, n):
    count = figures._count(ABSENCE, a_figure(value=value, n=n))

    said = figures.headline(ABSENCE, a_figure(value=value, n=n))

    if count < 5:
        assert said == figures.headline(ABSENCE, a_figure(value=value))


def test_an_approximate_number_of_children_is_never_turned_into_a_count():
    progression = an_indicator("progression-to-youth-education")

    figure = a_figure(indicator=progression.id, value=90.0, n=50)

    assert "45" not in figures.headline(progression, figure)
    assert figures.children_words(progression, figure).startswith("about 50 ")


def test_the_children_behind_a_figure_are_told_where_they_are_known():
    assert figures.children_words(ABSENCE, a_figure(n=1400)) == "1,400 pupils"
    assert figures.children_words(ABSENCE, a_figure()) == ""


FAIR = {"estimate": 7.34, "low": 6.91, "high": 7.77}


def test_the_fair_estimate_stands_beside_the_raw_with_its_interval():
    words = figures.beside_the_raw(ABSENCE, a_figure(**FAIR))

    assert words == "Fair estimate: 7.3% (between 6.9 and 7.8%)"


def test_an_interval_is_rounded_outwards():
    narrow = FAIR | {"low": 6.99, "high": 7.71}

    words = figures.beside_the_raw(ABSENCE, a_figure(**narrow))

    assert "between 6.9 and 7.8%" in words


@pytest.mark.parametrize("lacking", FAIR)
def test_no_fair_estimate_is_shown_without_its_interval(lacking):
    assert figures.beside_the_raw(ABSENCE, a_figure(**(FAIR | {lacking: None}))) == ""


@pytest.mark.parametrize("name", ["school-absence", "high-absence"])
def test_a_mean_that_kaeden_worked_out_says_so(name):
    indicator = an_indicator(name)

    words = figures.origin_words(indicator, a_figure(origin="computed"))

    assert words.startswith("Worked out by Kæden")
    assert figures.origin_words(indicator, a_figure()) == ""


def test_each_direction_is_said_in_words():
    assert {figures.polarity(one) for one in Direction} == {
        *("higher is better", "lower is better", "neither way is better")
    }


@pytest.mark.parametrize(
    ("name", "count", "words"),
    [
        ("school-absence", 1, "1 school year"),
        ("school-absence", 5, "5 school years"),
        ("staffing-0-2", 1, "1 year"),
        ("staffing-0-2", 3, "3 years"),
    ],
)
def test_years_are_school_years_where_the_indicator_counts_those(name, count, words):
    assert figures.years(count, an_indicator(name)) == words
