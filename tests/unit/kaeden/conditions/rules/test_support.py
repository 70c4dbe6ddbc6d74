import itertools
from datetime import date

import pytest

from kaeden.conditions.rules.support import (
    NEXT,
    OVER,
    RATING_NAMES,
    TAKES,
    Rating,
    Side,
    Step,
    is_a_fair_day,
    is_unmet,
    may_decide,
    may_rate,
    may_step,
    typical,
)

DAY, BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 25)
SIDES = (*Side, None)


@pytest.mark.parametrize(
    ("now", "to", "side"), list(itertools.product(Step, Step, SIDES))
)
def test_a_step_is_taken_along_the_table_by_whose_it_is_and_a_no_says_why(
    now, to, side
):
    verdict = may_step(to, now, side=side)

    assert bool(verdict) is (to in NEXT[now] and side in TAKES[to])
    assert verdict or str(verdict.why_not)


@pytest.mark.parametrize(
    ("now", "side", "is_rated"), list(itertools.product(Step, SIDES, (True, False)))
)
def test_support_is_rated_once_by_those_served_when_it_is_over(now, side, is_rated):
    verdict = may_rate(now, side=side, is_rated=is_rated)

    assert bool(verdict) is (now in OVER and side is Side.ASKER and not is_rated)
    assert verdict or str(verdict.why_not)


@pytest.mark.parametrize(
    ("step", "answer_by", "met_by", "unmet"),
    [
        (Step.ASKED, DAY, None, False),
        (Step.ASKED, BEFORE, None, True),
        (Step.ANSWERED, BEFORE, DAY, False),
        (Step.ANSWERED, BEFORE, BEFORE, True),
        (Step.NOT_MET, AFTER, AFTER, True),
        (Step.MET, BEFORE, BEFORE, False),
        (Step.WITHDRAWN, BEFORE, None, False),
    ],
)
def test_a_need_calls_for_a_post_above_when_it_is_late_or_not_met(
    step, answer_by, met_by, unmet
):
    assert is_unmet(step, answer_by, met_by, on=DAY) is unmet


@pytest.mark.parametrize(
    ("unmet", "is_decided", "above"), list(itertools.product((True, False), repeat=3))
)
def test_a_post_above_answers_what_is_not_met_once(unmet, is_decided, above):
    verdict = may_decide(unmet=unmet, is_decided=is_decided, above=above)

    assert bool(verdict) is (unmet and not is_decided and above)
    assert verdict or str(verdict.why_not)


def test_a_fair_day_is_today_or_later_and_within_a_year():
    days = (BEFORE, DAY, date(2027, 11, 24), date(2027, 11, 25))

    assert [is_a_fair_day(day, asked_on=DAY) for day in days] == [
        *(False, True, True, False)
    ]


@pytest.mark.parametrize(
    ("ratings", "told"),
    [
        ([], None),
        ([4, 4, 4, 4], None),
        ([1, 2, 3, 4, 4], Rating.HELP),
        ([1, 2, 3, 4, 4, 1, 1, 1, 1], Rating.HELP),
        ([1, 2, 3, 4, 4, 1, 1, 1, 1, 1], Rating.NO_HELP),
    ],
)
def test_ratings_are_told_of_in_lots_of_five_so_that_one_more_tells_nothing(
    ratings, told
):
    assert typical(ratings) is told


def test_every_rating_has_its_words():
    assert set(RATING_NAMES) == set(Rating)
