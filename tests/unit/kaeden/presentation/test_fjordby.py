"""The doors lead to posts that are there, one for each role."""

from kaeden.access.rules import Role
from kaeden.presentation.fjordby import DOORS
from tests.builders.fjordby import the_town

HAS_NO_DOOR = {Role.SYSTEM, Role.DEPARTMENT_LEADER}


def test_each_door_leads_to_a_held_post_of_its_own_role():
    posts = [the_town().chain.post[door.key] for door in DOORS]

    assert {post.role for post in posts} == set(Role) - HAS_NO_DOOR
    assert not [post.key for post in posts if post.is_vacant]


def test_each_door_says_what_one_meets():
    assert len({str(door.meets) for door in DOORS}) == len(DOORS) == 11
