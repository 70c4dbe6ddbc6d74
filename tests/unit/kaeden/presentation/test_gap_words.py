"""A gap in words: how wide, how sure, and never two places by one being sure alone."""

import itertools

import pytest

from kaeden.goals.indicators import catalogue
from kaeden.presentation import gap_words
from tests.builders.models import a_gap, a_hidden_gap, a_town_gap

POINTS = gap_words.forms_of(catalogue()["wellbeing-general"])
PERCENT = gap_words.forms_of(catalogue()["progression-to-youth-education"])
NB = "\N{NO-BREAK SPACE}"
DIFFERENT = ("forskellige", "større", "mindre", "længere fra", "højere i forhold")
"""Words that would set two places or years apart from each other."""


def test_a_sure_gap_is_told_with_its_interval_and_from_the_higher_group():
    assert gap_words.size(a_gap(), POINTS) == (
        f"Piger ligger 0,30{NB}point over drenge. Vi er ret sikre på, at forskellen er "
        f"mellem 0,10 og 0,50{NB}point."
    )


def test_the_other_way_round_it_is_the_other_group_that_lies_above():
    gap = a_gap(difference=-0.3, low=-0.5, high=-0.1)

    assert gap_words.size(gap, POINTS) == (
        f"Drenge ligger 0,30{NB}point over piger. Vi er ret sikre på, at forskellen er "
        f"mellem 0,10 og 0,50{NB}point."
    )


def test_a_gap_that_may_be_none_is_not_told_as_one():
    said = gap_words.size(a_gap(difference=0.1, low=-0.1, high=0.3), POINTS)

    assert said.startswith("Vi kan ikke sige, om der er forskel på drenge og piger.")
    assert f"fra −0,10{NB}point til +0,30{NB}point" in said


def test_a_hidden_gap_says_why_and_not_which_group_is_small():
    said = gap_words.size(a_hidden_gap(), POINTS)

    assert "Der er for få børn i en af grupperne" in said
    for line in (gap_words.means, gap_words.relative):
        assert line(a_hidden_gap(), POINTS) == ""
    assert gap_words.moved(a_hidden_gap()) == ""


def test_both_numbers_are_told_with_about_how_many_and_when():
    assert gap_words.means(a_gap(), POINTS) == (
        "Piger: 3,8. Drenge: 3,5. Bygger på cirka 50 og 40 børn, i 2024/25."
    )


def test_years_that_are_put_together_are_said_in_words():
    said = gap_words.means(a_gap(years=3, since="2022/23"), POINTS)

    assert "3 skoleår lagt sammen, 2022/23 til 2024/25" in said


def test_a_ratio_of_a_scale_is_told_with_a_caution_and_of_shares_without():
    of_scale, of_shares = (gap_words.relative(a_gap(), f) for f in (POINTS, PERCENT))

    assert "piger 1,09 gange det, som drenge har" in of_scale
    assert "Skalaen begynder ikke ved 0" in of_scale
    assert "Skalaen" not in of_shares
    assert gap_words.relative(a_gap(ratio=None), POINTS) == ""


@pytest.mark.parametrize(
    ("points", "said"),
    [(None, "Der er 1 tal"), (1, "Der er 1 tal"), (3, "Der er 3 tal")],
)
def test_few_years_do_not_tell_whether_a_gap_closes(points, said):
    assert said in gap_words.moved(a_gap(points=points, preliminary=True))


@pytest.mark.parametrize(
    ("difference", "direction", "said"),
    [
        (0.3, 1, "er vokset"),
        (0.3, -1, "er blevet mindre"),
        (-0.3, 1, "er blevet mindre"),
        (-0.3, -1, "er vokset"),
        (0.3, 0, "ikke flyttet sig mere"),
    ],
)
def test_a_gap_grows_or_closes_whichever_group_is_ahead(difference, direction, said):
    gap = a_gap(difference=difference, direction=direction, points=5, preliminary=False)

    assert said in gap_words.moved(gap)


def test_the_slope_says_whether_it_is_sure():
    known = a_town_gap(
        kind="slope", first="parents_education", second="parents_education"
    )
    sure = gap_words.slope(known, POINTS)
    unsure = gap_words.slope(
        a_town_gap(kind="slope", first="x", second="x", low=-0.1), POINTS
    )

    assert f"er der +0,30{NB}point" in sure
    assert "kan vi ikke sige, om tallet stiger eller falder" in unsure
    assert gap_words.slope(a_hidden_gap(kind="slope"), POINTS) == ""


# No two places by one being sure alone ------------------------------------------------

INTERVALS = ((0.1, 0.5), (-0.5, -0.1), (-0.2, 0.4), (0.0, 0.4))
APARTS = ((0.05, 0.4), (-0.4, -0.05), (-0.2, 0.3), None)


def states():
    """Every state of a place's gap: its own interval, beside others, and over years."""
    for (low, high), apart, way in itertools.product(
        INTERVALS, APARTS, (None, -1, 0, 1)
    ):
        facts = {"low": low, "high": high, "difference": (low + high) / 2}
        beside = apart or (None, None)
        middle = None if apart is None else sum(apart) / 2
        moved = (
            {} if way is None else {"points": 5, "preliminary": False, "direction": way}
        )
        yield a_gap(
            **facts, **moved, apart=middle, apart_low=beside[0], apart_high=beside[1]
        )


@pytest.mark.parametrize("forms", [POINTS, PERCENT], ids=["points", "per cent"])
def test_a_place_is_set_apart_from_others_only_where_the_difference_of_gaps_is_sure(
    forms,
):
    """Walks all that can be said of one place, whatever its own interval holds."""
    for gap in states():
        said = gap_words.beside_others(gap, forms, "skoler")
        sure = gap.apart_low is not None and not gap.apart_low <= 0 <= gap.apart_high
        if gap.apart_low is None:
            assert said == ""
        elif sure:
            assert "højere i forhold til" in said
        else:
            assert "kan ikke skelnes" in said
            assert not any(word in said for word in DIFFERENT)


def test_no_other_sentence_of_a_place_speaks_of_another_place():
    for gap in states():
        for line in (gap_words.size, gap_words.means, gap_words.relative):
            said = line(gap, POINTS)
            assert "andre" not in said
            assert "skoler" not in said


@pytest.mark.parametrize("clear", [True, False])
def test_that_all_or_none_are_clear_of_nothing_changes_nothing_said_of_them_together(
    clear,
):
    """What is said of all schools rests on their test alone, not on the town's interval."""
    low = 0.1 if clear else -0.1
    alike = gap_words.between_units(a_town_gap(low=low, differ_p=0.4), "skoler")
    apart = gap_words.between_units(a_town_gap(low=low, differ_p=0.01), "skoler")

    assert "viser ikke, at stederne er forskellige" in alike
    assert "Forskellen er ikke lige stor på de 8 skoler" in apart
    assert gap_words.between_units(a_town_gap(differ_p=None), "skoler") == ""


def test_no_sentence_speaks_of_significance():
    for gap in (*states(), a_town_gap(), a_town_gap(differ_p=0.01)):
        said = " ".join(gap_words.every_sentence(gap, POINTS, "skoler"))
        assert "signifikant" not in said.lower()
