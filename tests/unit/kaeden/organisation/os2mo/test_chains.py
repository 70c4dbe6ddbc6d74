"""OS2mo's units and managers become a chain by the mapping's words, and no others."""

from dataclasses import replace
from datetime import date

import pytest
import yaml
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.organisation.chain import ChainCommunity, NotMine
from kaeden.organisation.os2mo.chains import chain_on
from kaeden.organisation.os2mo.facts import gather
from kaeden.organisation.os2mo.fetching import days_of
from kaeden.organisation.os2mo.mapping import Mapping, load
from kaeden.organisation.rules import Bound, Degree, Kind, Task
from kaeden.shared.errors import BadInput
from tests.builders.chains import a_post, a_unit
from tests.os2mo.world import MAPPING, a_class, a_manager, a_person, uuid
from tests.os2mo.world import a_unit as a_mo_unit

BEFORE, AFTER = date(2025, 1, 1), date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("da"):
        yield


class Lists:
    """What an OS2mo gives, without the way to it; the client's tests go the way."""

    def __init__(self, world):
        self.world = world

    def objects(self, query, **variables):
        name = {"Units": "org_units"}.get(query, query.lower())
        for one in self.world.lists[name]:
            yield {**one, "current": one["validities"][0]}


def a_mapping(*changes):
    text = MAPPING
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return Mapping.model_validate(yaml.safe_load(text))


@pytest.fixture
def outcome(world):
    """The outcome on a day, by a mapping, over a chain."""

    def on(day=AFTER, mapping=None, base=None):
        return chain_on(day, gather(Lists(world)), mapping or a_mapping(), base)

    return on


# Units --------------------------------------------------------------------------------


def test_the_units_below_the_root_are_those_of_the_mapping(outcome):
    units = {(u.code, u.kind, u.parent) for u in outcome().chain.units}

    assert units == {
        ("999", Kind.MUNICIPALITY, ""),
        ("schools", Kind.AREA, "999"),
        ("daycare", Kind.AREA, "999"),
        ("nord", Kind.CLUSTER, "daycare"),
        ("syd", Kind.CLUSTER, "daycare"),
        ("999001", Kind.SCHOOL, "schools"),
        ("G99901", Kind.DAYCARE, "syd"),
    }


def test_a_day_has_the_places_of_that_day(outcome):
    assert outcome(BEFORE).chain.unit["G99901"].parent == "nord"
    assert outcome(date(2025, 7, 31)).chain.unit["G99901"].parent == "nord"
    assert outcome(date(2025, 8, 1)).chain.unit["G99901"].parent == "syd"


def test_a_type_that_is_not_mapped_is_told_and_what_lies_below_hangs_higher(outcome):
    found = outcome(mapping=a_mapping(("  klynge: cluster\n", "")))

    assert found.chain.unit["G99901"].parent == "daycare"
    assert "2 enheder af typen “klynge” er udeladt: typen er ikke oversat." in (
        found.left_out
    )
    assert "2 ledere er udeladt sammen med deres enheder." in found.left_out
    assert not any(post.unit == "nord" for post in found.chain.posts)


def test_the_root_must_be_there(outcome):
    with pytest.raises(BadInput, match="ingen enhed “boern” den 2000-01-01"):
        outcome(date(2000, 1, 1))


def test_the_root_can_be_named_by_its_uuid(outcome):
    mapping = a_mapping(("root: boern", f"root: {uuid('boern')}"))

    assert len(outcome(mapping=mapping).chain.units) == 7


@pytest.mark.parametrize("key", ["Æblehuset 2", "x" * 21, ""])
def test_a_key_that_is_no_code_gives_way_to_the_uuid(outcome, world, key):
    odd = a_mo_unit(
        "odd", {"name": "Æblehuset", "parent": "syd", "type": "institution"}
    )
    odd["validities"][0]["user_key"] = key
    world.lists["org_units"].append(odd)

    unit = next(u for u in outcome().chain.units if u.name == "Æblehuset")

    assert unit.code == uuid("odd").replace("-", "")[:20]


def test_a_code_that_another_unit_has_is_told(outcome):
    found = outcome(mapping=a_mapping(("sol: G99901", 'sol: "999001"')))

    assert (
        "Børnehuset Solstrålen har samme kode 999001 som en anden enhed. "
        "Giv den sin egen."
    ) in found.left_out


def test_units_in_a_circle_are_passed_over(outcome, world):
    for one, above in (("a", "b"), ("b", "a")):
        fact = {"name": one, "parent": above, "type": "skole"}
        world.lists["org_units"].append(a_mo_unit(one, fact))
    world.lists["org_units"][1]["validities"][0]["parent_response"] = {
        "uuid": uuid("sol")
    }

    assert len(outcome().chain.units) == 7


