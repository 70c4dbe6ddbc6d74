"""A test of change: planned, begun, decided, shared."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.learning.actions import tests_of_change as actions
from kaeden.learning.actions.tests_of_change import Counting, Onward
from kaeden.learning.errors import NoSuchTest
from kaeden.learning.models import Measure, TestCycle, TestOfChange
from kaeden.learning.queries.tests_of_change import get_seen
from kaeden.learning.rules.tests_of_change import (
    LATEST,
    LONGEST,
    Audience,
    Decision,
    MeasureKind,
    Stage,
)
from kaeden.organisation.models import Post
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN, a_country
from tests.builders.tests_of_change import (
    BALANCING,
    COUNTED,
    OUTCOME,
    PROCESS,
    a_running_test,
    a_test,
    somebody,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def team(db):
    a_country()
    return a_team(NORDSKOLEN, 1)[0]


@pytest.fixture
def leader(team):
    return holder_of(Role.LEADER, NORDSKOLEN)


def test_a_team_plans_a_test_with_three_measures(team):
    made = a_test(team)

    seen = get_seen(team, made.pk)
    assert (seen.name, seen.stage, seen.leads) == (
        "Vi ringer hjem",
        Stage.PLANNED,
        True,
    )
    assert [one.kind for one in seen.measures] == list(MeasureKind)
    assert seen.measure(OUTCOME).words == "Børn, der kom til tiden"
    assert [one.joined_on for one in seen.parts] == [today()]
    assert seen.audience is Audience.NOBODY
    event = Event.objects.get(kind=Event.Kind.TEST_PLANNED)
    assert event.about == f"learning.testofchange:{made.pk}"
    assert str(made) == f"{team.post_id}: {today()}"
    assert [str(one) for one in made.cycles.all()] == [f"{made.pk}.1 (open)"]
    assert str(made.parts.get()) == f"{made.pk}: {team.post_id}"
    assert str(made.measures.first()) == f"{made.pk}: outcome"


@pytest.mark.parametrize(
    ("role", "path", "may"),
    [
        (Role.LEADER, NORDSKOLEN, True),
        (Role.CHIEF_SCHOOLS, SCHOOLS, False),
        (Role.DIRECTOR, TOWN, False),
        (Role.COMMITTEE, TOWN, False),
        (Role.ANALYST, TOWN, False),
    ],
)
def test_those_nearest_the_children_try_changes(team, role, path, may):
    by = somebody(role, path)
    if may:
        assert a_test(by).post_id == by.post_id
        return
    with pytest.raises(Forbidden):
        a_test(by)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"aim": ""},
        {"change": "x" * (LONGEST + 1)},
        {"aim": "Barnet 010203-1234 kommer."},
        {"ends_on": today()},
        {"aim_by": today() + LATEST + DAY},
        {"measures": COUNTED | {PROCESS: Counting(better="sideways", words="x")}},
        {"measures": COUNTED | {OUTCOME: Counting(better="higher", indicator="joy")}},
        {"measures": COUNTED | {BALANCING: Counting(better="lower", words="Uro")}},
        {
            "measures": COUNTED
            | {BALANCING: Counting(better="lower", words="", counted="number")}
        },
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused_whole(team, wrong):
    with pytest.raises(BadInput), transaction.atomic():
        a_test(team, **wrong)

    assert not TestOfChange.objects.exists()
    assert not Event.objects.filter(kind=Event.Kind.TEST_PLANNED).exists()


def test_a_measure_can_be_an_indicator(team):
    by_indicator = Counting(better="lower", indicator="school-absence")
    made = a_test(team, measures=COUNTED | {OUTCOME: by_indicator})

    outcome = get_seen(team, made.pk).measure(OUTCOME)
    assert (outcome.indicator, outcome.counted, outcome.words) == (
        "school-absence",
        None,
        "",
    )


def test_the_start_is_marked_on_its_day_and_once(team):
    made = a_test(team)
    actions.begin(made.pk, today() - DAY, by=team)

    now = get_seen(team, made.pk)
    assert (now.stage, now.now.begun_on) == (Stage.RUNNING, today() - DAY)
    assert Event.objects.filter(kind=Event.Kind.TEST_BEGUN).count() == 1
    with pytest.raises(Refused, match="begun already"):
        actions.begin(made.pk, today(), by=team)


def test_a_start_that_has_not_come_is_refused(team):
    made = a_test(team)
    with pytest.raises(BadInput, match="not come"):
        actions.begin(made.pk, today() + DAY, by=team)


def test_a_start_after_the_end_is_refused(team):
    made = a_test(team)
    TestCycle.objects.update(ends_on=today() - 2 * DAY)
    with pytest.raises(BadInput, match="after its end"):
        actions.begin(made.pk, today(), by=team)


def test_a_test_is_given_another_end(team):
    made = a_running_test(team)
    actions.prolong(made.pk, today() + 60 * DAY, by=team)

    assert get_seen(team, made.pk).now.ends_on == today() + 60 * DAY
    with pytest.raises(BadInput):
        actions.prolong(made.pk, today(), by=team)


def test_a_change_is_adopted_with_a_sentence_of_why(team):
    made = a_running_test(team)
    actions.decide(made.pk, Decision.ADOPT, "Flere kom til tiden.", by=team)

    now = get_seen(team, made.pk)
    assert (now.stage, now.now.decision) == (Stage.DECIDED, Decision.ADOPT)
    assert (now.now.why, now.now.decided_on) == ("Flere kom til tiden.", today())
    with pytest.raises(Refused, match="over"):
        actions.decide(made.pk, Decision.ABANDON, "Nej.", by=team)


def test_to_adapt_begins_the_next_cycle_with_another_change(team):
    made = a_running_test(team)
    onward = Onward(change="Vi ringer to og to.", ends_on=today() + 30 * DAY)
    actions.decide(
        made.pk, Decision.ADAPT, "Det tog for lang tid.", onward=onward, by=team
    )

    seen = get_seen(team, made.pk)
    assert [one.number for one in seen.cycles] == [1, 2]
    assert (seen.now.change, seen.now.begun_on) == ("Vi ringer to og to.", today())
    assert (seen.stage, seen.cycles[0].decision) == (Stage.RUNNING, Decision.ADAPT)


@pytest.mark.parametrize(
    ("decision", "why", "onward"),
    [
        ("maybe", "Fordi.", None),
        ("adopt", " ", None),
        ("adapt", "Fordi.", None),
        ("adapt", "Fordi.", Onward(change=" ", ends_on=today() + DAY)),
        ("adapt", "Fordi.", Onward(change="Andet.", ends_on=today())),
    ],
)
def test_a_decision_that_is_not_whole_changes_nothing(team, decision, why, onward):
    made = a_running_test(team)
    with pytest.raises(BadInput), transaction.atomic():
        actions.decide(made.pk, decision, why, onward=onward, by=team)

    assert get_seen(team, made.pk).stage is Stage.RUNNING


def test_what_has_not_begun_is_not_decided(team):
    made = a_test(team)
    with pytest.raises(Refused, match="Mark the start first"):
        actions.decide(made.pk, Decision.ADOPT, "Fordi.", by=team)


def test_the_leader_reads_but_the_team_decides(team, leader):
    made = a_running_test(team)

    assert not get_seen(leader, made.pk).leads
    for act in (
        lambda: actions.decide(made.pk, Decision.ADOPT, "Fordi.", by=leader),
        lambda: actions.share(made.pk, Audience.CHAIN, by=leader),
        lambda: actions.prolong(made.pk, today() + DAY, by=leader),
    ):
        with pytest.raises(Forbidden, match="leads the test"):
            act()


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.LEADER, SYDSKOLEN),
        (Role.CHIEF_SCHOOLS, SCHOOLS),
        (Role.DIRECTOR, TOWN),
        (Role.COMMITTEE, TOWN),
        (Role.ANALYST, TOWN),
        (Role.DATA_PROTECTION, TOWN),
    ],
)
def test_for_everybody_else_there_is_no_such_test_to_act_on(team, role, path):
    made = a_running_test(team)
    by = somebody(role, path)
    for act in (
        lambda: actions.begin(made.pk, today(), by=by),
        lambda: actions.decide(made.pk, Decision.ADOPT, "Fordi.", by=by),
        lambda: actions.share(made.pk, Audience.CHAIN, by=by),
        lambda: get_seen(by, made.pk),
    ):
        with pytest.raises(NoSuchTest):
            act()


def test_nobody_signed_in_sees_nothing(team):
    made = a_test(team)
    with pytest.raises(NoSuchTest):
        get_seen(NOBODY, made.pk)


def test_when_the_post_has_ended_the_leader_decides(team, leader):
    made = a_running_test(team)
    Post.objects.filter(pk=team.post_id).end(today())

    assert get_seen(leader, made.pk).leads
    actions.decide(made.pk, Decision.ABANDON, "Teamet er lagt ned.", by=leader)
    assert get_seen(leader, made.pk).now.decision is Decision.ABANDON


def test_a_test_is_shared_further_and_the_audit_tells_no_words(team):
    made = a_running_test(team)
    actions.share(made.pk, Audience.HOUSE, by=team)
    actions.share(made.pk, Audience.CHAIN, by=team)

    seen = get_seen(team, made.pk)
    assert (seen.audience, seen.shared_on) == (Audience.CHAIN, today())
    with pytest.raises(Refused, match="not taken back"):
        actions.share(made.pk, Audience.HOUSE, by=team)
    with pytest.raises(BadInput):
        actions.share(made.pk, "everybody", by=team)
    for event in Event.objects.all():
        assert "Vi ringer" not in f"{event.kind} {event.about} {event.seat}"


def test_who_was_slower_is_told(team, monkeypatch):
    made = a_running_test(team)
    as_read = TestOfChange.objects.prefetch_related("cycles", "parts").get(pk=made.pk)
    list(as_read.cycles.all())
    actions.share(made.pk, Audience.HOUSE, by=team)
    actions.decide(made.pk, Decision.ADOPT, "Fordi.", by=team)
    monkeypatch.setattr(actions, "get_test", lambda _by, _pk: as_read)

    with pytest.raises(Refused, match="Read it again"):
        actions.decide(made.pk, Decision.ABANDON, "Nej.", by=team)
    with pytest.raises(Refused, match="Read it again"):
        actions.share(made.pk, Audience.HOUSE, by=team)


@pytest.mark.parametrize(
    "broken",
    [
        lambda test: TestOfChange.objects.filter(pk=test.pk).update(aim=""),
        lambda test: TestOfChange.objects.filter(pk=test.pk).update(shared_on=today()),
        lambda test: TestOfChange.objects.filter(pk=test.pk).update(audience="chain"),
        lambda test: test.cycles.update(change=""),
        lambda test: test.cycles.update(decision="adopt"),
        lambda test: test.cycles.update(decided_on=today()),
        lambda test: TestCycle.objects.create(
            test=test, number=2, change="x", ends_on=today()
        ),
        lambda test: test.measures.update(indicator="joy"),
        lambda test: test.measures.filter(kind="outcome").update(words=""),
        lambda test: Measure.objects.create(
            test=test, kind="outcome", indicator="joy", better="higher"
        ),
        lambda test: test.parts.update(left_on=today() - DAY),
    ],
)
def test_the_database_holds_what_must_be(team, broken):
    made = a_test(team)
    with pytest.raises(IntegrityError), transaction.atomic():
        broken(made)
