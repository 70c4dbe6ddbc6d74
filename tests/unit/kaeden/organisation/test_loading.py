from datetime import date

import pytest

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.audit.models import Event
from kaeden.organisation.loading import load_country
from kaeden.organisation.models import Holding, Post, Unit
from kaeden.shared.errors import Forbidden
from tests.builders.places import (
    DAYCARE,
    FAMILIES,
    FRISKOLEN,
    HAVBY,
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    a_school,
    post_at,
    the_registers,
    unit_at,
)

pytestmark = pytest.mark.django_db
LATER = date(2026, 8, 1)


def everything():
    return (
        list(Unit.objects.order_by("pk").values()),
        list(Post.objects.order_by("pk").values()),
    )


def without(code):
    return [one for one in the_registers() if one.code != code]


def above(post):
    link = post.links_up.filter(valid_to__isnull=True).first()
    return link and link.upper


def test_each_municipality_gets_its_areas_and_its_institutions():
    assert a_country() == 1 + 2 * (1 + 4) + 5

    below = Unit.objects.filter(path__startswith=f"{TOWN}/").order_by("path")
    assert [unit.path for unit in below] == [
        *(DAYCARE, SOLSTRAALEN, FAMILIES, f"{TOWN}/others", FRISKOLEN),
        *(SCHOOLS, NORDSKOLEN, SYDSKOLEN),
    ]


def test_every_unit_but_the_country_has_the_unit_above_it_as_parent():
    a_country()

    for unit in Unit.objects.exclude(path="dk").select_related("parent"):
        assert unit.parent.path == unit.path.rpartition("/")[0]


def test_the_template_posts_are_vacant_and_linked_upward():
    a_country()

    line = [(NORDSKOLEN, "leader"), (SCHOOLS, "chief_schools"), (TOWN, "director")]
    post = post_at(*line[0][:1], Role.LEADER)
    for path, role in line:
        assert (post.unit.path, post.role) == (path, role)
        post = above(post)
    assert (post.unit.path, post.role, above(post)) == (TOWN, "committee", None)
    assert not Holding.objects.exists()


def test_each_area_has_its_chief_and_each_institution_its_leader():
    a_country()

    chiefs = {SCHOOLS: "chief_schools", DAYCARE: "chief_daycare"}
    chiefs[FAMILIES] = "chief_families"
    leaders = dict.fromkeys([NORDSKOLEN, SYDSKOLEN, SOLSTRAALEN], "leader")
    found = Post.objects.filter(unit__path__startswith=f"{TOWN}/")
    assert dict(found.values_list("unit__path", "role")) == chiefs | leaders


def test_a_private_school_is_outside_the_chain_and_has_no_post():
    a_country()

    assert not unit_at(FRISKOLEN).is_in_chain
    assert not Post.objects.filter(unit__path=FRISKOLEN).exists()


def test_a_school_without_a_municipality_hangs_under_the_country():
    a_country([a_school("999009", "Fjordskolen", municipality_code="")])

    school = unit_at("dk/others/999009")
    assert school.parent.path == "dk"
    assert school.municipality_code == ""
    assert not school.is_in_chain


def test_loading_twice_changes_nothing():
    a_country()
    before = everything()

    assert a_country(as_of=LATER) == 0
    assert everything() == before


def test_a_new_school_comes_with_a_vacant_post_from_that_day():
    a_country()

    new = a_school("999007", "Østskolen", town="Fjordby", latitude=56.1)
    assert a_country([*the_registers(), new], as_of=LATER) == 1

    post = post_at(f"{SCHOOLS}/999007", Role.LEADER)
    assert above(post) == post_at(SCHOOLS, Role.CHIEF_SCHOOLS)
    assert (post.unit.valid_from, post.unit.town) == (LATER, "Fjordby")


def test_a_school_that_leaves_the_register_ends_and_so_does_its_post():
    a_country()

    a_country(without("999002"), as_of=LATER)

    gone = Unit.objects.get(path=SYDSKOLEN)
    assert gone.valid_to == gone.posts.get().valid_to == LATER
    assert unit_at(NORDSKOLEN).valid_to is None


def test_who_held_a_post_that_ended_is_kept():
    a_country()
    Holding.objects.create(
        post=post_at(SYDSKOLEN, Role.LEADER), holder_name="A", valid_from=LOADED
    )

    a_country(without("999002"), as_of=LATER)

    assert Holding.objects.get().holder_name == "A"


def test_a_school_that_comes_back_is_a_new_chapter_of_the_same_path():
    a_country()
    a_country(without("999002"), as_of=LATER)

    assert a_country(as_of=date(2027, 8, 1)) == 1
    assert Unit.objects.filter(path=SYDSKOLEN).count() == 2
    assert post_at(SYDSKOLEN, Role.LEADER).valid_from == date(2027, 8, 1)


def test_a_municipality_that_is_merged_away_ends_with_all_its_posts():
    a_country()

    load_country([("999", "Fjordby")], the_registers()[:4], as_of=LATER, by=SYSTEM)

    open_posts = Post.objects.filter(valid_to__isnull=True)
    assert not open_posts.filter(unit__path__startswith=f"dk/{HAVBY}").exists()


@pytest.mark.parametrize("as_of", [LOADED, date(2025, 1, 1)])
def test_a_school_that_was_there_by_mistake_never_was(as_of):
    a_country()

    a_country(without("999002"), as_of=as_of)

    assert Unit.objects.get(path=SYDSKOLEN).valid_to == LOADED


def test_names_are_searched_as_people_type_them():
    a_country([a_school(name="Åskolen")])

    assert unit_at(NORDSKOLEN).search_name == "aaskolen"


def test_loading_is_in_the_audit_trail():
    a_country()

    event = Event.objects.get()
    assert event.kind == Event.Kind.ORGANISATION_LOADED
    assert event.about == f"organisation.unit:{unit_at('dk').pk}"


def test_only_the_command_line_loads_the_organisation():
    with pytest.raises(Forbidden):
        load_country([], [], as_of=LOADED, by=NOBODY)

    assert not Unit.objects.exists()
