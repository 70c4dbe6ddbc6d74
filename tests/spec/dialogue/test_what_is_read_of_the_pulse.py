"""What is read of the pulse, and of whom nothing is ever read.

Everybody in the chain reads what the levels say. A leader also reads what those in the
own link say. Nothing is shown of fewer than five, and nothing from which fewer than five
could be worked out.
"""

import pytest

from kaeden.access.rules import Actor, Permission, Role, may
from kaeden.dialogue.rules.pulse import AGREE, part_is_shown, shown_mean

SEEN, HIDDEN = True, False


@pytest.mark.parametrize(
    ("own", "level", "why", "outcome"),
    [
        (6, 30, "six of thirty", SEEN),
        (4, 30, "four are too few", HIDDEN),
        (6, 10, "the four others would be found", HIDDEN),
        (5, 10, "five, and five others", SEEN),
        (6, 6, "nobody else has answered", SEEN),
    ],
)
def test_what_a_leader_reads_of_the_own_link(own, level, why, outcome):
    assert part_is_shown(own, level) is outcome, why


@pytest.mark.parametrize(
    ("answers", "read"),
    [
        ((3.44, 3.1, 3.8), "3.4 (3.0 to 3.9)"),
        ((4.0, 4.0, 4.0), "4.0 (3.9 to 4.1)"),
        ((5.0, 5.0, 5.0), "4.8 or beyond"),
        ((1.1, 1.0, 1.2), "1.2 or beyond"),
    ],
)
def test_how_exactly_a_mean_is_told(answers, read):
    shown = shown_mean(AGREE, *answers)

    said = f"{shown.mean} or beyond"
    assert read == (
        said if shown.end else f"{shown.mean} ({shown.low} to {shown.high})"
    )


def test_who_reads_it_and_who_opens_and_closes_it():
    posts = {
        role: Actor(role=role, path="dk/999/schools/999001")
        for role in (Role.LEADER, Role.TEAM)
    } | {
        role: Actor(role=role, path="dk/999")
        for role in (Role.COMMITTEE, Role.DIRECTOR, Role.ANALYST, Role.DATA_PROTECTION)
    }

    def can(permission):
        return {
            role.value
            for role, actor in posts.items()
            if may(actor, permission, at="dk/999")
        }

    assert can(Permission.SEE_PULSE) == {
        *("committee", "director", "leader", "team", "analyst")
    }
    assert can(Permission.RUN_PULSE) == {"director"}
