"""What may be read of a closed round, and what nobody can work out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaeden.access.rules import NOBODY, Actor, Role
from kaeden.dialogue.errors import NoSuchRound
from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.models import PulseAnswer, PulseRound, TimeShare
from kaeden.dialogue.queries import pulse_results
from kaeden.dialogue.queries.pulse_results import results
from kaeden.dialogue.rules.pulse import Side, Strength, TimeLevel
from kaeden.organisation.models import Holding
from kaeden.shared.clock import standing_at, today
from tests.builders.dialogue import (
    a_closed_pulse,
    a_team,
    an_open_pulse,
    answered,
    holder_of,
    replaced,
)
from tests.builders.places import (
    HAVBY,
    NORDSKOLEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db
ITEMS = instrument().items


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def director():
    return holder_of(Role.DIRECTOR, TOWN)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def a_round(quarter="2026-4", *, closed=True):
    return PulseRound.objects.create(
        municipality=unit_at(TOWN),
        quarter=quarter,
        instrument="pulse@1",
        opened_on=today(),
        closed_on=today() if closed else None,
    )


def put(made, side, about, *rows, level=4):
    """Answers as they lie in the box; a row may be one number for all statements."""
    PulseAnswer.objects.bulk_create(
        PulseAnswer(
            round=made,
            side=side,
            about=about,
            level=level,
            scores=dict(
                zip(ITEMS, row if isinstance(row, tuple) else [row] * 4, strict=True)
            ),
        )
        for row in rows
    )


def put_time(made, level, *tenths):
    TimeShare.objects.bulk_create(
        TimeShare(round=made, level=level, tenths=one) for one in tenths
    )


def only(found):
    (level,) = found.levels
    (side,) = level.led
    return level, side


# What is read -------------------------------------------------------------------------


def test_before_a_round_is_closed_there_is_nothing_to_read(director):
    assert results(director) is None
    a_round(closed=False)
    assert results(director) is None


def test_a_level_says_what_leaders_and_led_see_and_the_gap_between_them(director):
    made = a_round()
    for number in range(6):
        put(made, "upper", f"leader-{number}", 4)
        put(made, "team", f"leader-{number}", *(3, 3, 4, 3, 2))

    level, team = only(results(director))

    assert (level.level, team.side) == (4, Side.TEAM)
    assert (level.leaders.mean, level.leaders.low, level.leaders.high) == (
        4.0,
        3.9,
        4.1,
    )
    assert (team.mean.mean, team.mean.low, team.mean.high) == (3.0, 2.7, 3.3)
    assert (team.gap.mean, team.gap.low, team.gap.high) == (-1.0, -1.1, -0.9)
    assert (team.agreed.strength, team.agreed.uniform) == (Strength.STRONG, 0.92)
    assert team.agreed.slight_skew == 0.87
    assert (team.hanging.single, team.hanging.mean, team.hanging.links) == (-0.25, 0, 6)


def test_the_share_of_time_is_told_per_level_with_its_trend(director):
    for place in range(6):
        made = a_round(f"2025-{place + 1}" if place < 4 else f"2026-{place - 3}")
        put_time(made, "leaders", *[place + shift for shift in (0, 1, 1, 1, 0, 1)])
        put_time(made, "top", 3, 3, 4, 3)

    leaders, top = (
        {one.level: one for one in results(director).time}[level]
        for level in (TimeLevel.LEADERS, TimeLevel.TOP)
    )

    assert [point.quarter for point in leaders.points] == [
        *("2025-1", "2025-2", "2025-3", "2025-4", "2026-1", "2026-2")
    ]
    assert [point.share.mean for point in leaders.points] == [7, 17, 27, 37, 47, 57]
    assert (leaders.direction, leaders.preliminary) == (1, False)
    assert {point.share for point in top.points} == {None}
    assert (top.direction, top.preliminary) == (0, True)


def test_an_earlier_round_can_be_read_again(director):
    first, second = a_round("2026-2"), a_round("2026-3")

    assert results(director).round == second
    assert results(director, first.pk).round == first
    assert results(director).rounds == (first, second)


def test_a_leader_reads_the_own_link_beside_the_own_answer(leader):
    an_open_pulse()
    for one in a_team(NORDSKOLEN, 5):
        answered(one, 3, 3, 3, 2)
    answered(leader, 4, 4, 4, 4, down=(4, 4, 4, 5))
    a_closed_pulse()

    own = results(leader).own

    (team,) = own.led
    assert own.own == 4.2
    assert (team.mean.mean, team.gap.mean) == (2.8, -1.5)
    assert (team.agreed.strength, team.agreed.slight_skew) == (
        Strength.VERY_STRONG,
        None,
    )


# What is not read ---------------------------------------------------------------------


@pytest.mark.parametrize("count", range(1, 5))
def test_fewer_than_five_are_never_told_of(director, count):
    made = a_round()
    put(made, "team", "leader-1", *[3] * count)
    put(made, "upper", "leader-1", *[4] * count)
    put_time(made, "leaders", *[4] * count)

    level, team = only(results(director))

    assert level.leaders is None
    assert (team.mean, team.agreed, team.hanging, team.gap) == (None,) * 4
    assert all(p.share is None for one in results(director).time for p in one.points)


def test_a_gap_of_few_links_is_hidden_though_many_answered(director):
    made = a_round()
    for number in range(4):
        put(made, "upper", f"leader-{number}", 4)
        put(made, "team", f"leader-{number}", *[3] * 6)

    level, team = only(results(director))

    assert (level.leaders, team.gap) == (None, None)
    assert team.mean


def test_agreement_within_two_links_would_tell_of_one_and_is_hidden(director):
    made = a_round()
    for name in "ab":
        put(made, "team", name, *(3, 3, 4, 3, 2, 4))

    _level, team = only(results(director))

    assert team.mean
    assert (team.agreed, team.hanging) == (None, None)


def test_few_answers_have_a_word_for_their_agreement_and_no_number(director):
    made = a_round()
    for name in "abc":
        put(made, "team", name, *(3, 3, 4, 3, 2))

    _level, team = only(results(director))

    assert (team.agreed.strength, team.agreed.uniform) == (Strength.STRONG, None)
    assert team.hanging is None


def test_nothing_hangs_on_the_link_where_all_say_the_same(director):
    made = a_round()
    for name in "abcd":
        put(made, "team", name, *[3] * 5)

    _level, team = only(results(director))

    assert team.hanging is None
    assert team.agreed.uniform == 0.95


def test_answers_at_an_end_are_told_as_beyond_it(director):
    put(a_round(), "team", "a", *[5] * 6)

    _level, team = only(results(director))

    assert (team.mean.mean, team.mean.end, team.mean.low) == (4.8, 1, None)


def test_a_link_is_hidden_from_its_leader_where_the_rest_would_be_found(leader):
    made = a_round()
    put(made, "team", "leader-999001", *[3] * 6)
    put(made, "team", "leader-999002", *[5] * 4)

    (team,) = results(leader).own.led

    assert (team.mean, team.agreed, team.gap) == (None, None, None)


def test_a_link_is_read_by_its_own_leader_alone(director, leader):
    put(a_round(), "team", "leader-999001", *[3] * 6)

    assert results(leader).own.led[0].mean
    for other in (director, holder_of(Role.LEADER, SYDSKOLEN)):
        assert results(other).own is None


def test_whoever_came_after_the_round_reads_nothing_of_the_one_before(leader):
    made = a_round()
    put(made, "team", "leader-999001", *[3] * 6)
    put(made, "upper", "leader-999001", 5)
    PulseRound.objects.update(closed_on=today())

    newcomer = replaced(Role.LEADER, NORDSKOLEN)
    Holding.objects.filter(user_id=newcomer.user_id).update(
        valid_from=today().replace(year=today().year + 1)
    )

    assert results(newcomer).own is None


def test_the_own_answer_is_read_by_the_one_who_gave_it_alone(leader):
    """Another holder answered for the post; the number is theirs."""
    made = a_round()
    put(made, "team", "leader-999001", *[3] * 6)
    put(made, "upper", "leader-999001", 5)

    own = results(leader).own

    assert own.own is None
    assert own.led[0].gap is None
    assert own.led[0].mean


@pytest.mark.parametrize(
    "who",
    [
        NOBODY,
        Actor(role=Role.DATA_PROTECTION, path=TOWN, post_id=1),
        Actor(role=Role.SYSTEM, path=TOWN),
    ],
)
def test_others_read_nothing(who):
    a_round()

    with pytest.raises(NoSuchRound):
        results(who)


def test_an_analyst_reads_the_levels_and_has_no_link(director):
    put(a_round(), "team", "a", *[3] * 6)

    found = results(Actor(role=Role.ANALYST, path=TOWN, post_id=1))

    assert found.levels
    assert found.own is None


def test_another_municipalitys_round_and_an_open_one_are_not_there(director):
    made, fresh = a_round("2026-2"), a_round("2026-3", closed=False)
    neighbour = holder_of(Role.DIRECTOR, f"dk/{HAVBY}")

    for reader, pk in ((neighbour, made.pk), (director, fresh.pk), (director, 10**9)):
        with pytest.raises(NoSuchRound):
            results(reader, pk)


def test_a_round_costs_the_same_for_many_answers(director, django_assert_num_queries):
    made = a_round()
    for number in range(30):
        put(made, "team", f"leader-{number}", *[3] * 6)

    with django_assert_num_queries(8):
        results(director)


def test_a_round_that_closed_long_ago_is_read_with_the_holders_of_then(leader):
    moment = datetime(2027, 2, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
    made = a_round()
    put(made, "team", "leader-999001", *[3] * 6)

    with standing_at(moment):
        assert results(leader).own


# No hidden number can be worked out ---------------------------------------------------

groups = st.dictionaries(
    st.sampled_from("abcd"), st.lists(st.integers(1, 5), min_size=1, max_size=9)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups)
def test_no_leader_finds_a_small_rest_by_taking_the_own_link_out(answers):
    """Every figure a leader sees, and each difference of two, stands on none or five."""
    rows = {key: [(score,) * 4 for score in found] for key, found in answers.items()}
    whole = sum(len(found) for found in rows.values())
    level = pulse_results._of_level(Side.TEAM, rows, {})

    for key, found in rows.items():
        own = pulse_results._of_link(Side.TEAM, rows, key, [])
        seen = {whole: level.mean is not None, len(found): own.mean is not None}
        assert all(n >= 5 for n, is_seen in seen.items() if is_seen)
        if own.mean and level.mean:
            assert whole - len(found) == 0 or whole - len(found) >= 5
    assert (level.mean is not None) is (whole >= 5)
