"""May this person do this here, and if not, why not? Pure; no database."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.shared.errors import Forbidden, KaedenError


class Role(StrEnum):
    """What kind of place in the leadership chain a post is."""

    COMMITTEE = "committee"
    DIRECTOR = "director"
    CHIEF_SCHOOLS = "chief_schools"
    CHIEF_DAYCARE = "chief_daycare"
    CHIEF_FAMILIES = "chief_families"
    LEADER = "leader"
    SYSTEM = "system"


class Permission(StrEnum):
    """Something a person can be allowed to do at a unit."""

    IMPORT_DATA = "import_data"
    LOAD_ORGANISATION = "load_organisation"
    RUN_ENGINE = "run_engine"
    RELEASE_RESULTS = "release_results"
    FILL_POST = "fill_post"
    ADOPT_GOAL = "adopt_goal"
    ASSESS_RESULT = "assess_result"
    READ_ASSESSMENT = "read_assessment"
    DECIDE_AGENDA = "decide_agenda"


CHIEF = frozenset(
    {Permission.ASSESS_RESULT, Permission.READ_ASSESSMENT, Permission.FILL_POST}
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COMMITTEE: frozenset(),
    Role.DIRECTOR: frozenset(
        {
            Permission.READ_ASSESSMENT,
            Permission.FILL_POST,
            Permission.ADOPT_GOAL,
            Permission.DECIDE_AGENDA,
        }
    ),
    Role.CHIEF_SCHOOLS: CHIEF,
    Role.CHIEF_DAYCARE: CHIEF,
    Role.CHIEF_FAMILIES: CHIEF,
    Role.LEADER: frozenset({Permission.READ_ASSESSMENT}),
    Role.SYSTEM: frozenset(
        {
            Permission.IMPORT_DATA,
            Permission.LOAD_ORGANISATION,
            Permission.RUN_ENGINE,
            Permission.RELEASE_RESULTS,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: one person and the posts they hold, each at a unit's path."""

    user_id: int | None
    posts: frozenset[tuple[Role, str]]


NOBODY = Actor(user_id=None, posts=frozenset())
SYSTEM = Actor(user_id=None, posts=frozenset({(Role.SYSTEM, "dk")}))
"""The command line on the installation's own machine: data and releases, no posts."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with the sentence the person is shown."""

    allowed: bool
    why_not: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(allowed=True)


def may(actor: Actor, permission: Permission, *, at: str) -> Verdict:
    """Judge a permission at the unit with path `at`, such as ``"dk/101/schools"``.

    A post counts at its own unit and at every unit below it.
    """
    for role, home in actor.posts:
        covers = at == home or at.startswith(f"{home}/")
        if covers and permission in GRANTS[role]:
            return YES
    if not actor.posts:
        return Verdict(allowed=False, why_not=_("Sign in with a post to do this."))
    return Verdict(allowed=False, why_not=_("Your posts do not reach this unit."))


def require(verdict: Verdict, *, otherwise: type[KaedenError] = Forbidden) -> None:
    """Go on, or raise `otherwise` with the verdict's own sentence."""
    if not verdict:
        raise otherwise(verdict.why_not)
