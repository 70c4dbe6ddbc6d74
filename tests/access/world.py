"""A small world, twice: in the database, and as plain dicts for the reference.

Fjordby has a tree four levels deep, two schools whose codes begin alike, and somebody
in each role; Havby is its neighbour. Every word that somebody wrote is unlike all
others, so that a page tells by itself whose words it shows.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kaeden.access.rules import SYSTEM, Role
from kaeden.accounts.models import User
from kaeden.organisation.actions import apply_chain
from kaeden.organisation.chain import Chain, ChainCharter, ChainPost, ChainUnit
from kaeden.organisation.models import Holding, Post
from kaeden.organisation.rules import Kind

BEGINNING = date(2026, 8, 1)
HERE = ZoneInfo("Europe/Copenhagen")
TOWNS = {"999": "Fjordby", "998": "Havby"}
UNITS = (
    *(("999", Kind.MUNICIPALITY, ""), ("schools", Kind.AREA, "999")),
    *(("daycare", Kind.AREA, "999"), ("families", Kind.AREA, "999")),
    *(("north", Kind.AREA, "schools"), ("9990", Kind.SCHOOL, "north")),
    *(("99901", Kind.SCHOOL, "north"), ("99903", Kind.SCHOOL, "schools")),
    *(("99901-0a", Kind.CLASS, "99901"), ("99901-sfo", Kind.DEPARTMENT, "99901")),
    *(("G991", Kind.DAYCARE, "daycare"), ("G992", Kind.DAYCARE, "daycare")),
    *(("998", Kind.MUNICIPALITY, ""), ("h-schools", Kind.AREA, "998")),
    ("99801", Kind.SCHOOL, "h-schools"),
)
POSTS = (  # key, role, unit, and the post it reports to
    ("committee", Role.COMMITTEE, "999", ""),
    ("director", Role.DIRECTOR, "999", "committee"),
    ("analyst", Role.ANALYST, "999", "director"),
    ("dpo", Role.DATA_PROTECTION, "999", ""),
    ("schools", Role.CHIEF_SCHOOLS, "schools", "director"),
    ("daycare", Role.CHIEF_DAYCARE, "daycare", "director"),
    ("families", Role.CHIEF_FAMILIES, "families", "director"),
    ("north", Role.AREA_LEADER, "north", "schools"),
    ("l-9990", Role.LEADER, "9990", "north"),
    ("l-99901", Role.LEADER, "99901", "north"),
    ("l-99903", Role.LEADER, "99903", "schools"),
    ("l-G991", Role.LEADER, "G991", "daycare"),
    ("l-G992", Role.LEADER, "G992", "daycare"),
    ("sfo", Role.DEPARTMENT_LEADER, "99901-sfo", "l-99901"),
    ("team", Role.TEAM, "99901-0a", "l-99901"),
    ("h-director", Role.DIRECTOR, "998", ""),
    ("h-dpo", Role.DATA_PROTECTION, "998", ""),
    ("h-schools", Role.CHIEF_SCHOOLS, "h-schools", "h-director"),
    ("h-leader", Role.LEADER, "99801", "h-schools"),
)
WEAK = "daycare"
"""Whose holder has only a password, where more is asked for."""
IS = {
    Kind.MUNICIPALITY: ("town", "figure"),
    Kind.SCHOOL: ("institution", "figure"),
    Kind.DAYCARE: ("institution", "figure"),
}
"""What a unit can be asked for as."""


@dataclass
class World:
    """The plain world, the people in it, and what time it is in both."""

    plain: dict[str, Any]
    accounts: dict[str, User]
    moment: datetime
    numbers: dict[str, int] = field(default_factory=dict)
    touched: deque[str] = field(default_factory=lambda: deque(maxlen=3))

    @property
    def day(self) -> date:
        """Today, where the product is."""
        return self.moment.astimezone(HERE).date()


def build(clock) -> World:
    """Make the world from nothing; `clock` is told what time it is."""
    world = World(
        plain={"units": {}, "posts": {}, "holdings": [], "users": {}, "things": {}},
        accounts={},
        moment=datetime(2026, 8, 1, 12, tzinfo=HERE),
    )
    clock(world)
    for code in TOWNS:
        apply_chain(_chain(code), on=BEGINNING, by=SYSTEM)
    for code, kind, up in UNITS:
        row = dated(up=up or None, next=(), **{"is": ("unit", *IS.get(kind, ()))})
        world.plain["units"][code] = row
    for key, role, unit, above in POSTS:
        said = {"role": role.value, "unit": unit, "above": above}
        world.plain["posts"][key] = dated(number=post_row(key).pk, **said)
        name = word(world, "nm")
        _account(world, name, is_strong=key != WEAK)
        hold(world, name, key, BEGINNING)
    almighty = word(world, "nm")
    _account(
        world, almighty
    )  # no post, and as if there were an admin: it opens nothing
    User.objects.filter(username=almighty).update(is_superuser=True, is_staff=True)
    _one_with_two_posts(world)
    return world


def dated(**facts):
    """Return a plain row that holds from the beginning on."""
    return {"from": BEGINNING, "to": None, "is": ("post",)} | facts


def word(world, kind="zq"):
    """Return a word unlike all others; it stands for whatever a person writes."""
    number = world.numbers["word"] = world.numbers.get("word", 0) + 1
    return f"{kind}{number:04d}{kind[::-1]}"


def _chain(code):
    below = [one for one in UNITS if one[2] or one[0] == code]
    units = [
        ChainUnit(code=unit, kind=kind, name=f"Enhed {unit}", parent=up)
        for unit, kind, up in below
        if _town_of(unit) == code
    ]
    posts = [
        ChainPost(
            key=key,
            role=role,
            title="",
            unit=unit,
            reports_to=above,
            charter=ChainCharter(area=charter_of(key), decision_room="Lidt."),
        )
        for key, role, unit, above in POSTS
        if _town_of(unit) == code
    ]
    return Chain(
        municipality=code,
        name=TOWNS[code],
        as_of=BEGINNING,
        units=tuple(units),
        posts=tuple(posts),
    )


def _town_of(unit):
    ups = {code: up for code, _kind, up in UNITS}
    while ups[unit]:
        unit = ups[unit]
    return unit


def _one_with_two_posts(world):
    """Let the leader of G992 lead the neighbour's school too."""
    held = next(one for one in world.plain["holdings"] if one["post"] == "l-G992")
    Holding.objects.filter(post=post_row("h-leader")).delete()
    world.plain["holdings"] = [
        one for one in world.plain["holdings"] if one["post"] != "h-leader"
    ]
    hold(world, held["user"], "h-leader", BEGINNING)


