"""The question that each role's first screen answers."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Role

RESULTS = _("Which results am I to assess?")
MINE = _("What is expected of me, and what may I decide?")

QUESTIONS: Mapping[Role, str | Promise] = {
    Role.COMMITTEE: _("Do our goals for children and young people move?"),
    Role.DIRECTOR: _("Where is the chain broken now?"),
    Role.CHIEF_SCHOOLS: RESULTS,
    Role.CHIEF_DAYCARE: RESULTS,
    Role.CHIEF_FAMILIES: RESULTS,
    Role.AREA_LEADER: _("What calls for me between the chief and the leaders?"),
    Role.LEADER: MINE,
    Role.DEPARTMENT_LEADER: MINE,
    Role.TEAM: _("What do we try, and does it help?"),
    Role.ANALYST: _("Can the numbers bear what we use them for?"),
    Role.DATA_PROTECTION: _("Who has done and seen what?"),
    Role.SYSTEM: _("What is to be done?"),
}
