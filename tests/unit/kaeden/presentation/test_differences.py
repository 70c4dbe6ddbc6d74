"""What the pages of a model say, in words."""

from dataclasses import replace

import pytest

from kaeden.engine.model_results import Coefficient, LevelShare
from kaeden.goals.indicators import Sector
from kaeden.presentation.differences import (
    example,
    fair,
    gradients,
    method,
    open_data,
    overview,
    shares,
    ways,
    within,
)
from kaeden.presentation.differences.labels import example_source, labels_of
from kaeden.presentation.differences.words import (
    background_words,
    in_a_row,
    optimum_words,
    share_sentence,
    whole_percent,
)
from kaeden.publication.model_rules import ReleasedShare
from tests.builders.figures import a_current_release
from tests.builders.models import (
    a_fair,
    a_hidden_fair,
    a_model,
    a_subject,
)

HOME = "dk/999/schools/Nordskolen"
pytestmark = pytest.mark.usefixtures("english")


def a_share(level, share, groups=90, low=None, high=None):
    return LevelShare(level=level, share=share, low=low, high=high, groups=groups)


def a_coefficient(column, value="", estimate=0.1):
    ends = {"low": estimate - 0.05, "high": estimate + 0.05}
    told = {"estimate": estimate, "standard_error": 0.02, "df": None}
    return Coefficient(column=column, value=value, **told, **ends)


# Where the differences lie ------------------------------------------------------------


def test_the_sentence_names_each_level_within_the_one_above():
    subject = a_subject(
        shares=(
            a_share("institution", 0.06),
            a_share("class", 0.09),
            a_share("child", 0.85),
        )
    )

    assert share_sentence(subject) == (
        "Of the differences between pupils, 6% lie between schools, 9% lie between "
        "classes at the same school and 85% lie between pupils in the same class."
    )


def test_day_care_has_words_of_its_own():
    parts = (a_share("institution", 0.1), a_share("group", 0.2), a_share("child", 0.7))
    subject = a_subject(shares=parts)

    assert share_sentence(replace(subject, sector=Sector.DAYCARE)) == (
        "Of the differences between children, 10% lie between institutions, 20% lie "
        "between groups at the same institution and 70% lie between children in the "
        "same group."
    )


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((0.064, 0.093, 0.843), [7, 9, 84]),
        ((0.333, 0.333, 0.334), [33, 33, 34]),
        ((0.005, 0.995), [1, 99]),
        ((1.0,), [100]),
        ((0.504, 0.504), [50, 50]),
    ],
)
def test_whole_per_cents_of_a_whole_add_up(parts, whole):
    given = [
        ReleasedShare(level=str(at), share=part, low=None, high=None, groups=9)
        for at, part in enumerate(parts)
    ]

    assert whole_percent(given) == whole


@pytest.mark.parametrize(
    ("parts", "row"),
    [((), ""), (("one",), "one"), (("a", "b"), "a and b"), ("abc", "a, b and c")],
)
def test_parts_stand_in_a_row(parts, row):
    assert in_a_row(parts) == row


def test_the_page_says_how_sure_each_share_is_but_not_that_of_the_rest():
    page = shares.build(a_subject())

    assert page.sure == ("The share between schools is most likely between 3 and 12%.",)
    assert page.background == (
        "Background is taken into account: parents' education. It explains 8% of all "
        "differences; the sentence above is about the rest."
    )
    assert page.chart.summary == "Most lie between pupils at the same school."
    assert page.chart.table.rows[1].cells[2] == "about 3,000 pupils"
    assert page.chart.table.rows[0].cells[2] == "12 schools"


def test_a_level_without_variance_is_said_to_be_so():
    page = shares.build(a_subject(singular=("class",)))

    assert page.sure[-1] == "No difference between classes can be seen beyond chance."


def test_what_is_not_known_of_background_is_not_said():
    unknown = shares.build(a_subject(explained_marginal=None))
    none = shares.build(a_subject(coefficients=()))

    assert unknown.background == (
        "Background is taken into account: parents' education."
    )
    assert none.background == ""


def test_what_it_means_follows_where_most_of_it_lies():
    outer = (a_share("institution", 0.7), a_share("child", 0.3))

    inner = shares.build(a_subject()).means
    assert "A mean of a unit hides most of the differences." in inner[0]
    assert inner[1].startswith("Most of the differences are between pupils")
    assert shares.build(a_subject(shares=outer)).means == (
        "The schools differ from each other more than what is within them.",
    )


def test_shares_that_are_left_out_leave_no_picture_but_the_reason():
    few = (a_share("institution", 0.2, groups=3), a_share("child", 0.8))
    page = shares.build(a_subject(shares=few))

    assert (page.sentence, page.chart, page.means) == ("", None, ())
    assert "fewer than 5 units" in page.why_none


