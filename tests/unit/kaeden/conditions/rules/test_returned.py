from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kaeden.conditions.rules.returned import returned
from kaeden.conditions.rules.time_robbers import FEWEST, Told

TODAY = date(2026, 11, 24)


def said(minutes, now=None, month=None, day=5, *, post=1):
    on = date(2026, month, day) if month else None
    return Told(post_id=post, minutes=minutes, minutes_now=now, measured_on=on)


def test_those_who_do_not_answer_may_have_got_nothing_or_all():
    asked = [said(60, 0, 10), said(120, 60, 10), said(30, 15, 10), said(240)]

    found = returned(asked, on=TODAY)

    assert (found.minutes, found.answered, found.asked) == (135, 3, 4)
    assert (found.low, found.high) == (135, 375)


def test_a_month_is_told_when_it_is_over():
    asked = [said(60, 0, 11)] * 5

    assert returned(asked, on=TODAY).answered == 0
    assert returned(asked, on=date(2026, 12, 1)).minutes == 300


def test_too_few_answers_wait_for_the_next_month():
    asked = [said(60, 0, 8), said(60, 0, 8), said(60, 30, 9), said(60, 0, 10)]

    found = returned(asked, on=TODAY)

    assert [(one.first, one.minutes, one.answered) for one in found.months] == [
        (date(2026, 9, 1), 150, 3)
    ]
    assert (found.answered, found.high) == (3, 210)


def test_what_takes_longer_than_before_counts_against():
    asked = [said(15, 60, 9), said(15, 60, 9), said(60, 0, 9)]

    assert returned(asked, on=TODAY).minutes == -30


def test_nobody_asked_is_nothing_given_back():
    found = returned([], on=TODAY)

    assert (found.minutes, found.answered, found.asked, found.months) == (0, 0, 0, ())


answers = st.builds(
    said,
    st.sampled_from((15, 30, 60)),
    st.sampled_from((0, 15, 30, 60, 240)),
    st.integers(1, 12),
    st.integers(1, 28),
    post=st.integers(1, 9),
)
silent = st.builds(said, st.sampled_from((15, 30, 60)))


@given(st.lists(answers | silent, max_size=30))
def test_it_is_never_more_than_what_was_reported(asked):
    found = returned(asked, on=TODAY)

    assert found.low <= found.high <= sum(one.minutes for one in asked)
    assert 0 <= found.answered <= found.asked


@given(st.lists(answers, max_size=30))
def test_every_step_of_the_sum_hides_at_least_three(asked):
    steps = [0, *(one.answered for one in returned(asked, on=TODAY).months)]

    assert all(later - earlier >= FEWEST for earlier, later in pairwise(steps))
