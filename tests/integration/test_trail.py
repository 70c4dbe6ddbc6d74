"""The data protection officer reads the log of the own municipality, without names."""

import csv
import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from kaeden.access.rules import Actor, Permission, Role
from kaeden.audit.actions import record, record_look_up
from kaeden.audit.models import Event, LookUp
from kaeden.audit.queries import Wanted, rows_of
from kaeden.organisation.models import Post
from kaeden.presentation.trail import DONE
from kaeden.shared.errors import Forbidden
from tests.builders.places import (
    FJORDBY,
    HAVBY,
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_holder,
    an_account,
    post_at,
    unit_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
OFFICER = Role.DATA_PROTECTION
HERE = ZoneInfo("Europe/Copenhagen")


def an_officer(path):
    post = {"unit": unit_at(path), "role": OFFICER.value, "key": "dpo"}
    Post.objects.create(valid_from=LOADED, **post)
    client = Client()
    client.force_login(a_holder(OFFICER, path))
    return client


@pytest.fixture
def officer(fjordby):
    return an_officer(TOWN)


def acts_in(role, path):
    return Actor(user_id=1, role=role, path=path, post_id=post_at(path, role).pk)


@pytest.fixture
def seen(fjordby):
    """What a chief, a leader and the neighbour's director have seen and done."""
    chief, leader = (
        acts_in(Role.CHIEF_SCHOOLS, SCHOOLS),
        acts_in(Role.LEADER, NORDSKOLEN),
    )
    record_look_up("web:institution", "/institution/999002/", by=chief)
    record_look_up("web:desk", "/bord/", by=leader)
    neighbour = acts_in(Role.DIRECTOR, f"dk/{HAVBY}")
    record_look_up("web:desk", "/bord/", by=neighbour)
    record(Event.Kind.RESULT_ASSESSED, by=chief, about=an_account("nogen"))


def lines(client, to, **asked):
    answer = client.get(to("trail_file", FJORDBY), asked)
    table = csv.reader(io.StringIO(answer.text), delimiter=";")
    return [(post, about) for _number, _at, post, _seat, _what, about in table][1:]


CHIEF_LINE = ("Skolechef, Skoler", "/institution/999002/")
LEADER_LINE = ("Institutionsleder, Nordskolen", "/bord/")


@pytest.mark.usefixtures("seen")
def test_the_officer_sees_what_the_own_municipalitys_posts_saw(officer, to):
    page = officer.get(to("trail", FJORDBY))

    assert page.status_code == 200
    assert "2 linjer." in page.text
    assert "/institution/999002/" in page.text
    assert lines(officer, to)[1:] == [LEADER_LINE, CHIEF_LINE]


@pytest.mark.usefixtures("seen")
def test_there_are_no_names(officer, to):
    chief = a_holder(Role.CHIEF_SCHOOLS, SCHOOLS)

    for name in ("trail", "trail_file"):
        assert chief.username not in officer.get(to(name, FJORDBY)).text


@pytest.mark.usefixtures("seen")
def test_reading_the_log_is_written_down_too(officer, to):
    officer.get(to("trail", FJORDBY))
    officer.get(to("trail_file", FJORDBY))

    own = LookUp.objects.filter(role=OFFICER.value).values_list("route", flat=True)
    assert list(own) == ["web:trail", "web:trail_file"]


@pytest.mark.usefixtures("seen")
def test_it_can_be_asked_by_post_place_and_day(officer, to):
    leader = post_at(NORDSKOLEN, Role.LEADER).pk
    today = timezone.localdate()

    assert lines(officer, to, post=leader) == [LEADER_LINE]
    assert lines(officer, to, place="999001") == [LEADER_LINE]
    assert lines(officer, to, place="999002") == [CHIEF_LINE]
    assert len(lines(officer, to, first=today, last=today)) > 2
    assert lines(officer, to, first=today + timedelta(days=1)) == []
    assert lines(officer, to, last=today - timedelta(days=1)) == []


@pytest.mark.usefixtures("seen")
def test_what_was_done_is_said_in_words(officer, to):
    page = officer.get(to("trail", FJORDBY), {"which": "done"})

    assert "et resultat blev vurderet" in page.text
    assert "1 linje." in page.text
    assert lines(officer, to, which="done", place="999001") == []


@pytest.mark.parametrize("kind", Event.Kind)
def test_every_act_has_its_words(kind):
    assert kind in DONE


@pytest.mark.parametrize(
    "asked", [{"post": "0"}, {"post": "x"}, {"place": "998001"}, {"first": "soon"}]
)
def test_what_cannot_be_asked_is_refused_and_shows_nothing(officer, to, seen, asked):
    page = officer.get(to("trail", FJORDBY), asked)

    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert "/institution/999002/" not in page.text
    assert officer.get(to("trail_file", FJORDBY), asked).status_code == 400


def test_a_long_log_is_read_page_by_page_at_a_price_that_does_not_grow(
    officer, to, django_assert_max_num_queries
):
    leader = acts_in(Role.LEADER, NORDSKOLEN)
    for number in range(101):
        record_look_up("web:desk", f"/bord/?{number}", by=leader)

    with django_assert_max_num_queries(20):
        newest = officer.get(to("trail", FJORDBY), {"post": leader.post_id})
    assert "/bord/?100" in newest.text
    assert "side=2" in newest.text

    older = officer.get(to("trail", FJORDBY), {"post": leader.post_id, "side": 2})
    assert "/bord/?0" in older.text
    assert "Side 2 af 2" in older.text


@pytest.mark.parametrize("name", ["trail", "trail_file"])
def test_another_municipalitys_log_is_not_there(officer, to, name):
    assert officer.get(to(name, HAVBY)).status_code == 404


@pytest.mark.parametrize("name", ["trail", "trail_file"])
def test_nobody_else_reads_the_log(as_holder, client, to, name):
    for who in ((Role.DIRECTOR, TOWN), (Role.LEADER, SYDSKOLEN)):
        assert as_holder(*who).get(to(name, FJORDBY)).status_code == 403
    assert client.get(to(name, FJORDBY)).status_code == 302


def test_the_rows_are_not_given_to_who_may_not_read_them():
    director = Actor(user_id=1, role=Role.DIRECTOR, path=TOWN)

    with pytest.raises(Forbidden):
        rows_of(director, LookUp, Wanted(), at=TOWN)


def test_a_day_is_a_danish_day(officer, to, monkeypatch):
    moment = datetime(2026, 10, 26, 0, 30, tzinfo=HERE)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    record_look_up("web:desk", "/bord/", by=acts_in(Role.LEADER, NORDSKOLEN))
    actor = Actor(role=OFFICER, path=TOWN)

    def on(first, last):
        days = {"first": datetime.fromisoformat(first).date()}
        days["last"] = datetime.fromisoformat(last).date()
        return rows_of(actor, LookUp, Wanted(**days), at=TOWN).count()

    assert on("2026-10-26", "2026-10-26") == 1
    assert on("2026-10-25", "2026-10-25") == 0


def test_only_the_officer_has_the_right(to):
    from kaeden.access.rules import GRANTS

    assert [
        role for role, grants in GRANTS.items() if Permission.READ_TRAIL in grants
    ] == [OFFICER]
