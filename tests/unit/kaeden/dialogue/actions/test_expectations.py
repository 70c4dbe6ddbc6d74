import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions.expectations import confirm, discuss, propose, withdraw
from kaeden.dialogue.errors import NoSuchExpectation, NoSuchLink, OthersWereQuicker
from kaeden.dialogue.models import Confirmation, Expectation
from kaeden.dialogue.queries.expectations import of_link
from kaeden.dialogue.rules.expectations import LONGEST, State, Way
from kaeden.organisation.models import Holding, Link
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from tests.builders.dialogue import (
    WORDS,
    agreed,
    an_expectation,
    days_ago,
    holder_of,
    replaced,
    up_from,
)
from tests.builders.places import (
    DAYCARE,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


@pytest.fixture
def others():
    """Everybody who stands at neither end of the link from Nordskolen."""
    return [
        NOBODY,
        holder_of(Role.DIRECTOR, TOWN),
        holder_of(Role.LEADER, SYDSKOLEN),
        holder_of(Role.CHIEF_DAYCARE, DAYCARE),
    ]


def state(actor, leader, way=Way.DOWN):
    seen = of_link(actor, up_from(leader).id)
    return (seen.down if way is Way.DOWN else seen.up).now.state


def test_words_go_from_proposed_to_confirmed_by_both(chief, leader):
    made = an_expectation(chief, leader, words=f"  {WORDS} ")
    states = [state(leader, leader)]
    discuss(made.pk, by=leader)
    states.append(state(leader, leader))
    for end in (leader, chief):
        confirm(made.pk, by=end)
        states.append(state(chief, leader))

    assert states == [
        *(State.PROPOSED, State.DISCUSSED, State.HALF_CONFIRMED, State.CONFIRMED)
    ]
    assert (made.words, made.proposed_on, made.number) == (WORDS, today(), 1)
    assert state(chief, leader, Way.UP) is State.NONE


@pytest.mark.parametrize("way", Way)
def test_either_end_may_write_either_way(chief, leader, way):
    link = up_from(leader)

    first = propose(link.id, way, "Først", after=0, by=leader)
    second = propose(link.id, way, "Så", after=1, by=chief)

    assert (first.proposed_by, second.proposed_by) == ("lower", "upper")
    assert [one.words for one in Expectation.objects.order_by("number")] == [
        "Først",
        "Så",
    ]


def test_new_words_take_confirmations_back_and_keep_the_old_ones(chief, leader):
    agreed(chief, leader)

    an_expectation(chief, leader, words="Hver uge")

    assert state(leader, leader) is State.PROPOSED
    assert Confirmation.objects.count() == 2
    assert Expectation.objects.count() == 2


def test_who_writes_without_having_read_the_newest_words_is_told_first(chief, leader):
    an_expectation(chief, leader)

    with pytest.raises(OthersWereQuicker, match="Read them first"):
        propose(up_from(leader).id, Way.DOWN, "Andet", after=0, by=leader)

    assert Expectation.objects.get().words == WORDS


@pytest.mark.parametrize("verb", [discuss, confirm, withdraw])
def test_nothing_is_done_to_words_that_are_no_longer_the_newest(chief, leader, verb):
    old = an_expectation(chief, leader)
    an_expectation(chief, leader, words="Hver uge")

    with pytest.raises(OthersWereQuicker):
        verb(old.pk, by=chief)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (" ", "Write some words."),
        ("x" * (LONGEST + 1), "1001 characters"),
        ("Barnet 010115-1234 trives", "CPR"),
        ("Barnet 6101151234 trives", "CPR"),
    ],
)
def test_words_that_cannot_be_kept_are_refused_whole(chief, leader, words, why):
    with pytest.raises(BadInput, match=why):
        an_expectation(chief, leader, words=words)

    assert not Expectation.objects.exists()
    assert not Event.objects.filter(kind__startswith="expectation").exists()