def test_a_yes_or_a_no_says_what_its_shares_are_of():
    page = shares.build(a_subject(kind="binomial"))

    assert page.sure[0].startswith("Each child is a yes or a no")


# Raw and fair -------------------------------------------------------------------------


def test_units_that_lie_clear_of_the_mean_are_counted():
    units = [a_fair(low=3.75, high=3.9), a_fair("Sydskolen"), a_hidden_fair("Øskolen")]
    page = fair.build(a_subject(), units, "")

    assert page.finding == (
        "1 of the 2 schools lie clearly off the mean of all. The others can't be told "
        "from it."
    )
    assert page.hidden == "1 unit is hidden, because few pupils stand behind it."
    assert page.own == ()


def test_when_none_lies_clear_it_says_so():
    page = fair.build(a_subject(), [a_fair()], "")

    assert page.finding == "None of the 1 schools can be told from the mean of all."
    assert page.hidden == ""


def test_fair_shares_are_held_against_their_own_mean_by_children():
    units = [
        a_fair(n=300, fair=80.0, low=70.0, high=84.0),
        a_fair("Sydskolen", n=100, fair=90.0, low=86.0, high=95.0),
    ]
    told = {"kind": "binomial", "indicator": "progression-to-youth-education"}
    page = fair.build(a_subject(**told), units, "")

    assert page.finding.startswith("1 of the 2 schools lie clearly off")
    assert page.chart.wide.reference.label == "the mean 82.5%"
    assert any("that of an average child" in one for one in page.how)
    assert fair.build(a_subject(**told), [], "").chart is None


def test_the_readers_own_unit_is_told_first_with_what_lies_between_the_two():
    page = fair.build(a_subject(), [a_fair(), a_fair("Sydskolen")], HOME)

    assert page.own == (
        "Nordskolen: the raw value is 3.80, the mean of 300 pupils as it is.",
        "The fair value is 3.70, and most likely between 3.60 and 3.80.",
        "It is hardly drawn towards the middle: many children stand behind it.",
    )


def test_a_team_belongs_to_the_unit_that_it_is_a_part_of():
    assert fair.is_home(a_fair(), f"{HOME}/team-8")
    assert not fair.is_home(a_fair(), "dk/999/schools")
    assert not fair.is_home(a_fair(unit=None), HOME)


def test_a_hidden_unit_of_ones_own_is_not_told_of():
    assert fair.build(a_subject(), [a_hidden_fair("Nordskolen")], HOME).own == ()


@pytest.mark.parametrize(
    ("reliability", "words"),
    [("high", "hardly"), ("medium", "some way"), ("low", "far")],
)
def test_how_far_a_value_is_drawn_in_is_said_in_words(reliability, words):
    page = fair.build(a_subject(), [a_fair(reliability=reliability)], HOME)

    assert words in page.own[-1]
    assert words in page.chart.table.rows[0].cells[-1]


def test_units_stand_by_name_whatever_their_values():
    units = [a_fair("Ådalsskolen", fair=9.0), a_fair("Bakkeskolen", fair=1.0)]
    rows = fair.build(a_subject(), units, "").chart.table.rows

    assert [row.name for row in rows] == ["Bakkeskolen", "Ådalsskolen"]
    assert rows[0].href == "/institution/999001/"


def test_without_background_fair_is_only_drawn_in():
    page = fair.build(a_subject(coefficients=()), [], "")

    assert page.how[0].endswith("Fair is drawn towards the mean of all.")
    assert page.chart is None


# Within a unit ------------------------------------------------------------------------


def test_one_unit_is_told_of_in_a_sentence():
    page = within.spread(a_subject(), [a_fair(), a_fair("Andre", is_own=False)], HOME)

    assert page.said == (
        (
            "Nordskolen: the mean of 300 pupils is 3.8, and a child is typically 0.60 "
            "from it."
        ),
    )
    assert [row.name for row in page.chart.table.rows] == ["Nordskolen"]


def test_several_units_are_told_of_by_the_smallest_and_the_largest_distance():
    units = [a_fair(), a_fair("Sydskolen", spread=0.4)]

    assert within.spread(a_subject(), units, "").said == (
        (
            "At the same unit, a child is typically between 0.40 and 0.60 from the unit's "
            "own mean."
        ),
    )


def test_how_much_lies_between_classes_of_a_unit_is_said():
    parts = (
        a_share("institution", 0.06),
        a_share("class", 0.094),
        a_share("child", 0.846),
    )

    assert within.spread(a_subject(shares=parts), [], "").between_groups == (
        "Of the differences at the same school, 10% lie between classes. The rest lie "
        "between children in the same class."
    )
    assert within.spread(a_subject(), [], "").between_groups == ""


