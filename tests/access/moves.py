"""What happens between requests, in the database by the product's verbs and in the dicts.

Each move returns without a change when the world has no room for it.
"""

from dataclasses import replace
from datetime import timedelta

from kaeden.access.rules import SYSTEM, Role
from kaeden.accounts.models import User
from kaeden.organisation.actions import apply_chain
from kaeden.organisation.chain import ChainPost, ChainUnit
from kaeden.organisation.models import Holding, Unit
from kaeden.organisation.rules import Kind
from kaeden.organisation.snapshot import chain_of
from tests.access.world import dated, hold, newest, post_row

SCHOOL_PARENTS = ("schools", "north", "999", "daycare")
PARENTS = {
    "north": ("schools", "999"),
    "G991": ("daycare", "families"),
    "9990": SCHOOL_PARENTS,
    "99901": SCHOOL_PARENTS,
    "99903": SCHOOL_PARENTS,
}
HOMES = {
    "north": ("north", "schools"),
    "team": ("99901-0a", "99901-sfo", "9990"),
    "sfo": ("99901-sfo", "99901"),
    "l-99901": ("99901", "9990"),
}
CLOSES = {"99903": "9990", "G992": "G991"}


def now(world):
    """Fjordby's chain today."""
    town = Unit.objects.get(code="999", valid_to=None)
    return chain_of(town, world.day)


def with_unit(chain, code, **changes):
    units = [
        replace(one, **changes) if one.code == code else one for one in chain.units
    ]
    return replace(chain, units=tuple(units))


def is_settled(world):
    """Whether no holding of Fjordby's begins or ends on a day to come.

    The chain is not changed before such a day, but from it on.
    """
    return all(
        one["from"] <= world.day and (one["to"] is None or one["to"] <= world.day)
        for one in world.plain["holdings"]
    )


def is_open(row, day):
    return row["from"] <= day and row["to"] is None


def move_unit(world, rng):
    """A unit gets another place, and with it all those below."""
    code = str(rng.choice(sorted(PARENTS)))
    unit, above = world.plain["units"][code], str(rng.choice(PARENTS[code]))
    if not (is_open(unit, world.day) and is_settled(world)) or unit["up"] == above:
        return
    apply_chain(with_unit(now(world), code, parent=above), on=world.day, by=SYSTEM)
    unit["up"] = above


def move_post(world, rng):
    """A post moves to another unit, where it is another post; its holder comes along."""
    key = str(rng.choice(sorted(HOMES)))
    old = newest(world, key)
    post = world.plain["posts"][old]
    home = str(rng.choice(HOMES[key]))
    if not (is_open(post, world.day) and is_settled(world)) or post["unit"] == home:
        return
    chain = now(world)
    posts = [replace(one, unit=home) if one.key == key else one for one in chain.posts]
    apply_chain(replace(chain, posts=tuple(posts)), on=world.day, by=SYSTEM)
    held = _end_post(world, old)
    new = f"{key}#{len(world.plain['posts'])}"
    begun = {"from": world.day, "to": None, "number": post_row(new).pk}
    world.plain["posts"][new] = post | {"unit": home} | begun
    Holding.objects.filter(post=post_row(new)).delete()
    if held:
        hold(world, held["user"], new, world.day)


def _end_post(world, name):
    """End a post and its holdings today; return the holding that was."""
    world.plain["posts"][name]["to"] = world.day
    held = None
    for one in world.plain["holdings"]:
        lasts = one["to"] is None or one["to"] > world.day
        if one["post"] == name and lasts:
            held = one if one["from"] <= world.day else held
            one["to"] = max(one["from"], world.day)
    return held and dict(held)


def end_holding(world, rng):
    """Somebody's time in a post ends: today, soon, or some days ago."""
    held = [one for one in world.plain["holdings"] if one["to"] is None]
    if not held:
        return
    one = held[rng.integers(len(held))]
    day = max(world.day + timedelta(days=int(rng.integers(-2, 3))), one["from"])
    rows = Holding.objects.filter(post=post_row(one["post"]), valid_to=None)
    assert rows.update(valid_to=day) == 1
    one["to"] = day
    world.touched.append(one["user"])


def begin_holding(world, rng):
    """Somebody gets a post that is nobody's, from today or from a day to come."""
    day = world.day + timedelta(days=int(rng.integers(0, 3)))
    taken = {
        one["post"]
        for one in world.plain["holdings"]
        if one["to"] is None or one["to"] > day
    }
    free = [
        key
        for key, post in world.plain["posts"].items()
        if is_open(post, world.day) and key not in taken
    ]
    if free:
        key = free[rng.integers(len(free))]
        name = str(rng.choice(sorted(world.accounts)))
        hold(world, name, key, day)


def close_or_open_a_door(world, rng):
    """An account is shut, or opened again."""
    name = str(rng.choice(sorted(world.accounts)))
    user = world.plain["users"][name]
    world.touched.append(name)
    user["active"] = not user["active"] or rng.random() < 0.5
    User.objects.filter(username=name).update(is_active=user["active"])


def close_unit(world, rng):
    """A unit is merged into another, with the posts that led it."""
    code = str(rng.choice(sorted(CLOSES)))
    unit = world.plain["units"][code]
    if not (is_open(unit, world.day) and is_settled(world)) or rng.random() < 0.7:
        return
    chain = now(world)
    wanted = replace(
        chain,
        units=tuple(one for one in chain.units if one.code != code),
        posts=tuple(one for one in chain.posts if one.unit != code),
        carried_on={**chain.carried_on, code: (CLOSES[code],)},
    )
    apply_chain(wanted, on=world.day, by=SYSTEM)
    unit["to"], unit["next"] = world.day, (CLOSES[code],)
    for name, post in world.plain["posts"].items():
        if post["unit"] == code and post["to"] is None:
            _end_post(world, name)


def open_unit(world, rng):
    """A new school begins, with a leader's post that is vacant."""
    number = sum(code.startswith("9995") for code in world.plain["units"])
    if number >= 3 or not is_settled(world):
        return
    code, above = f"9995{number}", str(rng.choice(SCHOOL_PARENTS))
    chain, key = now(world), f"l-9995{number}"
    unit = ChainUnit(code=code, kind=Kind.SCHOOL, name=f"Enhed {code}", parent=above)
    post = ChainPost(
        key=key, role=Role.LEADER, title="", unit=code, reports_to="schools"
    )
    wanted = replace(chain, units=(*chain.units, unit), posts=(*chain.posts, post))
    apply_chain(wanted, on=world.day, by=SYSTEM)
    begun = {"from": world.day}
    unit = dated(up=above, next=()) | begun | {"is": ("unit", "institution")}
    world.plain["units"][code] = unit
    number = post_row(key).pk
    post = dated(role="leader", unit=code, number=number, above="schools")
    world.plain["posts"][key] = post | begun


MOVES = (
    *(move_unit, move_unit, move_unit, move_post, end_holding, begin_holding),
    *(begin_holding, close_or_open_a_door, close_unit, open_unit),
)