def test_a_telephone_number_is_no_cpr_number(chief, leader):
    assert an_expectation(chief, leader, words="Ring på 99 99 99 99 før 2026-2027")


def test_for_everybody_else_there_is_no_such_thing(chief, leader, others):
    made = an_expectation(chief, leader)
    link = up_from(leader).id

    for other in others:
        with pytest.raises(NoSuchLink):
            propose(link, Way.DOWN, "Mit", after=1, by=other)
        for verb in (discuss, confirm, withdraw):
            with pytest.raises(NoSuchExpectation):
                verb(made.pk, by=other)
    with pytest.raises(NoSuchExpectation):
        confirm(10**9, by=chief)


def test_a_link_that_has_ended_is_no_longer_agreed_on(chief, leader):
    made = an_expectation(chief, leader)
    link = up_from(leader).id
    Link.objects.filter(pk=link).end(today())

    with pytest.raises(NoSuchLink):
        propose(link, Way.DOWN, "Mit", after=1, by=leader)
    with pytest.raises(NoSuchExpectation):
        discuss(made.pk, by=leader)


def test_each_verb_is_refused_where_the_table_says_so(chief, leader):
    made = an_expectation(chief, leader)

    with pytest.raises(Refused, match="Talk about the words first"):
        confirm(made.pk, by=leader)
    discuss(made.pk, by=chief)
    with pytest.raises(Refused, match="no new words"):
        discuss(made.pk, by=chief)
    with pytest.raises(Refused, match="Only who proposed"):
        withdraw(made.pk, by=leader)
    confirm(made.pk, by=leader)
    with pytest.raises(Refused, match="has confirmed"):
        confirm(made.pk, by=leader)


def test_an_agreement_is_taken_back_by_either_end(chief, leader):
    made = agreed(chief, leader)

    withdraw(made.pk, by=leader)

    assert state(chief, leader) is State.WITHDRAWN
    with pytest.raises(Refused, match="no words to take back"):
        withdraw(made.pk, by=leader)
    again = an_expectation(chief, leader, words="På ny")
    assert (again.number, state(chief, leader)) == (2, State.PROPOSED)


def test_a_new_holder_and_the_old_one_confirm_the_words_anew(chief, leader):
    made = agreed(chief, leader)
    Confirmation.objects.update(on=days_ago(1))

    newcomer = replaced(Role.LEADER, NORDSKOLEN)
    assert state(chief, newcomer) is State.LAPSED
    for end in (newcomer, chief):
        confirm(made.pk, by=end)

    assert state(newcomer, newcomer) is State.CONFIRMED


def test_nobody_confirms_alone(chief, leader):
    made = an_expectation(chief, leader)
    discuss(made.pk, by=leader)
    Holding.objects.filter(post_id=chief.post_id).end(today())

    with pytest.raises(Refused, match="other post is vacant"):
        confirm(made.pk, by=leader)


def test_every_verb_leaves_its_trace_once(chief, leader):
    made = agreed(chief, leader)
    withdraw(made.pk, by=chief)

    kinds = Event.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[1:] == [
        *("expectation_proposed", "expectation_discussed", "expectation_confirmed"),
        *("expectation_confirmed", "expectation_withdrawn"),
    ]


@pytest.mark.parametrize(
    ("field", "value"), [("words", ""), ("upper_id", None), ("number", 1)]
)
def test_the_database_itself_refuses_what_must_not_be(chief, leader, field, value):
    made = an_expectation(chief, leader)
    later = an_expectation(chief, leader, words="Mere")
    change = {field: made.lower_id if field == "upper_id" else value}

    with pytest.raises(IntegrityError), transaction.atomic():
        Expectation.objects.filter(pk=later.pk).update(**change)


def test_what_is_stored_says_what_it_is(chief, leader):
    made = agreed(chief, leader)

    assert str(made) == f"{chief.post_id} – {leader.post_id}, down (1)"
    assert str(made.confirmations.first()) == f"{made.pk}: upper {today()}"
