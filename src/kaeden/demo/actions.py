"""Write Fjordby through the stations' own verbs, each on the day it happened."""

from django.db import transaction

from kaeden.access.rules import Actor
from kaeden.demo.agreements import tell_of_expectations
from kaeden.demo.assessments import tell_of_assessments
from kaeden.demo.briefs import tell_of_briefs
from kaeden.demo.conversations import tell_of_conversations
from kaeden.demo.goals import tell_goals, tell_of_goals
from kaeden.demo.line import tell_of_the_line
from kaeden.demo.meetings import tell_of_meetings
from kaeden.demo.practices import tell_of_evidence, tell_of_practices
from kaeden.demo.presence import tell_of_presence
from kaeden.demo.pulse import tell_of_pulse
from kaeden.demo.results import tell_of_results
from kaeden.demo.scene import noon, scene_of, tell
from kaeden.demo.support import tell_of_support
from kaeden.demo.talks import (
    tell_of_commitments,
    tell_of_drafts,
    tell_of_questions,
)
from kaeden.demo.time_robbers import tell_of_time
from kaeden.demo.together import tell_of_communities
from kaeden.demo.town import SEED, Town, town_of
from kaeden.demo.trying import tell_of_lessons, tell_of_tests
from kaeden.organisation.actions import apply_chain, seat_demo
from kaeden.organisation.queries import is_there
from kaeden.presentation.fjordby import DOORS
from kaeden.shared.clock import standing_at, today

VISITED = frozenset(door.key for door in DOORS)
"""The posts that visitors enter: they have still to answer the pulse."""


@transaction.atomic
def load_fjordby(*, by: Actor, seed: int = SEED) -> bool:
    """Write the invented municipality, whole or not at all; return whether it is new.

    One that is there already is left as it is.

    Raises
    ------
    Forbidden
        If `by` may not load a chain.
    """
    town = town_of(today(), seed=seed)
    if is_there(town.chain.municipality):
        return False
    _tell_the_chain(town, by)
    seat_demo(by=by)
    scene = scene_of(town, seed)
    goals = tell_goals(scene)
    tell(
        [
            tell_of_results(scene, seed),
            *tell_of_goals(scene, goals),
            *tell_of_expectations(scene),
            *tell_of_assessments(scene),
            *tell_of_pulse(scene, VISITED),
            *tell_of_questions(scene, goals),
            *tell_of_conversations(scene),
            *tell_of_commitments(scene, goals),
            *tell_of_communities(scene),
            *tell_of_drafts(scene),
            *tell_of_the_line(scene, goals),
            *tell_of_support(scene),
            *tell_of_time(scene),
            *tell_of_presence(scene),
            *tell_of_briefs(scene),
            *tell_of_meetings(scene, goals),
            *tell_of_practices(scene),
            *tell_of_tests(scene),
            *tell_of_lessons(scene),
            tell_of_evidence(scene),
        ]
    )
    return True


def _tell_the_chain(town: Town, by: Actor) -> None:
    for chapter in town.chapters:
        with standing_at(noon(chapter.as_of)):
            apply_chain(chapter, on=chapter.as_of, by=by)
