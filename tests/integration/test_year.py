"""The page of the year: month by month, on a screen and on paper."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.shared.clock import today
from kaeden.shared.periods import Period
from kaeden.yearwheel.queries import year_of
from tests.builders.dialogue import holder_of
from tests.builders.places import NORDSKOLEN, SCHOOLS
from tests.builders.talks import planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]


@pytest.fixture
def leader(fjordby):
    return holder_of(Role.LEADER, NORDSKOLEN)


@pytest.fixture
def page(leader):
    client = Client()
    client.force_login(User.objects.get(pk=leader.user_id))
    return client


def test_a_leader_sees_what_is_next_and_what_it_prepares(page, leader, to):
    made = planned(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS), leader)
    year = year_of(made.planned_for)

    shown = page.get(to("year", "999"), {"aar": str(year)}).text

    assert f"<h1>Året {year}</h1>" in shown
    assert "Det næste for dig" in shown
    assert f'href="/samtaler/{made.pk}/"' in shown
    assert "En til tre aftaler, der åbner den næste samtale" in shown
    assert "Kommer igen på en dag, som Kæden ikke kender" in shown
    assert "Tilsyn i dagtilbud" in shown


def test_the_picture_and_the_list_say_the_same(page, to):
    shown = page.get(to("year", "999")).text

    assert shown.count("<circle") >= 4
    assert shown.count("<h3>") == 12
    assert "stroke-dasharray" in shown
    assert 'aria-current="date"' in shown


def test_another_year_has_no_today(page, to):
    next_year = Period(start=year_of(today()).start + 1, is_school_year=True)

    shown = page.get(to("year", "999"), {"aar": str(next_year)}).text

    assert f"<h1>Året {next_year}</h1>" in shown
    assert "stroke-dasharray" not in shown


@pytest.mark.parametrize("asked", ["2026", "1900/01", "i år"])
def test_a_year_that_cannot_be_shown_is_refused_with_a_sentence(page, to, asked):
    assert page.get(to("year", "999"), {"aar": asked}).status_code == 400


def test_it_is_for_those_with_a_post_in_the_municipality(page, to):
    assert page.get(to("year", "998")).status_code == 404
    assert Client().get(to("year", "999")).status_code == 302


def test_several_in_a_month_are_told_as_a_number(to, fjordby):
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    leaders = [holder_of(Role.LEADER, NORDSKOLEN)]
    leaders.append(holder_of(Role.LEADER, f"{SCHOOLS}/999002"))
    day = today() + timedelta(days=1)
    for one in leaders:
        planned(chief, one, on=day)
    client = Client()
    client.force_login(User.objects.get(pk=chief.user_id))

    shown = client.get(to("year", "999"), {"aar": str(year_of(day))}).text

    assert 'text-anchor="middle" font-size="11"' in shown
