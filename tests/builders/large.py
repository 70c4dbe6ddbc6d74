"""A large municipality's chain with nine goals, to see whether the map holds."""

from datetime import date

from kaeden.access.rules import Role
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.way import Thread, concerned
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.rules import Kind
from tests.builders.chains import a_post, a_unit

DAY = date(2026, 11, 24)
BEGAN = date(2026, 8, 1)
CODE = "998"
SECTORS = (
    ("schools", Role.CHIEF_SCHOOLS, Kind.SCHOOL, Sector.SCHOOL),
    ("daycare", Role.CHIEF_DAYCARE, Kind.DAYCARE, Sector.DAYCARE),
    ("families", Role.CHIEF_FAMILIES, Kind.SOCIAL, Sector.SOCIAL),
)
GOALS = (
    ("Alle børn trives", {Sector.SCHOOL, Sector.DAYCARE, Sector.SOCIAL}),
    ("Flere læser godt", {Sector.SCHOOL}),
    ("Færre er væk fra skole", {Sector.SCHOOL, Sector.SOCIAL}),
    ("En tryg start i børnehaven", {Sector.DAYCARE}),
    ("Sprog til alle", {Sector.DAYCARE}),
    ("Flere i gang med ungdomsuddannelse", {Sector.SCHOOL}),
    ("Hjælp i tide", {Sector.SOCIAL}),
    ("Lige chancer", {Sector.SCHOOL, Sector.DAYCARE}),
    ("Voksne med tid", {Sector.DAYCARE}),
)


def a_large_chain(*, levels: int = 6, units: int = 100) -> Chain:
    """A chain of so many institutions: with 3 levels the director leads them all.

    With 6, half are led through area leaders, and every school has departments.
    """
    places = [a_unit(CODE, "Storby", Kind.MUNICIPALITY, "")]
    posts = [
        a_post("udvalg", Role.COMMITTEE, CODE, "", holder="Udvalget"),
        a_post("direktor", Role.DIRECTOR, CODE, "udvalg", holder="Direktøren"),
    ]
    for area, role, _kind, _sector in SECTORS:
        places.append(a_unit(area, area, Kind.AREA, CODE))
        if levels > 3:
            posts.append(a_post(area, role, area, "direktor", holder="Chefen"))
    for number in range(units):
        area, _role, kind, _sector = SECTORS[number % 3]
        code = f"{CODE}{number:03}"
        places.append(a_unit(code, f"Institution {number}", kind, area))
        above = area if levels > 3 else "direktor"
        if levels > 4 and number % 2:
            above = f"{area}-{number % 4}"
            if above not in {post.key for post in posts}:
                places.append(a_unit(above, f"Område {above}", Kind.CLUSTER, area))
                posts.append(_held(above, Role.AREA_LEADER, above, area))
        holder = "" if number % 17 == 0 else "Lederen"
        posts.append(a_post(f"l{number}", Role.LEADER, code, above, holder=holder))
        if levels > 5 and kind is Kind.SCHOOL:
            places.append(a_unit(f"{code}-a", "Afdeling", Kind.DEPARTMENT, code))
            posts.append(
                _held(f"a{number}", Role.DEPARTMENT_LEADER, f"{code}-a", f"l{number}")
            )
    return Chain(
        municipality=CODE,
        name="Storby",
        as_of=DAY,
        units=tuple(places),
        posts=tuple(posts),
    )


def _held(key: str, role: Role, unit: str, reports_to: str) -> ChainPost:
    return a_post(key, role, unit, reports_to, holder="Lederen")


def nine_goals(chain: Chain) -> tuple[Thread, ...]:
    """Nine goals that most of those they are for have taken up."""
    return tuple(
        _taken_up(
            chain,
            Thread(
                id=number,
                municipality=chain.municipality,
                key=f"g{number}",
                name=name,
                sentence=f"{name}.",
                unit=chain.municipality,
                since=BEGAN,
                sectors=frozenset(sectors),
                owner="direktor",
            ),
        )
        for number, (name, sectors) in enumerate(GOALS)
    )


def _taken_up(chain: Chain, goal: Thread) -> Thread:
    keys = [post.key for post in concerned(goal, chain)]
    taken = {
        key: BEGAN
        for number, key in enumerate(keys)
        if number < 6 or (number + goal.id) % 5
    }
    return Thread(
        **{name: getattr(goal, name) for name in goal.__slots__} | {"taken_up": taken}
    )
