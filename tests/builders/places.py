"""Fjordby Kommune, its neighbour Havby, and the people who hold posts there."""

from datetime import date
from typing import Any

from kaeden.access.rules import SYSTEM, Actor, Role
from kaeden.accounts.models import User
from kaeden.organisation.loading import Institution, load_country
from kaeden.organisation.models import Holding, Post, Unit

FJORDBY, HAVBY = "999", "998"
TOWN = f"dk/{FJORDBY}"
SCHOOLS, DAYCARE, FAMILIES = (f"{TOWN}/{a}" for a in ("schools", "daycare", "families"))
NORDSKOLEN, SYDSKOLEN = f"{SCHOOLS}/999001", f"{SCHOOLS}/999002"
SOLSTRAALEN = f"{DAYCARE}/G99901"
FRISKOLEN = f"{TOWN}/others/999003"
NEIGHBOUR_SCHOOL = f"dk/{HAVBY}/schools/998001"
LOADED = date(2026, 4, 10)


def a_school(
    code: str = "999001", name: str = "Nordskolen", **facts: Any
) -> Institution:
    """A line of the school register."""
    known = {"is_school": True, "form": "folkeskole", "municipality_code": FJORDBY}
    return Institution(code=code, name=name, **(known | facts))


def a_daycare(
    code: str = "G99901", name: str = "Børnehuset Solstrålen", **facts: Any
) -> Institution:
    """A line of the day-care register."""
    known = {"form": "boernehave", "owner": "kommunal", "municipality_code": FJORDBY}
    return Institution(code=code, name=name, is_school=False, **(known | facts))


def the_registers() -> list[Institution]:
    """The cast's institutions, and one school of the neighbour."""
    return [
        a_school(),
        a_school("999002", "Sydskolen"),
        a_school("999003", "Fjord Friskole", form="fri/privat grundskole"),
        a_daycare(),
        a_school("998001", "Havskolen", municipality_code=HAVBY),
    ]


def a_country(
    institutions: list[Institution] | None = None, *, as_of: date = LOADED
) -> int:
    """Load Fjordby and Havby; return how many units are new."""
    towns = [(FJORDBY, "Fjordby"), (HAVBY, "Havby")]
    found = the_registers() if institutions is None else institutions
    return load_country(towns, found, as_of=as_of, by=SYSTEM)


def unit_at(path: str) -> Unit:
    """The unit of today at a path."""
    return Unit.objects.get(path=path, valid_to__isnull=True)


def post_at(path: str, role: Role) -> Post:
    """The post of today at a path."""
    return Post.objects.select_related("unit").get(
        unit__path=path, role=role.value, valid_to__isnull=True
    )


def an_account(name: str, *, is_demo: bool = False) -> User:
    """Somebody who can log in, with no post."""
    return User.objects.create_user(name, password="fjordby-fjordby", is_demo=is_demo)


def a_holder(role: Role, path: str, *, is_demo: bool = False) -> User:
    """Somebody who can log in and holds a post."""
    user = an_account(f"{role.value} {path}", is_demo=is_demo)
    Holding.objects.create(post=post_at(path, role), user=user, valid_from=LOADED)
    return user


def an_actor(role: Role, path: str, *, user: User | None = None) -> Actor:
    """Who asks, in one post; no database unless a user is given."""
    if user is None:
        return Actor(role=role, path=path)
    return Actor(user_id=user.pk, role=role, path=path, post_id=post_at(path, role).pk)
