"""The template of a municipality's chain. Pure; no database."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Role


class Kind(StrEnum):
    """What kind of unit it is."""

    COUNTRY = "country"
    MUNICIPALITY = "municipality"
    AREA = "area"
    CLUSTER = "cluster"
    SCHOOL = "school"
    DAYCARE = "daycare"
    SOCIAL = "social"
    DEPARTMENT = "department"
    CLASS = "class"
    GROUP = "group"


INSTITUTIONS = (Kind.SCHOOL.value, Kind.DAYCARE.value, Kind.SOCIAL.value)
"""What a leader leads nearest the child; departments, classes and groups lie below."""


UNIT_KIND_NAMES: dict[Kind, str | Promise] = {
    Kind.COUNTRY: _("a country"),
    Kind.MUNICIPALITY: _("a municipality"),
    Kind.AREA: _("an area"),
    Kind.CLUSTER: _("a cluster"),
    Kind.SCHOOL: _("a school"),
    Kind.DAYCARE: _("a day-care institution"),
    Kind.SOCIAL: _("a social service"),
    Kind.DEPARTMENT: _("a department"),
    Kind.CLASS: _("a class"),
    Kind.GROUP: _("a group"),
}


PARTS = frozenset({Kind.DEPARTMENT, Kind.CLASS, Kind.GROUP})
"""What lies inside an institution; its posts are named by the institution."""


class Hierarchy(StrEnum):
    """Along which lines a unit can have a place: each has one parent in each."""

    LINE = "line"
    CLUSTER = "cluster"


class Origin(StrEnum):
    """Where we have a unit from, and so who may end it."""

    REGISTER = "register"
    CHAIN = "chain"


class Task(StrEnum):
    """The seven tasks of professional leadership (Væksthus for Ledelse, 2020)."""

    COMMUNICATE = "communicate"
    CHOOSE = "choose"
    EVALUATE = "evaluate"
    PRIORITISE = "prioritise"
    LEAD_CLOSE = "lead_close"
    DEVELOP = "develop"
    COORDINATE = "coordinate"


class Degree(StrEnum):
    """How much of a task a post has."""

    HOLDS = "holds"
    SHARES = "shares"
    SUPPORTS = "supports"
    NOT = "not"


TASK_NAMES: dict[Task, str | Promise] = {
    Task.COMMUNICATE: _("Communicate professional goals and results"),
    Task.CHOOSE: _("Choose professional solutions, tools and processes"),
    Task.EVALUATE: _("Evaluate results to develop the practice"),
    Task.PRIORITISE: _("Prioritise what gives most for the resources"),
    Task.LEAD_CLOSE: _("Lead professionally, close to the staff"),
    Task.DEVELOP: _("Develop the professional competences of the workplace"),
    Task.COORDINATE: _("Develop and coordinate solutions across areas"),
}

DEGREE_NAMES: dict[Degree, str | Promise] = {
    Degree.HOLDS: _("holds"),
    Degree.SHARES: _("shares"),
    Degree.SUPPORTS: _("supports"),
    Degree.NOT: _("does not have"),
}


class Area(StrEnum):
    """The areas that the template makes in each municipality; also their codes."""

    SCHOOLS = "schools"
    DAYCARE = "daycare"
    FAMILIES = "families"
    OTHERS = "others"


AREA_NAMES: dict[str, str | Promise] = {
    Area.SCHOOLS.value: _("Schools"),
    Area.DAYCARE.value: _("Day care"),
    Area.FAMILIES.value: _("Families and social services"),
    Area.OTHERS.value: _("Private and independent institutions"),
}

POST_NAMES: dict[str, str | Promise] = {
    Role.COMMITTEE.value: _("Children and youth committee"),
    Role.DIRECTOR.value: _("Director of children and youth"),
    Role.CHIEF_SCHOOLS.value: _("Chief of schools"),
    Role.CHIEF_DAYCARE.value: _("Chief of day care"),
    Role.CHIEF_FAMILIES.value: _("Chief of families"),
    Role.AREA_LEADER.value: _("Area leader"),
    Role.LEADER.value: _("Institution leader"),
    Role.DEPARTMENT_LEADER.value: _("Department leader"),
    Role.TEAM.value: _("Team member"),
    Role.ANALYST.value: _("Analyst"),
    Role.DATA_PROTECTION.value: _("Data protection officer"),
}

LEVELS: tuple[tuple[Role, ...], ...] = (
    (Role.COMMITTEE,),
    (Role.DIRECTOR,),
    (Role.CHIEF_SCHOOLS, Role.CHIEF_DAYCARE, Role.CHIEF_FAMILIES),
    (Role.AREA_LEADER,),
    (Role.LEADER,),
    (Role.DEPARTMENT_LEADER,),
    (Role.TEAM,),
)
"""The storeys of the chain, from the committee to the team; not all have all."""

LEADING = frozenset(role for level in LEVELS[1:-1] for role in level)
"""The roles that lead others: between the politicians and the team."""

CHIEFS: dict[Area, Role] = {
    Area.SCHOOLS: Role.CHIEF_SCHOOLS,
    Area.DAYCARE: Role.CHIEF_DAYCARE,
    Area.FAMILIES: Role.CHIEF_FAMILIES,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A good span of control, and the farthest a unit lies from its leader.

    `farthest` counts levels from a unit up to the nearest unit with a leading post.
    """

    span_from: int
    span_to: int
    farthest: int = 1

    def __str__(self) -> str:
        return f"{self.span_from}–{self.span_to}, {self.farthest}"


