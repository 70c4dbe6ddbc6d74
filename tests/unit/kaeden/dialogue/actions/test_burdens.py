"""What weighs on two: for the two alone, sealed, and gone on a day."""

from datetime import timedelta

import pytest
from django.db import connection

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import burdens
from kaeden.dialogue.errors import NoSuchConversation, OthersWereQuicker
from kaeden.dialogue.models import Burden
from kaeden.dialogue.queries.burdens import of_conversation
from kaeden.dialogue.queries.links import links_of
from kaeden.dialogue.rules.conversations import KEPT_FOR
from kaeden.dialogue.sealing import seal, unseal
from kaeden.organisation.models import Holding, Link
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from tests.builders.dialogue import holder_of, replaced, up_from
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN, a_country
from tests.builders.talks import at, held, planned

pytestmark = pytest.mark.django_db
WORDS = "Vi er trætte, og det kan mærkes."


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
def talk(chief, leader):
    return held(chief, leader)


def read(talk, leader):
    return of_conversation(talk.pk, up_from(leader))


def kinds():
    kept = Event.objects.filter(kind__startswith="burden").order_by("pk")
    return list(kept.values_list("kind", "about", "role"))


def test_the_two_read_it_until_a_day(talk, chief, leader):
    last = burdens.write(talk.pk, WORDS, after=0, by=leader)

    assert last == today() + KEPT_FOR
    found = read(talk, leader)
    assert (found.words, found.number, found.delete_on) == (WORDS, 1, last)
    assert str(Burden.objects.get()) == f"{talk.pk} until {last}"


def test_the_database_does_not_hold_the_words(talk, leader):
    burdens.write(talk.pk, WORDS, after=0, by=leader)

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM dialogue_burden")
        (sealed,) = cursor.fetchone()
    assert WORDS.encode() not in bytes(sealed)
    assert unseal(sealed) == WORDS


def test_with_another_secret_there_are_no_words(settings):
    sealed = seal(WORDS)
    settings.SECRET_KEY = "another"

    assert unseal(sealed) == ""


def test_on_its_day_it_is_gone_and_the_trail_says_so_without_words(talk, leader):
    last = burdens.write(talk.pk, WORDS, after=0, by=leader)

    with at(last - timedelta(days=1)):
        assert burdens.forget_due() == 0
    with at(last):
        assert read(talk, leader) is None
        assert burdens.forget_due(conversation=talk.pk) == 1
        with pytest.raises(Refused, match="Take it with you"):
            burdens.write(talk.pk, WORDS, after=0, by=leader)

    assert not Burden.objects.exists()
    about = f"dialogue.conversation:{talk.pk}"
    assert kinds() == [
        ("burden_written", about, "leader"),
        ("burden_deleted", about, "system"),
    ]
    assert WORDS not in str(list(Event.objects.values()))


@pytest.mark.parametrize("role", [Role.CHIEF_SCHOOLS, Role.LEADER])
def test_with_a_new_holder_it_is_gone(talk, leader, role):
    burdens.write(talk.pk, WORDS, after=0, by=leader)

    new = replaced(role, SCHOOLS if role is Role.CHIEF_SCHOOLS else NORDSKOLEN)

    link = next(one for one in links_of(new) if one.lower == leader.post_id)
    assert of_conversation(talk.pk, link) is None
    burdens.write(talk.pk, "Nyt", after=0, by=new)
    assert of_conversation(talk.pk, link).words == "Nyt"
    assert [kind for kind, *_rest in kinds()] == [
        *("burden_written", "burden_deleted", "burden_written"),
    ]


def test_every_night_what_is_due_is_deleted(talk, chief, leader):
    burdens.write(talk.pk, WORDS, after=0, by=leader)
    Link.objects.filter(lower_id=leader.post_id).end(today())

    assert burdens.forget_due() == 1
    assert burdens.forget_due() == 0


def test_either_of_the_two_deletes_it_at_once(talk, chief, leader):
    burdens.write(talk.pk, WORDS, after=0, by=leader)

    burdens.delete(talk.pk, by=chief)
    burdens.delete(talk.pk, by=chief)

    assert read(talk, leader) is None
    assert len(kinds()) == 2


def test_of_two_writers_the_second_is_told(talk, chief, leader):
    burdens.write(talk.pk, WORDS, after=0, by=leader)

    with pytest.raises(OthersWereQuicker, match="Both texts"):
        burdens.write(talk.pk, "Mit", after=0, by=chief)
    burdens.write(talk.pk, "Vores", after=1, by=chief)

    assert read(talk, leader).words == "Vores"


def test_before_the_conversation_it_is_kept_until_a_month_after_it(chief, leader):
    made = planned(chief, leader)

    last = burdens.write(made.pk, WORDS, after=0, by=leader)

    assert last == made.planned_for + KEPT_FOR


def test_nobody_else_reads_or_writes_it(talk, leader):
    burdens.write(talk.pk, WORDS, after=0, by=leader)

    for other in (holder_of(Role.DIRECTOR, TOWN), holder_of(Role.LEADER, SYDSKOLEN)):
        with pytest.raises(NoSuchConversation):
            burdens.write(talk.pk, "Mit", after=1, by=other)
        with pytest.raises(NoSuchConversation):
            burdens.delete(talk.pk, by=other)


def test_with_a_vacant_post_nothing_is_written(talk, chief, leader):
    Holding.objects.filter(post_id=chief.post_id).end(today())

    with pytest.raises(Refused):
        burdens.write(talk.pk, WORDS, after=0, by=leader)


@pytest.mark.parametrize("words", ["", "x" * 2001, "010190-1234"])
def test_what_cannot_be_kept_is_refused(talk, leader, words):
    with pytest.raises(BadInput):
        burdens.write(talk.pk, words, after=0, by=leader)
