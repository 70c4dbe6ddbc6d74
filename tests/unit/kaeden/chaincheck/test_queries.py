"""The breaks of all stations, gathered and put in order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kaeden.access.rules import NOBODY, Actor, Role
from kaeden.chaincheck import queries
from kaeden.organisation.chain import Chain, ChainPost, ChainUnit
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.rules import Kind
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from tests.builders.breaks import a_break
from tests.builders.places import (
    DAYCARE,
    FJORDBY,
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_country,
    a_holder,
    an_actor,
    unit_at,
)

DAY = date(2026, 11, 24)
UNITS = (
    ("999", Kind.MUNICIPALITY, ""),
    ("schools", Kind.AREA, "999"),
    ("daycare", Kind.AREA, "999"),
    ("999001", Kind.SCHOOL, "schools"),
)
RIGHTS = {
    "999": (TOWN,),
    "schools": (SCHOOLS,),
    "daycare": (DAYCARE,),
    "999001": (NORDSKOLEN,),
}
CHAIN = Chain(
    municipality="999",
    name="Fjordby",
    as_of=DAY,
    units=tuple(
        ChainUnit(code=code, kind=kind, name=code, parent=parent)
        for code, kind, parent in UNITS
    ),
    posts=(ChainPost(key="d", role=Role.DIRECTOR, title="", unit="999", holder="Bo"),),
)


def checked(monkeypatch, *breaks, chain=CHAIN):
    monkeypatch.setattr(
        queries, "REPORTERS", [lambda _chains, _day: iter(breaks), lambda *_: iter(())]
    )
    monkeypatch.setattr(queries, "OF_GOALS", [lambda *_: iter(())])
    return queries.checked({"999": chain}, DAY, {})


def test_the_gravest_stand_first_then_the_highest_then_the_oldest(monkeypatch):
    charter = a_break(BreakKind.POST_WITHOUT_CHARTER)
    old, new, undated = (
        a_break(unit="999001", about=f"post:{day}", since=day)
        for day in (date(2026, 1, 1), date(2026, 9, 1), None)
    )
    high = a_break(unit="schools")

    report = checked(monkeypatch, charter, undated, new, old, high)

    assert report.breaks == (high, old, new, undated, charter)
    assert report.kinds == {
        BreakKind.VACANT_POST: 4,
        BreakKind.POST_WITHOUT_CHARTER: 1,
    }


def test_of_a_chain_that_nobody_holds_a_post_in_only_vacant_posts_are_told(monkeypatch):
    director = replace(CHAIN.posts[0], holder="")
    template = replace(CHAIN, posts=(director,))

    (vacant,) = checked(monkeypatch, CHARTER, chain=template).breaks
    assert (vacant.kind, vacant.about) == (BreakKind.VACANT_POST, "post:d")
    assert checked(monkeypatch, CHARTER).breaks == (CHARTER,)


@pytest.mark.django_db
def test_a_filled_post_is_no_longer_a_break():
    a_country()
    before = queries.check(today())
    a_holder(Role.CHIEF_SCHOOLS, SCHOOLS)
    after = queries.check(today())

    gone = set(before.breaks) - set(after.breaks)
    assert "post:chief-schools" in {one.about for one in gone}
    assert {one.municipality for one in after.breaks} == {FJORDBY, HAVBY}


@pytest.mark.django_db
def test_posts_that_are_broken_alike_stand_as_they_do_in_the_chain():
    a_country()
    found = [one.about for one in queries.check(today(), FJORDBY).breaks]

    assert [about for about in found if "chief" in about] == [
        "post:chief-schools",
        "post:chief-daycare",
        "post:chief-families",
    ]


@pytest.mark.django_db
def test_one_municipality_is_checked_alone():
    a_country()
    alone, all_of_them = queries.check(today(), FJORDBY), queries.check(today())

    assert set(alone.chains) == {FJORDBY}
    assert set(alone.breaks) == {
        one for one in all_of_them.breaks if one.municipality == FJORDBY
    }


@pytest.mark.django_db
@pytest.mark.parametrize("municipality", [None, FJORDBY])
def test_a_day_before_anything_was_there_is_told_so(municipality):
    a_country()

    with pytest.raises(NoSuchUnit):
        queries.check(date(1999, 1, 1), municipality)


@pytest.mark.django_db
def test_a_municipality_that_is_not_there_is_not_checked():
    with pytest.raises(NoSuchUnit):
        queries.check(today(), "000")


@pytest.mark.django_db
def test_more_municipalities_do_not_cost_more_queries(django_assert_max_num_queries):
    a_country()

    with django_assert_max_num_queries(30):
        queries.check(today() + timedelta(days=1))


# Who may read what ---------------------------------------------------------------------


def acting(role, path):
    return Actor(user_id=1, role=role, path=path, post_id=1)


SCHOOLS_CHIEF = acting(Role.CHIEF_SCHOOLS, SCHOOLS)
DIRECTOR = acting(Role.DIRECTOR, TOWN)
DAYCARE_CHIEF = acting(Role.CHIEF_DAYCARE, DAYCARE)
LEADER = acting(Role.LEADER, NORDSKOLEN)
NEIGHBOUR = acting(Role.DIRECTOR, f"dk/{HAVBY}")
VACANT = a_break(unit="999001")
CHARTER = a_break(BreakKind.POST_WITHOUT_CHARTER, unit="999001")
PROMISE = a_break(BreakKind.COMMITMENT_OVERDUE, unit="999001")


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (NOBODY, {VACANT}),
        (NEIGHBOUR, {VACANT}),
        (DAYCARE_CHIEF, {VACANT, CHARTER}),
        (SCHOOLS_CHIEF, {VACANT, CHARTER, PROMISE}),
        (DIRECTOR, {VACANT, CHARTER, PROMISE}),
        (LEADER, {VACANT, CHARTER, PROMISE}),
    ],
)
def test_what_comes_from_words_follows_the_line(monkeypatch, actor, seen):
    report = checked(monkeypatch, VACANT, CHARTER, PROMISE)

    assert set(queries.seen_by(actor, report, RIGHTS).breaks) == seen


def test_what_is_said_above_a_post_is_seen_from_it(monkeypatch):
    above = a_break(BreakKind.QUESTION_UNANSWERED, unit="schools")
    report = checked(monkeypatch, above)

    assert queries.seen_by(LEADER, report, RIGHTS).breaks == (above,)
    assert queries.seen_by(DAYCARE_CHIEF, report, RIGHTS).breaks == ()


def test_words_of_a_unit_that_is_gone_today_are_seen_by_nobody(monkeypatch):
    gone = a_break(BreakKind.COMMITMENT_OVERDUE, unit="999009")
    report = checked(monkeypatch, gone)

    assert queries.seen_by(DIRECTOR, report, RIGHTS).breaks == ()


@pytest.mark.django_db
def test_what_somebody_may_see_is_read_with_the_rights_of_today():
    a_country()
    user = a_holder(Role.CHIEF_SCHOOLS, SCHOOLS)
    chief = an_actor(Role.CHIEF_SCHOOLS, SCHOOLS, user=user)

    known = queries.known_to(chief, unit_at(TOWN), today())
    public = queries.known_to(NOBODY, unit_at(TOWN), today())

    assert {"999", "schools", "999001"} <= known.line
    assert "daycare" not in known.line
    assert (known.own, known.with_names) == ("chief-schools", True)
    assert (public.line, public.own, public.with_names) == (frozenset(), "", False)
    assert {one.kind for one in public.report.breaks} == {BreakKind.VACANT_POST}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("owner", "leads"), [("chief-schools", True), ("leader-999001", False)]
)
def test_a_break_between_two_leads_on_for_its_owner_alone(monkeypatch, owner, leads):
    a_country()
    user = a_holder(Role.CHIEF_SCHOOLS, SCHOOLS)
    chief = an_actor(Role.CHIEF_SCHOOLS, SCHOOLS, user=user)
    overdue = a_break(
        kind=BreakKind.COMMITMENT_OVERDUE,
        unit="999001",
        owner=owner,
        path="/aftaler/4/",
    )
    monkeypatch.setattr(queries, "REPORTERS", [lambda _chains, _day: iter([overdue])])

    (told,) = queries.known_to(chief, unit_at(TOWN), today()).report.breaks

    assert told == replace(overdue, path="/aftaler/4/" if leads else "")


@pytest.mark.django_db
def test_somebody_with_a_post_elsewhere_has_none_here():
    a_country()
    user = a_holder(Role.DIRECTOR, f"dk/{HAVBY}")
    director = an_actor(Role.DIRECTOR, f"dk/{HAVBY}", user=user)
    known = queries.known_to(director, unit_at(TOWN), today())

    assert (known.own, known.line, known.with_names) == ("", frozenset(), False)
