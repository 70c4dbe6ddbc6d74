"""Who sees and may do what, said a second time: plain dicts in, an answer out.

Written from the rules as people agreed on them (docs/access.md), not from the product:
nothing of it is imported. At most 100 lines beside the table of rights, so that a
person can hold it true by eye.
"""

from datetime import UTC, datetime, timedelta

from tests.access.rights import MAY


def local_day(moment):
    """The day in Denmark: UTC and an hour; two from March's last Sunday to October's."""
    utc = moment.astimezone(UTC)
    turns = [datetime(utc.year, month, 31, 1, tzinfo=UTC) for month in (3, 10)]
    spring, autumn = (t - timedelta(days=(t.weekday() + 1) % 7) for t in turns)
    return (utc + timedelta(hours=1 + (spring <= utc < autumn))).date()


def holds(row, day):
    return row["from"] <= day and (row["to"] is None or day < row["to"])


def ups(world, unit):
    """A unit and those above it, up to its municipality."""
    return [unit, *ups(world, world["units"][unit]["up"])] if unit else []


def acting(world, draw):
    """The post a person acts in: of those held today the chosen one, else uppermost."""
    day, own = local_day(draw["moment"]), []
    for one in world["holdings"]:
        post = world["posts"][one["post"]] | {"id": one["post"], "day": day}
        if one["user"] == draw["user"] and holds(one, day) and holds(post, day):
            depth = len(ups(world, post["unit"]))
            own.append((post["id"] != draw["acting"], depth, post["number"], post))
    seats = {post["id"]: post["role"] for *_, post in own}
    return min(own)[-1] | {"seats": seats} if own else {"seats": {}}


def may(world, me, what, at):
    """Whether the post one acts in may do something at a unit, or at its successors."""
    if at and world["units"][at]["to"]:
        return any(may(world, me, what, one) for one in world["units"][at]["next"])
    home, line = ups(world, me.get("unit")), ups(world, at)
    above, below = at in home, me.get("unit") in line
    near = {"own": above and below, "below": below, "line": above or below}
    near["town"] = home[-1:] == line[-1:]
    near["sector"] = below or (above and me["role"] == "chief_schools")
    reach = MAY.get(what, {}).get(me.get("role"))
    return reach is not None and near[reach]


def sees(world, me, thing):
    """Whether words are for a reader: those they are of, and those who reach them."""
    theirs = thing["public"] or me.get("id") in thing["posts"]
    return theirs or may_all(world, me, f"read_{thing['kind']}", thing["units"])


def may_all(world, me, what, units):
    return all(may(world, me, what, at) for at in units)


def words(world, me, rule, key):
    """The words on a page that a reader sees, with their kinds: those of its place."""
    shown, page = {}, world["things"].get(key, {"posts": ()})
    for word, thing in world["things"].items():
        place, not_for = rule["shows"].get(thing["kind"], ("", ()))
        at = {"here": thing["unit"] == key, "mine": thing["unit"] == me.get("unit")}
        at |= {"about": thing["about"] == key, "ends": thing["posts"] == page["posts"]}
        at |= {"this": word == key, "town": key in ups(world, thing["unit"])}
        at |= {"by me": thing["posts"] == {me.get("id")}}
        here = at.get(place, place == "all") and me.get("role") not in not_for
        if here and sees(world, me, thing):
            shown[thing["word"] or word] = thing["kind"]
    return shown


def names(world, me):
    """The people whose names somebody may read: holders in the same municipality."""
    found = set()
    for one in world["holdings"]:
        town = ups(world, world["posts"][one["post"]]["unit"])[-1]
        found |= {one["user"]} if may(world, me, "read_holders", town) else set()
    return found


def refusal(world, me, rule, key):
    """Why somebody who may open such addresses is refused this one: a status, or 0."""
    row = world[rule["among"]].get(key) if rule["among"] else None
    at = me.get("unit") if row is None else row.get("unit", key)
    if rule["first"] and not may(world, me, rule["first"], at):
        return 403
    unseen = rule["sees"] != "" and not may(world, me, rule["sees"], at)
    if row is None:
        return 404 * (unseen or (key not in rule["known"] and key not in me["seats"]))
    unseen |= "kind" in row and not sees(world, me, row)
    if unseen or rule["about"] not in row["is"] or (row["to"] and not rule["ended"]):
        return 404
    right = rule["must"] or rule["need"]
    return 403 * (
        right in MAY and not may_all(world, me, right, row.get("units", [at]))
    )


def expected(world, draw, rule):
    """The answer's status, and the words and names that it may show."""
    user, key, need = world["users"].get(draw["user"]), draw["object"], rule["need"]
    is_in = user is not None and user["active"]
    me = acting(world, draw) if is_in else {"seats": {}}
    has_duty = is_in and not user["strong"] and set(me["seats"].values()) - {"team"}
    me = {"seats": {}} if has_duty else me
    opens = {"public": True, "signed_in": is_in, "post": "id" in me}
    if has_duty and need != "public" and not rule["always"]:
        return 302, {}, set()
    if not opens.get(need, me.get("role") in MAY.get(need, ())):
        return (403 if is_in else 302), {}, set()
    status = refusal(world, me, rule, key) or rule["then"](world, me, key)
    return (
        status,
        words(world, me, rule, key) if status == 200 else {},
        names(world, me),
    )
