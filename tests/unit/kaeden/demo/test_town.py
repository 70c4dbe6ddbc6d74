"""What Fjordby is made of: sound from the start, broken on purpose after."""

from collections import Counter
from datetime import date

import pytest

from kaeden.access.rules import Role
from kaeden.demo.planted import (
    DOUBLES_A_TASK,
    LEADS_TOO_MANY,
    LEAVES_A_TASK,
    VACANT,
    WITHOUT_CHARTER,
    WITHOUT_LINK,
)
from kaeden.demo.town import town_of
from kaeden.organisation.findings import findings
from kaeden.organisation.rules import INSTITUTIONS, LEADING, Kind, is_invented
from kaeden.organisation.soundness import loose_ends
from kaeden.shared.breaks import BreakKind
from tests.builders.fjordby import TODAY

PLANTED = {
    (BreakKind.VACANT_POST, VACANT),
    (BreakKind.POST_WITHOUT_CHARTER, WITHOUT_CHARTER),
    (BreakKind.POST_WITHOUT_LINK, WITHOUT_LINK),
    (BreakKind.TASK_HELD_BY_NOBODY, LEAVES_A_TASK),
    (BreakKind.TASK_HELD_BY_TWO, "skolechef"),
    (BreakKind.SPAN_OUTSIDE_BOUNDS, LEADS_TOO_MANY),
    (BreakKind.UNIT_FAR_FROM_LEADER, "leder-nordskolen"),
}


def test_the_same_day_and_seed_give_the_same_town(town):
    assert town_of(TODAY) == town


def test_another_seed_gives_other_sizes_in_the_same_places(town):
    other = town_of(TODAY, seed=7)

    assert other.children != town.children
    assert [unit.code for unit in other.chain.units] == [
        unit.code for unit in town.chain.units
    ]


def test_it_has_about_sixty_institutions_in_three_sectors(town):
    kinds = Counter(unit.kind for unit in town.chain.units)

    assert {kind: kinds[kind] for kind in INSTITUTIONS} == {
        Kind.SCHOOL: 12,
        Kind.DAYCARE: 28,
        Kind.SOCIAL: 18,
    }
    assert kinds[Kind.CLASS] > 150
    assert kinds[Kind.GROUP] > 100


def test_every_role_has_its_post(town):
    roles = {post.role for post in town.chain.posts}

    assert roles == set(Role) - {Role.SYSTEM}


def test_every_chapter_hangs_together(town):
    assert [loose_ends(chapter) for chapter in town.chapters] == [()] * 4


def test_the_first_chapter_is_sound(town):
    assert findings(town.chapters[0]) == ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_the_seed_the_structure_breaks_where_it_was_planted(seed):
    found = findings(town_of(TODAY, seed=seed).chain)

    assert {(one.kind, one.post) for one in found} == PLANTED


def test_who_doubles_a_task_is_named_beside_the_chief(town):
    doubled = next(
        one for one in findings(town.chain) if one.kind is BreakKind.TASK_HELD_BY_TWO
    )

    assert doubled.posts == (DOUBLES_A_TASK,)


def test_every_leading_post_but_one_has_a_charter_in_words_of_its_own(town):
    leading = [post for post in town.chain.posts if post.role in LEADING]
    without = [post.key for post in leading if post.charter is None]
    areas = [post.charter.area for post in leading if post.charter]

    assert without == [WITHOUT_CHARTER]
    assert len(set(areas)) == len(areas)
    assert not [area for area in areas if "{" in area]


def test_nobody_has_a_name_of_their_own(town):
    words = {post.title.split()[0].lower()[:4] for post in town.chain.posts}

    for post in town.chain.posts:
        first = post.holder.lower().removeprefix("den nye ")[:4]
        assert post.is_vacant or first in words | {"udva", "lede", "skol"}


def test_a_merger_and_a_move_lie_between_then_and_now(town):
    then, now = town.chapters[0], town.chain

    assert now.carried_on["999011"] == now.carried_on["999012"] == ("999004",)
    assert now.carried_on["999012-3a"] == ("999004-3b",)
    assert then.unit["G99914"].parent == "vest"
    assert now.unit["G99914"].parent == "syd"
    assert now.post["leder-boernehuset-laerkereden"].reports_to == "omraadeleder-syd"


def test_merged_classes_keep_their_children(town):
    children = town.children

    assert children["999011-3a"] == children["999004-3a"]
    assert children["999011"] + children["999012"] == children["999004"]


def test_children_are_added_up_and_counted_once(town):
    children = town.children
    groups = [code for code in children if code.startswith("G99901-")]

    assert children["G99901"] == sum(children[code] for code in groups)
    assert children["999"] == children["schools"] + children["daycare"]
    assert 15 <= children["999001-3a"] <= 28


def test_a_new_leader_has_come_to_one_place(town):
    before, after = (
        chapter.post["leder-sydskolen"].holder for chapter in town.chapters[-2:]
    )

    assert (before, after) == (
        "Skolelederen på Sydskolen",
        "Den nye skolelederen på Sydskolen",
    )


def test_every_place_is_known_as_invented_by_its_code(town):
    places = [unit for unit in town.chain.units if unit.kind in INSTITUTIONS]

    assert all(is_invented(unit.code) for unit in places)
    assert not [code for code in ("101003", "G18062", "706") if is_invented(code)]


def test_it_can_be_told_on_any_day():
    assert town_of(date(2028, 2, 29)).chain.as_of == date(2028, 1, 30)