BOUNDS: dict[Role, Bound] = {
    Role.DIRECTOR: Bound(2, 8),
    Role.CHIEF_SCHOOLS: Bound(3, 20),
    Role.CHIEF_DAYCARE: Bound(3, 20),
    Role.CHIEF_FAMILIES: Bound(2, 20),
    Role.AREA_LEADER: Bound(2, 10),
    Role.LEADER: Bound(9, 34),
    Role.DEPARTMENT_LEADER: Bound(9, 34),
}
"""Bounds that hold where a municipality has set none of its own.

A span counts the posts and the staff that a post leads directly. KORA's study of day
care saw 9 to 34 per leader, and 14 to 20 work best; the others are our judgement.
"""

LED_BY_THE_MUNICIPALITY = frozenset(
    {"folkeskole", "ungdomsskole", "kommunal", "selvejende"}
)
"""School types and day-care owners inside the chain.

Private, independent and boarding schools and private day care lead themselves: the
municipality supervises some of them but leads none. An independent (selvejende)
day-care institution works under an agreement with the municipality.
"""


INVENTED = "999"
"""The municipality of the demo, Fjordby. No real one has a code above 900."""

OFFICIAL_NAMES = {
    "101": gettext_noop("Copenhagen Municipality"),
    "400": gettext_noop("The Regional Municipality of Bornholm"),
}
"""The municipalities whose official name is not their own name and "Kommune"."""


def is_invented(code: str) -> bool:
    """Whether a place with this code is Fjordby or lies in it.

    Its codes are those of a register with its municipality's code in front: 999001,
    G99901. A real register that comes to use them would have to be told apart.
    """
    return code.lstrip("GS").startswith(INVENTED)


def municipality_name(code: str, name: str) -> str:
    """Return a municipality's official name, in the reader's language."""
    if code in OFFICIAL_NAMES:
        return gettext(OFFICIAL_NAMES[code])
    return gettext("%(name)s Municipality") % {"name": name}


def area_of(*, is_school: bool, form: str, owner: str) -> Area:
    """Place an institution in its municipality's chain, or outside it."""
    if (form if is_school else owner) not in LED_BY_THE_MUNICIPALITY:
        return Area.OTHERS
    return Area.SCHOOLS if is_school else Area.DAYCARE