def test_units_with_few_children_are_named_as_left_out():
    units = [a_fair(), a_fair("Sydskolen", spread=None, gradient=None)]

    words = "Left out, because fewer than 20 pupils stand behind: Sydskolen."
    assert within.spread(a_subject(), units, "").left_out == words
    assert gradients.build(a_subject(), units, "").left_out == words
    assert within.spread(a_subject(), units[:1], "").left_out == ""


def test_the_bar_of_a_share_of_days_does_not_reach_below_none():
    subject = a_subject(indicator="school-absence")
    page = within.spread(subject, [a_fair(raw=4.0, spread=6.0)], "")

    assert page.chart.table.rows[0].cells[1].startswith("0.0 to 10.0")


def test_a_yes_or_a_no_has_no_distance():
    page = within.spread(a_subject(kind="binomial"), [a_fair(spread=None)], HOME)

    assert (page.chart, page.left_out, page.said) == (None, "", ())
    assert page.empty.startswith("Each child is a yes or a no")


# What background means ----------------------------------------------------------------


def test_the_gradient_is_told_of_ones_own_and_of_all_together():
    page = gradients.build(a_subject(), [a_fair(), a_fair("Sydskolen")], HOME)

    assert page.said == (
        (
            "Nordskolen: one step more of background goes with +0.10\u00a0points, and most likely "
            "between 0.02 and 0.18\u00a0points."
        ),
    )
    assert page.common == (
        "At all together, one step more of background goes with +0.09\u00a0points, and most "
        "likely between 0.03 and 0.15\u00a0points."
    )
    rows = [row.name for row in page.fan.table.rows]
    assert rows == ["Nordskolen", "Sydskolen", "All together"]
    assert page.step == "One step in the pictures is one step more of background."


def test_nothing_is_said_that_is_not_known_of_a_gradient():
    subject = a_subject(gradient_of="", gradient_step=None)
    page = gradients.build(subject, [a_fair(gradient=None)], HOME)

    assert (page.common, page.fan, page.sure) == ("", None, None)
    assert page.left_out == ""
    assert page.empty == "What background means is not worked out unit by unit here."


def test_a_gradient_without_an_interval_is_told_without_one():
    unit = a_fair(gradient_low=None, gradient_high=None)
    page = gradients.build(a_subject(coefficients=()), [unit], HOME)

    assert page.said == (
        "Nordskolen: one step more of background goes with +0.10\u00a0points.",
    )
    assert page.common == ""
    assert [row.name for row in page.fan.table.rows] == ["Nordskolen"]


def test_a_step_is_told_in_the_recipes_own_words():
    subject = replace(a_subject(), labels=labels_of(a_model().facts))
    page = gradients.build(subject, [], "")

    assert page.common.startswith(
        "At all together, three more years of education among the parents goes with"
    )


def test_percentages_differ_by_percentage_points():
    subject = a_subject(indicator="school-absence")

    assert gradients.slope_form(subject).unit == "percentage points"


def test_no_page_says_that_one_unit_differs_because_only_one_is_clear():
    page = gradients.build(a_subject(), [], "")

    assert any("does not show that the two units differ" in one for one in page.reads)


# How it is worked out -----------------------------------------------------------------


def test_the_method_says_what_went_in_and_what_was_left_out():
    left = {"wellbeing": 240, "gender": 0}
    page = method.build(a_subject(left_out=left), a_current_release())

    assert page.rows[0].startswith(
        "One row for each child goes in: about 3,000 pupils."
    )
    assert page.rows[1:] == (
        "The levels of the chain are the levels of the model: schools and pupils.",
        "About 240 pupils are left out: “wellbeing” is missing.",
    )
    assert page.taken_into_account == (
        "What is taken into account: parents' education. Nothing else is."
    )
    assert page.is_sure


def test_the_method_shows_its_run_with_the_certificate():
    page = method.build(a_subject(), a_current_release())

    assert page.run == (
        "Background explains 8% of all differences; with the places as well it is 13%.",
        "Release 3, method multilevel@1 REML, snapshot 0123456789ab.",
        "Measure of how good the best answer is (0 is perfect): 1 · 10⁻⁹.",
    )


def test_a_calculation_that_was_not_sure_says_so():
    page = method.build(a_subject(is_optimum=False), a_current_release())

    assert not page.is_sure
    assert "Don't rest anything on these numbers" in page.optimum
    assert "has been checked" in optimum_words(a_subject().facts)


def test_the_method_of_less_says_less():
    few = (a_share("institution", 0.2, groups=3), a_share("child", 0.8))
    given = {"coefficients": (), "explained_marginal": None, "shares": few}
    page = method.build(a_subject(left_out={}, **given), a_current_release())

    assert len(page.rows) == 1
    assert page.coefficients is None
    assert "Nothing of the children's background" in page.taken_into_account
    assert len(page.run) == 2