def charter_of(key):
    """The word that a post's charter holds; it comes along when the post moves."""
    return f"zq{[one[0] for one in POSTS].index(key):04d}kk"


def _account(world, name, *, is_strong=True):
    world.accounts[name] = User.objects.create_user(name)
    world.plain["users"][name] = {"active": True, "strong": is_strong}


def hold(world, name, key, start):
    world.touched.append(name)
    post = post_row(key)
    Holding.objects.create(post=post, user=world.accounts[name], valid_from=start)
    world.plain["holdings"].append(
        {"user": name, "post": key, "from": start, "to": None}
    )


def newest(world, key):
    """The newest post of a key, open or ended: what was moved has a number after it."""
    posts = world.plain["posts"]
    return [one for one in posts if one.partition("#")[0] == key][-1]


def post_row(key):
    """The open post of a key; what was moved has a number after its key."""
    found = Post.objects.filter(key=key.partition("#")[0], valid_to=None)
    return found.select_related("unit").get()


def thing(world, key, kind, *, unit="", posts=(), about="", **more):
    """Tell the plain world of a thing: of which unit or post, and whose it is."""
    said = {"kind": kind, "is": (kind,), "to": None, "word": more.pop("word", key)}
    places = {"unit": unit, "posts": set(posts), "about": about, "public": False}
    places["units"] = [unit]
    world.plain["things"][key] = said | places | more
