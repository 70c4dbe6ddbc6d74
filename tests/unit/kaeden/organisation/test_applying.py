from dataclasses import replace
from datetime import date, timedelta

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.organisation.actions import apply_chain
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Holding, Succession, Unit
from kaeden.organisation.rules import Bound, Degree, Task
from kaeden.organisation.snapshot import all_chains, chain_of
from kaeden.shared.clock import now, today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.chains import (
    BEGAN,
    a_chain,
    a_charter,
    applied,
    with_post,
    with_unit,
    without,
)
from tests.builders.places import a_country, an_actor, unit_at

pytestmark = pytest.mark.django_db
MIDWINTER = date(2025, 2, 1)


def town():
    return Unit.objects.get(code="999", valid_to__isnull=True)


def chain(day=MIDWINTER, **how):
    return chain_of(town(), day, **how)


def words(one):
    """A chain without what the database adds: since when, and full lists of tasks."""
    posts = [
        replace(
            post,
            since=None,
            charter=post.charter
            and replace(post.charter, tasks={t: post.charter.degree(t) for t in Task}),
        )
        for post in sorted(one.posts, key=lambda post: post.key)
    ]
    units = [
        replace(unit, since=None, successors=())
        for unit in sorted(one.units, key=lambda unit: unit.code)
    ]
    return units, posts, one.communities, dict(one.bounds), dict(one.carried_on)


def test_what_is_applied_is_what_is_read():
    applied(a_chain())

    assert words(chain()) == words(a_chain())
    assert chain().as_of == MIDWINTER


def test_applying_again_changes_nothing_and_tells_nobody():
    applied(a_chain())

    assert applied(chain()) == ()
    assert Event.objects.filter(kind=Event.Kind.CHAIN_APPLIED).count() == 1


@pytest.mark.parametrize(
    "wanted",
    [
        with_unit(a_chain(), "G99901", parent="daycare"),
        with_unit(a_chain(), "nord", parent="999"),
        with_unit(a_chain(), "999002", cluster="nord"),
        with_unit(a_chain(), "999002", name="Fjordskolen"),
        with_post(a_chain(), "leder-nord", reports_to="direktor"),
        with_post(a_chain(), "leder-nord", reports_to=""),
        with_post(a_chain(), "leder-999001", unit="999002"),
        with_post(a_chain(), "skolechef", holder="Konstitueret skolechef"),
        with_post(a_chain(), "skolechef", holder=""),
        with_post(a_chain(), "leder-999001", charter=a_charter(not_mine=())),
        with_post(a_chain(), "leder-999001", charter=None),
        with_post(
            a_chain(),
            "leder-999002",
            charter=a_charter(tasks={Task.CHOOSE: Degree.SHARES}),
        ),
        replace(a_chain(), communities=()),
        replace(
            a_chain(),
            communities=(replace(a_chain().communities[0], members=("leder-nord",)),),
        ),
        replace(a_chain(), bounds={Role.DIRECTOR: Bound(2, 5, 2)}),
        without(a_chain(communities=()), "999002", "leder-999002"),
    ],
)
def test_a_change_holds_from_its_day_and_what_was_before_stays(wanted):
    applied(a_chain())
    before = words(chain(BEGAN))

    assert applied(wanted, on=MIDWINTER)

    assert words(chain()) == words(wanted)
    units, posts, communities, _bounds, _on = words(chain(MIDWINTER - timedelta(1)))
    assert (units, posts, communities) == before[:3]


def test_a_title_and_the_number_of_staff_have_no_history():
    applied(a_chain())

    applied(
        with_post(a_chain(), "leder-999001", title="Skoleleder", staff=30), on=MIDWINTER
    )

    assert chain(BEGAN).post["leder-999001"].title == "Skoleleder"
    assert chain().post["leder-999001"].staff == 30


def test_a_moved_unit_takes_all_below_it_along():
    applied(a_chain())

    applied(with_unit(a_chain(), "nord", parent="999"), on=MIDWINTER)

    assert unit_at("dk/999/nord/G99901").parent.code == "nord"
    assert [unit.code for unit in chain(BEGAN).up("G99901")][1:3] == ["nord", "daycare"]


