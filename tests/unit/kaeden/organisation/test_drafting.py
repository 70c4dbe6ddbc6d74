"""Drawing a reorganisation and carrying it out: who may, and what becomes of today."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.organisation import drafting, queries
from kaeden.organisation.errors import NoSuchDraft, NoSuchUnit
from kaeden.organisation.models import Draft, Holding, Post
from kaeden.organisation.snapshot import chain_of
from kaeden.organisation.steps.posts import MovePost, SeatPost, SetStaff
from kaeden.organisation.steps.units import CloseUnit, MergeUnits, RenameUnit
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.chains import BEGAN, FJORDBY, a_chain, applied
from tests.builders.places import a_country, an_account, an_actor, post_at

TOWN, SCHOOLS, DAYCARE = "dk/999", "dk/999/schools", "dk/999/daycare"
NORD = f"{SCHOOLS}/999001"
CALL = RenameUnit(unit="999001", name="Fjordskolen")
MERGE = MergeUnits(unit="999001", other="999002", code="999001", name="Fjordskolen")


@pytest.fixture
def town(db):
    applied(a_chain())
    return queries.get_municipality(FJORDBY)


def by(role, path):
    return an_actor(role, path, user=an_account(f"{role} {path}"))


@pytest.fixture
def chief(town):
    return by(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def director(town):
    return by(Role.DIRECTOR, TOWN)


@pytest.fixture
def draft(town, chief):
    return drafting.begin_draft(town, " Én skole ", by=chief)


# Who sees what -------------------------------------------------------------------------


def test_a_draft_is_seen_by_the_post_that_drew_it_and_by_the_director(
    town, draft, chief, director
):
    other = by(Role.CHIEF_DAYCARE, DAYCARE)

    assert list(drafting.drafts_of(chief, town)) == [draft]
    assert list(drafting.drafts_of(director, town)) == [draft]
    assert list(drafting.drafts_of(other, town)) == []
    with pytest.raises(NoSuchDraft):
        drafting.get_draft(other, town, draft.pk)


def test_whoever_holds_the_post_next_sees_its_drafts(town, draft):
    newcomer = an_actor(Role.CHIEF_SCHOOLS, SCHOOLS, user=an_account("newcomer"))

    assert drafting.get_draft(newcomer, town, draft.pk) == draft


def test_a_post_that_moved_keeps_its_drafts(town, draft, chief):
    drafting.add_step(draft, SeatPost(post="skolechef", unit="999"), by=chief)
    drafting.carry_out(draft, on=today(), by=by(Role.DIRECTOR, TOWN))

    moved = an_actor(Role.CHIEF_SCHOOLS, TOWN, user=an_account("moved"))
    assert drafting.get_draft(moved, town, draft.pk) == draft


def test_from_another_municipality_there_is_nothing(town, draft):
    a_country([])
    neighbour = an_actor(Role.DIRECTOR, "dk/998")

    with pytest.raises(NoSuchUnit):
        drafting.drafts_of(neighbour, town)
    with pytest.raises(NoSuchUnit):
        drafting.begin_draft(town, "x", by=neighbour)


def test_a_leader_draws_nothing(town):
    with pytest.raises(Forbidden, match="not for your post"):
        drafting.begin_draft(town, "x", by=by(Role.LEADER, NORD))


# Drawing -------------------------------------------------------------------------------


def test_a_draft_has_a_name(town, draft, chief):
    assert str(draft) == draft.name == "Én skole"
    with pytest.raises(BadInput, match="what the draft is called"):
        drafting.begin_draft(town, " ", by=chief)


def test_drawing_leaves_today_alone(town, draft, chief):
    before = chain_of(town, today())

    drafting.add_step(draft, CALL, by=chief)

    draft.refresh_from_db()
    taken = drafting.drawn_on(draft, drafting.base_of(draft))
    assert chain_of(town, today()) == before
    assert taken.chain.unit["999001"].name == "Fjordskolen"


def test_a_step_that_can_not_be_taken_is_not_drawn(draft, chief):
    with pytest.raises(BadInput, match="carried on by itself"):
        drafting.add_step(draft, CloseUnit(unit="999001", by="999001"), by=chief)

    draft.refresh_from_db()
    assert draft.steps == []


def test_a_step_stands_on_those_that_somebody_else_has_drawn_meanwhile(
    town, draft, chief, director
):
    theirs = drafting.get_draft(director, town, draft.pk)
    drafting.add_step(draft, CloseUnit(unit="999001"), by=chief)

    with pytest.raises(BadInput, match="There is no unit"):
        drafting.add_step(theirs, CALL, by=director)


def test_a_step_is_taken_out_by_its_place(draft, chief):
    drafting.add_step(draft, CALL, by=chief)
    drafting.add_step(draft, SetStaff(post="skolechef", staff=3), by=chief)

    drafting.remove_step(draft, 1, by=chief)

    draft.refresh_from_db()
    assert [step["kind"] for step in draft.steps] == ["set_staff"]
    with pytest.raises(NoSuchDraft, match="no such step"):
        drafting.remove_step(draft, 2, by=chief)


def test_a_draft_has_an_end(draft, chief, monkeypatch):
    monkeypatch.setattr(drafting, "MOST_STEPS", 1)
    drafting.add_step(draft, CALL, by=chief)

    with pytest.raises(Refused, match="at most 1 steps"):
        drafting.add_step(draft, CALL, by=chief)


def test_another_chief_changes_nothing_in_it(draft):
    other = by(Role.CHIEF_DAYCARE, DAYCARE)

    with pytest.raises(NoSuchDraft):
        drafting.add_step(draft, CALL, by=other)
    with pytest.raises(NoSuchDraft):
        drafting.drop_draft(draft, by=other)


def test_a_draft_is_thrown_away(draft, chief):
    drafting.drop_draft(draft, by=chief)

    assert not Draft.objects.exists()
    assert Event.objects.filter(kind=Event.Kind.DRAFT_DROPPED).count() == 1


# Carrying out --------------------------------------------------------------------------


def test_the_director_lets_the_chain_be_as_drawn(town, draft, chief, director):
    drafting.add_step(draft, MERGE, by=chief)

    changes = drafting.carry_out(draft, on=today(), by=director)

    now = chain_of(town, today())
    assert changes
    assert now.unit["999001"].name == "Fjordskolen"
    assert now.carried_on == {"999002": ("999001",)}
    assert "999002" in chain_of(town, today() - timedelta(days=1)).unit


def test_a_chief_draws_but_the_director_carries_out(draft, chief):
    drafting.add_step(draft, CALL, by=chief)

    with pytest.raises(Forbidden):
        drafting.carry_out(draft, on=today(), by=chief)


def test_a_day_that_has_not_come_waits(town, draft, chief, director):
    drafting.add_step(draft, CALL, by=chief)

    with pytest.raises(Refused, match="has not come yet"):
        drafting.carry_out(draft, on=today() + timedelta(days=1), by=director)

    draft.refresh_from_db()
    assert draft.carried_out_on is None
    assert chain_of(town, today()).unit["999001"].name == "Nordskolen"


def test_an_earlier_day_is_caught_up_with(town, draft, chief, director):
    drafting.add_step(draft, CALL, by=chief)

    drafting.carry_out(draft, on=date(2025, 8, 1), by=director)

    assert chain_of(town, date(2025, 7, 31)).unit["999001"].name == "Nordskolen"
    assert chain_of(town, date(2025, 8, 1)).unit["999001"].name == "Fjordskolen"


def test_a_step_that_the_chain_has_overtaken_is_named(draft, chief, director):
    drafting.add_step(draft, CALL, by=chief)
    drafting.add_step(draft, SetStaff(post="leder-999002", staff=9), by=chief)
    posts = tuple(post for post in a_chain().posts if post.key != "leder-999002")
    applied(a_chain(posts=posts, communities=()), on=today())

    with pytest.raises(Refused, match="Step 2 can't be taken"):
        drafting.carry_out(draft, on=today(), by=director)


def test_an_empty_draft_is_not_carried_out(draft, director):
    with pytest.raises(Refused, match="changes nothing"):
        drafting.carry_out(draft, on=today(), by=director)


def test_a_draft_that_was_carried_out_stays_as_it_is(draft, chief, director):
    drafting.add_step(draft, CALL, by=chief)
    drafting.carry_out(draft, on=today(), by=director)
    draft.refresh_from_db()

    for verb in (
        lambda: drafting.add_step(draft, CALL, by=chief),
        lambda: drafting.remove_step(draft, 1, by=chief),
        lambda: drafting.carry_out(draft, on=today(), by=director),
        lambda: drafting.drop_draft(draft, by=director),
    ):
        with pytest.raises(Refused, match="has been carried out"):
            verb()
    taken = drafting.drawn_on(draft, drafting.base_of(draft))
    assert taken.why_not == {}
    assert drafting.base_of(draft).unit["999001"].name == "Nordskolen"


def test_who_holds_a_post_keeps_their_account_when_it_moves(
    town, draft, chief, director
):
    user = an_account("leader")
    post = post_at(NORD, Role.LEADER)
    Holding.objects.create(post=post, user=user, valid_from=BEGAN)
    vacant = Post.objects.get(key="leder-999002")
    drafting.add_step(draft, SeatPost(post="leder-999001", unit="schools"), by=chief)
    drafting.add_step(draft, SeatPost(post="leder-999002", unit="schools"), by=chief)
    drafting.add_step(draft, MovePost(post="leder-999001", to="direktor"), by=chief)

    drafting.carry_out(draft, on=today(), by=director)

    held = Holding.objects.get(user=user, valid_to__isnull=True)
    assert (held.post.key, held.post.unit.code) == ("leder-999001", "schools")
    assert held.valid_from == today()
    assert not Holding.objects.filter(post__key=vacant.key).exists()