# Posts --------------------------------------------------------------------------------


def test_managers_become_posts_by_the_first_rule_that_fits(outcome):
    posts = {p.key: (p.role, p.unit, p.reports_to) for p in outcome().chain.posts}

    assert posts == {
        "direktor": (Role.DIRECTOR, "999", ""),
        "chief-schools-schools": (Role.CHIEF_SCHOOLS, "schools", "direktor"),
        "chief-daycare-daycare": (Role.CHIEF_DAYCARE, "daycare", "direktor"),
        "area-leader-nord": (Role.AREA_LEADER, "nord", "chief-daycare-daycare"),
        "leader-999001": (Role.LEADER, "999001", "chief-schools-schools"),
        "leader-g99901": (Role.LEADER, "G99901", "chief-daycare-daycare"),
    }


def test_a_manager_without_a_person_is_a_vacant_post(outcome):
    assert outcome(BEFORE).chain.post["leader-g99901"].holder == "L S"
    assert outcome(AFTER).chain.post["leader-g99901"].is_vacant


def test_a_manager_whom_no_rule_fits_is_told_and_left_out(outcome):
    assert outcome().left_out == (
        "1 enhed af typen “stab” er udeladt: typen er ikke oversat.",
        "1 leder er udeladt sammen med sin enhed.",
        "1 leder af niveauet “niveau3” og typen “leder” er udeladt: ingen regel passer.",
    )


def test_the_words_of_a_charter_are_those_of_the_mapping(outcome):
    post = outcome().chain.post["leader-g99901"]

    assert post.title == "Leder af Børnehuset Solstrålen"
    assert post.charter.area.startswith("Børnehuset Solstrålen: børnene")
    assert post.charter.degree(Task.LEAD_CLOSE) is Degree.HOLDS
    assert post.charter.degree(Task.CHOOSE) is Degree.NOT
    assert post.charter.not_mine == (
        NotMine(words="Visitation", ask="chief-daycare-daycare"),
    )
    assert outcome().chain.post["direktor"].charter is None


def test_the_only_post_of_a_role_is_asked_wherever_it_is(outcome):
    schools = outcome().chain.post["leader-999001"]

    assert schools.charter.not_mine[0].ask == "chief-daycare-daycare"


def test_a_line_that_nobody_can_be_asked_about_is_told(outcome):
    found = outcome(mapping=a_mapping(("ask: chief_daycare", "ask: chief_families")))

    assert found.chain.post["leader-g99901"].charter.not_mine == ()
    assert (
        "leader-g99901: der er ingen stilling med rollen “Familiechef” at spørge."
    ) in found.left_out


def test_two_managers_that_become_one_post_are_told(outcome, world):
    twin = a_manager("m5b", {"unit": "999001", "level": "niveau4", "person": "S C"})
    world.lists["managers"].append(twin)

    found = outcome()

    assert found.chain.post["leader-999001"].holder == "L N"
    assert any("to ledere, der begge bliver" in said for said in found.left_out)


def test_a_role_at_a_unit_where_it_cannot_be_is_told(outcome):
    found = outcome(mapping=a_mapping(("role: area_leader", "role: committee")))

    assert any(said.startswith("Nord kan ikke have en") for said in found.left_out)


def test_a_person_whom_os2mo_does_not_tell_of_leaves_the_post_vacant(outcome, world):
    world.lists["persons"] = [a_person("D E")]

    chain = outcome().chain

    assert chain.post["direktor"].holder == "D E"
    assert chain.post["leader-999001"].is_vacant


def test_a_name_that_held_at_another_time_is_better_than_none(outcome, world):
    person = world.lists["persons"][0]
    person["validities"][0]["validity"]["to"] = "2020-01-01T00:00:00+01:00"

    assert outcome().chain.post["direktor"].holder == "D E"


@pytest.mark.parametrize(
    "when",
    ["{type: leder}", "{unit: '999001', level: niveau3}", "{level: [x, niveau3]}"],
)
def test_a_rule_can_ask_for_type_unit_or_one_of_several(outcome, when):
    mapping = a_mapping(
        ("{level: niveau4}\n    role: leader", f"{when}\n    role: department_leader")
    )

    assert "department-leader-999001" in outcome(mapping=mapping).chain.post


# What only we know --------------------------------------------------------------------


