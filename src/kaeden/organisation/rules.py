"""The template of a municipality's chain. Pure; no database."""

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
    SCHOOL = "school"
    DAYCARE = "daycare"


class Area(StrEnum):
    """The areas that the template makes in each municipality; also their codes."""

    SCHOOLS = "schools"
    DAYCARE = "daycare"
    FAMILIES = "families"
    OTHERS = "others"


AREA_NAMES: dict[Area, str | Promise] = {
    Area.SCHOOLS: _("Schools"),
    Area.DAYCARE: _("Day care"),
    Area.FAMILIES: _("Families and social services"),
    Area.OTHERS: _("Private and independent institutions"),
}

POST_NAMES: dict[str, str | Promise] = {
    Role.COMMITTEE.value: _("Children and youth committee"),
    Role.DIRECTOR.value: _("Director of children and youth"),
    Role.CHIEF_SCHOOLS.value: _("Chief of schools"),
    Role.CHIEF_DAYCARE.value: _("Chief of day care"),
    Role.CHIEF_FAMILIES.value: _("Chief of families"),
    Role.LEADER.value: _("Institution leader"),
}

CHIEFS: dict[Area, Role] = {
    Area.SCHOOLS: Role.CHIEF_SCHOOLS,
    Area.DAYCARE: Role.CHIEF_DAYCARE,
    Area.FAMILIES: Role.CHIEF_FAMILIES,
}

LED_BY_THE_MUNICIPALITY = frozenset(
    {"folkeskole", "ungdomsskole", "kommunal", "selvejende"}
)
"""School types and day-care owners inside the chain.

Private, independent and boarding schools and private day care lead themselves: the
municipality supervises some of them but leads none. An independent (selvejende)
day-care institution works under an agreement with the municipality.
"""


OFFICIAL_NAMES = {
    "101": gettext_noop("Copenhagen Municipality"),
    "400": gettext_noop("The Regional Municipality of Bornholm"),
}
"""The municipalities whose official name is not their own name and "Kommune"."""


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
