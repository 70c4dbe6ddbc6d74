"""What a goal that is being written says, and what it still lacks."""

import pytest

from kaeden.goals.goalcheck import Draft, Question, check, suggested
from kaeden.goals.indicators import Sector, catalogue
from kaeden.goals.listening import Lean

GOOD = "Alle elever i udskolingen trives."
KNOWN = catalogue()


def checked(sentence=GOOD, **facts):
    return check(Draft(sentence=sentence, **facts), KNOWN)


def test_a_goal_that_answers_all_lacks_nothing():
    found = checked(
        owner="Skolechef",
        indicator="wellbeing-general",
        baseline="3,6 i 2024/25",
        has_target=True,
        by_period="2027/28",
    )

    assert found.missing == ()
    assert found.heard.lean is Lean.RESULT


def test_an_empty_goal_lacks_everything_and_is_still_answered():
    assert checked("").missing == tuple(Question)


def test_the_questions_come_in_the_order_they_are_asked():
    assert checked("Vi holder møder.").missing == tuple(Question)
    assert checked().missing == (
        *(Question.OWNER, Question.INDICATOR, Question.BASELINE),
        *(Question.TARGET, Question.DATE),
    )


@pytest.mark.parametrize(
    ("sentence", "question", "is_answered"),
    [
        ("Fraværet falder til under 6 procent.", Question.TARGET, True),
        ("Karakteren løftes til 7,5.", Question.TARGET, True),
        ("80 % af eleverne læser godt.", Question.TARGET, True),
        ("Alle i 3. klasse læser godt.", Question.TARGET, False),
        ("Flere læser godt i 2028.", Question.DATE, True),
        ("Flere læser godt i 2027/28.", Question.DATE, True),
        ("Flere læser godt.", Question.DATE, False),
        ("Flere læser godt.", Question.FOR_WHOM, False),
        ("Alle elever læser godt.", Question.FOR_WHOM, True),
        ("Drengene læser godt.", Question.FOR_WHOM, True),
    ],
)
def test_what_the_sentence_itself_answers_is_not_asked_again(
    sentence, question, is_answered
):
    assert checked(sentence).answered[question] is is_answered


@pytest.mark.parametrize(
    ("facts", "question"),
    [
        ({"for_whom": "De yngste"}, Question.FOR_WHOM),
        ({"owner": "Skolechef"}, Question.OWNER),
        ({"indicator": "exam-mark"}, Question.INDICATOR),
        ({"baseline": "7,1"}, Question.BASELINE),
        ({"has_target": True}, Question.TARGET),
        ({"by_period": "2028"}, Question.DATE),
    ],
)
def test_each_field_answers_its_own_question(facts, question):
    assert not checked("Flere læser.").answered[question]
    assert checked("Flere læser.", **facts).answered[question]


def test_an_indicator_that_is_not_in_the_catalogue_answers_nothing():
    assert not checked(indicator="luck").answered[Question.INDICATOR]


# What could show it -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("Fraværet i udskolingen falder.", "absence-upper-years"),
        (
            "Flere unge er i gang med en ungdomsuddannelse.",
            "expected-youth-education",
        ),
        ("Eleverne får højere karakterer ved prøverne.", "exam-mark"),
        ("Der er voksne nok i vuggestuen.", "staffing-0-2"),
        ("Flere elever på alle skoler har venner.", "wellbeing-academic"),
    ],
)
def test_the_indicator_that_speaks_of_the_same_comes_first(sentence, first):
    found = suggested(sentence, (), KNOWN)

    assert found[0].id == first
    assert len(found) <= 3


def test_a_theme_is_enough_where_no_word_is_shared():
    found = suggested("Ingen er ensomme.", (), KNOWN)

    assert {one.theme.value for one in found} == {"wellbeing"}


def test_only_the_sectors_that_were_chosen_are_proposed():
    found = suggested(
        "Fraværet er lavt, og børnene har det godt.", [Sector.DAYCARE], KNOWN
    )

    assert {one.sector for one in found} <= {Sector.DAYCARE}


def test_where_nothing_fits_nothing_is_proposed():
    assert suggested("", (), KNOWN) == suggested("Xyz.", (), KNOWN) == ()