def test_coefficients_are_told_by_name_and_value_but_not_of_a_yes_or_a_no():
    told = (
        a_coefficient("", estimate=3.7),
        a_coefficient("gender", "girl"),
        a_coefficient("parents_education:gender"),
        a_coefficient("parents_education_of_unit"),
        a_coefficient("period", "2023/24"),
    )
    table = method.coefficients(a_subject(coefficients=told))

    assert [row.name for row in table.rows] == [
        "gender: girls",
        "parents' education, in years × gender",
        "parents' education, in years, the mean of the unit",
        "school year: 2023/24",
    ]
    assert table.rows[0].cells == ("+0.10", "0.05 to 0.15")
    assert background_words(a_subject(coefficients=told)) == (
        "gender, parents' education and school year"
    )
    assert method.coefficients(a_subject(kind="binomial")) is None


# The way there, and the files ---------------------------------------------------------


def routes(**told):
    links = ways.tabs("999", "wellbeing-general", **told)
    return [one.href.rsplit("/", 2)[1] for one in links]


def test_whoever_may_not_read_of_units_has_no_way_to_them():
    subject = a_subject()

    assert routes(subject=subject, reads_units=False) == [
        *("wellbeing-general", "for-hvem", "metode"),
    ]
    assert routes(subject=subject, reads_units=True) == [
        *("wellbeing-general", "for-hvem", "retfaerdigt", "spredning"),
        *("baggrund", "metode"),
    ]
    assert len(routes(subject=None, reads_units=True)) == 6


def test_a_page_that_a_model_has_nothing_for_is_not_led_to():
    told = {"kind": "binomial", "gradient_of": ""}

    assert routes(subject=a_subject(**told), reads_units=True) == [
        *("wellbeing-general", "for-hvem", "retfaerdigt", "metode"),
    ]


def test_models_are_listed_in_the_catalogues_order_and_examples_are_not():
    models = [
        a_model(),
        a_model(indicator="exam-mark", recipe="exam-mark"),
        a_model(indicator="", recipe="example"),
    ]
    found = overview.lines("999", models)

    assert [one.indicator for one in found] == ["exam-mark", "wellbeing-general"]
    assert found[1].sentence.startswith("Of the differences between pupils")
    links = ways.links("999", models)
    assert [one.href for one in links] == [
        "/kommune/999/forskelle/wellbeing-general/",
        "/kommune/999/forskelle/exam-mark/",
    ]


def test_open_data_of_no_model_are_heads_alone():
    assert list(open_data.csv_rows(None, a_current_release())) == [open_data.HEADS]


def test_open_data_leave_what_is_not_known_blank():
    subject = a_subject(shares=(a_share("child", 1.0),), coefficients=())
    _heads, row = open_data.csv_rows(subject, a_current_release())

    assert row[:9] == (
        *("wellbeing-general", "2024/25", "share", "child", "", 1.0, "", "", 90),
    )


def test_open_data_name_the_intercept():
    subject = a_subject(coefficients=(a_coefficient(""),))
    rows = list(open_data.csv_rows(subject, a_current_release()))

    assert rows[-1][2:4] == ("coefficient", "(intercept)")


def test_columns_and_steps_are_named_by_the_recipe():
    told = labels_of(a_model().facts)

    assert told.column("gender") == "gender"
    assert told.coefficient("gender", "pige") == "gender: girls"
    assert (told.title, told.years) == ("Wellbeing in school", 1)
    assert told.step == "three more years of education among the parents"
    assert labels_of(a_model(recipe="exam-mark").facts).step == ""
    assert str(example_source().attribution).startswith("Source: OECD (PISA 2003)")


def test_of_a_recipe_that_is_gone_the_names_of_the_rows_are_left():
    told = labels_of(a_model(recipe="gone").facts)

    assert (told.column("gender"), told.title) == ("gender", "")


def test_the_method_gives_the_recipes_reason_and_caveats():
    facts = a_model(recipe="exam-mark").facts
    subject = replace(a_subject(), facts=facts, labels=labels_of(facts))
    page = method.build(subject, a_current_release())

    assert "The result in year 6 is in" in page.why
    assert len(page.caveats) == 2
    assert page.rows[1] == ("3 years are read together, the newest of them 2024/25.")


def test_the_example_shows_some_schools_by_number():
    units = [a_fair(unit=None, code=f"{one:05}") for one in range(30, 0, -1)]
    model = a_model(indicator="", recipe="pisa-2003-maths", outcome="maths")
    page = example.build([model], {1: units}, example_source())

    (view,) = page.views
    names = [row.name for row in view.fair.chart.table.rows]
    assert (view.title, names[0], names[-1]) == (
        *("Mathematics in PISA 2003", "School 00001", "School 00020"),
    )
    assert view.fair.chart.table.rows[0].href == ""
    assert view.why.startswith("A worked example on real pupils")
    assert view.shown == "Drawn are 20 of the 30 schools, by number."
