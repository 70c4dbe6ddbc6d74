"""Fjordby's posts: whom each reports to, how many it leads, who holds it. Pure.

Nobody in Fjordby has a name of their own: a holder is called by the post.
"""

from collections.abc import Iterator, Mapping

from kaeden.access.rules import Role
from kaeden.demo.cast import Cast, Daycare, School
from kaeden.demo.places import schools_of
from kaeden.organisation.chain import ChainPost
from kaeden.organisation.rules import Area
from kaeden.shared.words import slug

COMMITTEE, DIRECTOR = "boerne-og-ungeudvalget", "direktoer"
SCHOOL_CHIEF, DAYCARE_CHIEF = "skolechef", "dagtilbudschef"
FAMILY_CHIEF = "familiechef"
CHIEFS = (
    (SCHOOL_CHIEF, Role.CHIEF_SCHOOLS, "Skolechef", Area.SCHOOLS, 4),
    (DAYCARE_CHIEF, Role.CHIEF_DAYCARE, "Dagtilbudschef", Area.DAYCARE, 4),
    (FAMILY_CHIEF, Role.CHIEF_FAMILIES, "Familiechef", Area.FAMILIES, 2),
)
STAFF_OF_DIRECTOR, STAFF_OF_AREA_LEADER = 2, 1
SUPPORT = 8
"""How many a leader with department leaders leads alone: the office, the kitchen, …"""

PUPILS_PER_ADULT, SPECIAL_PUPILS_PER_ADULT = 9.5, 2.6
NURSERY_PER_ADULT, KINDERGARTEN_PER_ADULT = 2.4, 4.6
SPECIAL_CHILDREN_PER_ADULT, CHILDREN_PER_CHILDMINDER = 1.2, 4.0
STAGES = (
    (0, 3, "indskoling"),
    (4, 6, "mellemtrin"),
    (7, 9, "udskoling"),
    (10, 10, "10. klasse"),
)


def posts_of(
    cast: Cast, children: Mapping[str, int], *, before: bool
) -> tuple[ChainPost, ...]:
    """Return all posts without their charters, uppermost first."""
    schools = schools_of(cast, before=before)
    return (
        *_top(cast),
        *_clusters(cast),
        *(post for one in schools for post in _school(one, children)),
        *(post for one in cast.daycare for post in _daycare(one, children, before)),
        *_services(cast),
    )


def leader_key(name: str) -> str:
    """Return the key of the post that leads an institution."""
    return f"leder-{slug(name)}"


def area_leader_key(cluster: str) -> str:
    """Return the key of the post that leads a cluster."""
    return f"omraadeleder-{cluster}"


def _top(cast: Cast) -> Iterator[ChainPost]:
    town = cast.code
    yield ChainPost(
        key=COMMITTEE,
        role=Role.COMMITTEE,
        title="Børne- og Ungeudvalget",
        unit=town,
        holder="Udvalget",
    )
    yield ChainPost(
        key=DIRECTOR,
        role=Role.DIRECTOR,
        title="Direktør for børn og unge",
        unit=town,
        reports_to=COMMITTEE,
        staff=STAFF_OF_DIRECTOR,
        holder="Direktøren",
    )
    for key, role, title in (
        ("analytiker", Role.ANALYST, "Analytiker"),
        (
            "databeskyttelsesraadgiver",
            Role.DATA_PROTECTION,
            "Databeskyttelsesrådgiver",
        ),
    ):
        yield _below_director(key, role, title, town, None)
    for key, role, title, area, staff in CHIEFS:
        yield _below_director(key, role, title, area.value, staff)


def _below_director(
    key: str, role: Role, title: str, unit: str, staff: int | None
) -> ChainPost:
    return ChainPost(
        key=key,
        role=role,
        title=title,
        unit=unit,
        reports_to=DIRECTOR,
        staff=staff,
        holder=f"{title}en",
    )


