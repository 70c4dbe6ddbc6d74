"""Names of sectors, themes and posts as a reader knows them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.goals.indicators import Sector, Theme

SECTOR_NAMES: dict[Sector, str | Promise] = {
    Sector.SCHOOL: _("School"),
    Sector.DAYCARE: _("Day care"),
    Sector.SOCIAL: _("Social services"),
}
THEME_NAMES: dict[Theme, str | Promise] = {
    Theme.LEARNING: _("Learning"),
    Theme.WELLBEING: _("Wellbeing"),
    Theme.ABSENCE: _("Absence"),
    Theme.COMPETENCE: _("Teachers' subject competence"),
    Theme.TRANSITION: _("On to youth education"),
    Theme.STAFFING: _("Staffing"),
    Theme.STAFF_EDUCATION: _("Staff education"),
    Theme.NOTIFICATIONS: _("Notifications of concern"),
}
GROUP_NAMES: dict[str, str | Promise] = {
    "1": _("municipalities around the capital"),
    "2": _("big-city municipalities"),
    "3": _("provincial-town municipalities"),
    "4": _("hinterland municipalities"),
    "5": _("rural municipalities"),
}
"""Danmarks Statistik's five groups of municipalities."""