def test_a_merged_school_is_carried_on_and_keeps_its_address():
    applied(a_chain(communities=()))

    merged = without(a_chain(communities=()), "999002", "leder-999002")
    applied(replace(merged, carried_on={"999002": ("999001",)}), on=MIDWINTER)

    assert Succession.objects.get().on == MIDWINTER
    assert chain(BEGAN).unit["999002"].successors == ("999001",)
    assert chain().carried_on == {"999002": ("999001",)}
    assert Unit.objects.get(code="999002").path == "dk/999/schools/999002"


def test_what_was_known_then_is_still_what_was_known_then():
    applied(a_chain())
    then = now()

    applied(with_unit(a_chain(), "G99901", parent="daycare"), on=MIDWINTER)
    applied(
        with_unit(
            with_unit(a_chain(), "G99901", parent="daycare"), "999002", name="Syd"
        ),
        on=MIDWINTER,
    )

    assert words(chain(known_at=then)) == words(a_chain())
    assert chain().unit["999002"].name == "Syd"
    assert chain(BEGAN).unit["999002"].name == "Sydskolen"


def test_a_vacant_post_says_since_when():
    applied(a_chain())

    applied(with_post(a_chain(), "skolechef", holder=""), on=MIDWINTER)

    assert chain().post["skolechef"].since == MIDWINTER
    assert chain().post["leder-nord"].since == BEGAN


def test_a_holder_who_logs_in_keeps_the_holding(django_user_model):
    applied(a_chain())
    user = django_user_model.objects.create(username="demo-skolechef", is_demo=True)
    Holding.objects.filter(post__key="skolechef").update(user=user)

    applied(with_unit(a_chain(), "999002", name="Syd"), on=MIDWINTER)

    assert Holding.objects.get(post__key="skolechef").user == user


def test_a_municipality_of_the_registers_can_bring_its_own_chain():
    a_country()
    wanted = with_unit(a_chain(communities=()), "999002", parent="schools")

    apply_chain(wanted, on=date(2026, 5, 1), by=an_actor(Role.DIRECTOR, "dk/999"))
    a_country(as_of=date(2026, 6, 1))

    assert words(chain(date(2026, 6, 2)))[1] == words(wanted)[1]
    assert unit_at("dk/999/others/999003").name == "Fjord Friskole"
    assert not Unit.objects.filter(path="dk/999/daycare/G99901", valid_to=None).exists()


def test_all_chains_are_read_at_the_price_of_one(django_assert_num_queries):
    a_country()
    applied(a_chain(), on=date(2026, 5, 1))

    with django_assert_num_queries(13):
        found = all_chains(date(2026, 5, 2))

    assert sorted(found) == ["998", "999"]
    assert [post.key for post in found["998"].posts][:2] == ["committee", "director"]


def test_a_chain_of_before_there_was_one_is_not_there():
    applied(a_chain())

    with pytest.raises(NoSuchUnit, match="not there on that day"):
        chain(date(2020, 1, 1))


# What is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "actor",
    [
        NOBODY,
        an_actor(Role.DIRECTOR, "dk/998"),
        an_actor(Role.CHIEF_SCHOOLS, "dk/999/schools"),
        an_actor(Role.COMMITTEE, "dk/999"),
    ],
)
def test_only_the_director_and_the_command_line_change_the_chain(actor):
    with pytest.raises(Forbidden):
        apply_chain(a_chain(), on=BEGAN, by=actor)

    assert not Unit.objects.exists()


def test_a_day_to_come_is_refused():
    with pytest.raises(Refused, match="has not come yet"):
        applied(a_chain(), on=today() + timedelta(days=1))


def test_a_day_before_the_latest_change_is_refused():
    applied(a_chain())
    applied(with_unit(a_chain(), "nord", parent="999"), on=MIDWINTER)

    with pytest.raises(Refused, match="Choose a later day"):
        applied(a_chain(), on=MIDWINTER - timedelta(days=1))


def test_a_loose_end_refuses_the_whole():
    with pytest.raises(BadInput, match="not there"):
        applied(with_unit(a_chain(), "999002", parent="vest"))

    assert not Unit.objects.exists()


def test_a_unit_that_never_was_can_not_be_carried_on():
    applied(a_chain())

    with pytest.raises(BadInput, match="no unit 999009"):
        applied(replace(a_chain(), carried_on={"999009": ("999001",)}), on=MIDWINTER)