def _clusters(cast: Cast) -> Iterator[ChainPost]:
    for one in cast.clusters:
        yield ChainPost(
            key=area_leader_key(one.code),
            role=Role.AREA_LEADER,
            title="Områdeleder",
            unit=one.code,
            reports_to=DAYCARE_CHIEF,
            staff=STAFF_OF_AREA_LEADER,
            holder=f"Områdelederen i {one.name}",
        )


def _school(school: School, children: Mapping[str, int]) -> Iterator[ChainPost]:
    """Give a school's leader, its department leaders, and its teams."""
    key = leader_key(school.name)
    each = SPECIAL_PUPILS_PER_ADULT if school.is_special else PUPILS_PER_ADULT
    adults = round(children[school.code] / each)
    yield ChainPost(
        key=key,
        role=Role.LEADER,
        title="Skoleleder",
        unit=school.code,
        reports_to=SCHOOL_CHIEF,
        staff=SUPPORT if school.departments else adults,
        holder=f"Skolelederen på {school.name}",
    )
    if school.departments:
        yield from _departments(school, children, adults - SUPPORT)
        return
    first, last = school.years
    for low, high, stage in STAGES:
        if first <= low and high <= last:
            yield _team(stage, school.code, school.code, school.name, key)


def _departments(
    school: School, children: Mapping[str, int], adults: int
) -> Iterator[ChainPost]:
    above = leader_key(school.name)
    for one in school.departments:
        code, key = f"{school.code}-{one.code}", f"{above}-{one.code}"
        name = one.name.lower()
        yield ChainPost(
            key=key,
            role=Role.DEPARTMENT_LEADER,
            title=f"Afdelingsleder for {name}",
            unit=code,
            reports_to=above,
            staff=round(adults * children[code] / children[school.code]),
            holder=f"Afdelingslederen for {name} på {school.name}",
        )
        yield _team(name, school.code, code, school.name, key)


def _daycare(
    one: Daycare, children: Mapping[str, int], before: bool
) -> Iterator[ChainPost]:
    key = leader_key(one.name)
    cluster = one.moved_from if before and one.moved_from else one.cluster
    yield ChainPost(
        key=key,
        role=Role.LEADER,
        title="Dagtilbudsleder",
        unit=one.code,
        reports_to=area_leader_key(cluster),
        staff=_adults(one, children),
        holder=f"Lederen af {one.name}",
    )
    young = "dagpleje" if one.is_home else "vuggestue"
    for stage, groups in ((young, one.nursery), ("børnehave", one.kindergarten)):
        if groups:
            yield _team(stage, one.code, one.code, one.name, key)


def _adults(one: Daycare, children: Mapping[str, int]) -> int:
    """Return how many adults a day-care institution's children have."""
    young, old = NURSERY_PER_ADULT, KINDERGARTEN_PER_ADULT
    if one.is_special:
        old = SPECIAL_CHILDREN_PER_ADULT
    if one.is_home:
        young = CHILDREN_PER_CHILDMINDER
    ratios = [young] * one.nursery + [old] * one.kindergarten
    return round(
        sum(
            children[f"{one.code}-{place}"] / ratio
            for place, ratio in enumerate(ratios, start=1)
        )
    )


def _services(cast: Cast) -> Iterator[ChainPost]:
    for one in cast.services:
        key = leader_key(one.name)
        yield ChainPost(
            key=key,
            role=Role.LEADER,
            title="Leder",
            unit=one.code,
            reports_to=FAMILY_CHIEF,
            staff=one.staff,
            holder=f"Lederen af {one.name}",
        )
        yield _team("hverdag", one.code, one.code, one.name, key)


def _team(stage: str, institution: str, unit: str, name: str, above: str) -> ChainPost:
    """Return the post of a team; its key is made of its institution and its stage."""
    return ChainPost(
        key=f"team-{institution.lower()}-{slug(stage)}",
        role=Role.TEAM,
        title=f"Team {stage}",
        unit=unit,
        reports_to=above,
        holder=f"Team {stage}, {name}",
    )