@pytest.fixture
def base(outcome):
    """The chain as it was fetched before, with what people have added."""
    chain = outcome(BEFORE).chain
    posts = tuple(replace(one, staff=7) for one in chain.posts)
    team = a_post("team", Role.TEAM, "999001-3a", "leader-999001")
    committee = a_post("udvalg", Role.COMMITTEE, "999", "")
    analyst = a_post("analytiker", Role.ANALYST, "999", "ukendt")
    community = ChainCommunity(
        key="sprog", name="Sprog", purpose="x", members=("direktor", "gone")
    )
    return replace(
        chain,
        units=(
            *(replace(unit, form="f", latitude=55.0) for unit in chain.units),
            a_unit("999001-3a", "3.a", Kind.CLASS, "999001"),
            a_unit("999009-1", "Gul", Kind.GROUP, "999009"),
        ),
        posts=(*posts, committee, team, analyst),
        communities=(community,),
        bounds={Role.LEADER: Bound(5, 20)},
        carried_on={"999008": ("999001",)},
    )


def test_what_os2mo_does_not_know_stays_as_it_is(outcome, base):
    chain = outcome(base=base).chain

    assert chain.post["leader-999001"].staff == 7
    assert chain.post["direktor"].reports_to == "udvalg"
    assert chain.post["team"].reports_to == "leader-999001"
    assert chain.post["analytiker"].reports_to == "direktor"
    assert (chain.unit["G99901"].form, chain.unit["G99901"].latitude) == ("f", 55.0)
    assert "999001-3a" in chain.unit
    assert "999009-1" not in chain.unit
    assert chain.bounds == base.bounds
    assert chain.communities[0].members == ("direktor",)
    assert chain.carried_on == {"999008": ("999001",)}


def test_a_charter_without_words_in_the_mapping_stays(outcome, base):
    written = base.post["leader-999001"].charter
    posts = tuple(
        replace(one, charter=written) if one.key == "direktor" else one
        for one in base.posts
    )

    chain = outcome(base=replace(base, posts=posts)).chain

    assert chain.post["direktor"].charter == written


def test_the_mapping_names_who_carries_on_what_has_ended(outcome, base, world):
    world.lists["org_units"][-1]["validities"].pop()
    mapping = a_mapping(("posts:", "carried_on: {G99901: ['999001'], x: [y]}\nposts:"))

    chain = outcome(base=base, mapping=mapping).chain

    assert "G99901" not in chain.unit
    assert chain.carried_on == {"999008": ("999001",), "G99901": ("999001",)}


# Days and files -----------------------------------------------------------------------


def test_the_days_are_those_on_which_something_changed(world):
    facts = gather(Lists(world))

    assert days_of(facts, a_mapping(), AFTER) == (date(2024, 8, 1), date(2025, 8, 1))
    assert days_of(facts, a_mapping(), BEFORE) == (date(2024, 8, 1),)
    uuid_root = a_mapping(("root: boern", f"root: {uuid('boern')}"))
    assert days_of(facts, uuid_root, BEFORE) == (date(2024, 8, 1),)


def test_a_validity_without_a_beginning_has_always_held(outcome, world):
    for one in (*world.lists["org_units"], *world.lists["managers"]):
        one["validities"][0]["validity"]["from"] = None

    assert outcome(date(1980, 1, 1)).chain.unit["G99901"].parent == "nord"
    assert days_of(gather(Lists(world)), a_mapping(), AFTER) == (date(2025, 8, 1),)


def test_where_everything_is_mapped_nothing_is_left_out(outcome, world):
    world.lists["managers"].pop()

    assert (
        outcome(
            mapping=a_mapping(("skole: school", "skole: school\n  stab: cluster"))
        ).left_out
        == ()
    )


def test_words_of_other_lists_are_no_trouble(outcome, world):
    world.lists["classes"].append(a_class("manager_level", "niveau9"))

    assert len(outcome().chain.posts) == 6


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("root: boern\n", ""), "root: mangler"),
        (("omraade: area", "omraade: municipality"), "kun root er kommunen"),
        (("omraade: area", "omraade: areal"), "der står “areal”"),
        (("role: director", "role: boss"), "posts → 1 → role: der står “boss”"),
        (("{level: niveau1}", "{lvl: niveau1}"), "posts → 1 → when → lvl: er ikke et"),
        (("area: ", "aera: "), "charter → area: mangler"),
        (("lead_close: holds", "lead_close: yes"), "lead_close"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_told(tmp_path, change, sentence):
    file = tmp_path / "fjordby.yaml"
    assert change[0] in MAPPING
    file.write_text(MAPPING.replace(*change, 1), encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        load(file)

    assert sentence in refused.value.message
