"""What becomes of a request that may be made, by the state of the thing it is about.

For the reference: each takes the plain world, the post one acts in, and the key.
"""

from datetime import timedelta

from tests.access.reference import holds
from tests.access.world import BEGINNING

LEADING = {
    *("director", "chief_schools", "chief_daycare", "chief_families"),
    *("area_leader", "leader", "department_leader"),
}
LET_THROUGH, OWN_ACCOUNT = "let through", "own account"
"""The stations' own tests hold these states; here it only matters that one may."""


def page(_world, _me, _key):
    return 200


def done(_world, _me, _key):
    return 302


def closed(_world, _me, _key):
    return 403


def own_account(_world, _me, _key):
    return OWN_ACCOUNT


def no_such_step(_world, _me, _key):
    return 404


def let_through(_world, _me, _key):
    return LET_THROUGH


def is_held(world, key):
    return any(one["post"] == key and not one["to"] for one in world["holdings"])


def if_vacant(world, _me, key):
    return 409 if is_held(world, key) else 302


def if_held(world, _me, key):
    return 302 if is_held(world, key) else 409


def if_ones_turn_to_assess(world, me, key):
    """A post's first words; above a leader who has not written, after two weeks.

    Whoever is told that the post has written is shown the page with its words.
    """
    things = world["things"].values()
    wrote = {one for thing in things if thing["unit"] == key for one in thing["posts"]}
    if me["id"] in wrote:
        return LET_THROUGH
    led = _leaders_of(world, key, me["day"])
    waits = led and not wrote & _leading_posts(world)
    early = me["day"] < BEGINNING + timedelta(days=14)
    return 409 if waits and early and me["role"] != "leader" else 302


def _leading_posts(world):
    return {key for key, post in world["posts"].items() if post["role"] == "leader"}


def _leaders_of(world, unit, day):
    held = {one["post"] for one in world["holdings"] if holds(one, day)}
    posts = world["posts"]
    return {one for one in held & _leading_posts(world) if posts[one]["unit"] == unit}


def if_proposed(world, _me, key):
    return 302 if world["things"][key]["step"] == "proposed" else 409


def if_not_adopted(world, _me, key):
    goal = world["things"][key]
    if "own goal" in goal["is"]:
        return 404  # only a goal of the starter set is taken from there
    return 409 if goal["adopted"] else 302


def if_by_ones_own_post(world, me, key):
    return LET_THROUGH if me["id"] in world["things"][key]["by"] else 404


def if_of_ones_own_time(world, me, key):
    """Whether something is of whoever holds the post now, and not of one before."""
    mine = [
        one
        for one in world["holdings"]
        if one["post"] == me["id"] and holds(one, me["day"])
    ]
    return LET_THROUGH if world["things"][key]["holding"] in mine else 404


def if_taking_part(world, me, key):
    """Whoever takes part finds no such count; a reader may not take any back."""
    return 404 if me["id"] in world["things"][key]["posts"] else 403


def if_proposed_by_ones_post(world, me, key):
    return LET_THROUGH if me["id"] in world["things"][key]["by"] else 403


def if_settled_by(then):
    """Whether one's post settles another's charter: a director, or the next above."""

    def judge(world, me, key):
        above = _above(world, key)
        while above and not _leads(world, me, above):
            above = _above(world, above)
        may = me["role"] == "director" or me["id"] == above
        return then(world, me, key) if may else 403

    return judge


def _above(world, key):
    """The post that another reports to now, as it is since it last moved."""
    above = world["posts"][key]["above"]
    known = [one for one in world["posts"] if one.partition("#")[0] == above]
    return known[-1] if known else ""


def _leads(world, me, key):
    post, day = world["posts"][key], me["day"]
    held = [one for one in world["holdings"] if one["post"] == key and holds(one, day)]
    return bool(held) and post["role"] in LEADING
