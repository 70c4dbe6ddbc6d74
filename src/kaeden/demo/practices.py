"""Tell which practices Fjordby's leaders use, what is decided of them, and who can them."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from kaeden.access.rules import SYSTEM, Role
from kaeden.demo.cast import Line, from_file
from kaeden.demo.figures import YEARS
from kaeden.demo.practised import practised
from kaeden.demo.results import RELEASED, newest_year
from kaeden.demo.scene import Scene, Telling
from kaeden.learning.actions import adoptions, competences, practices
from kaeden.learning.actions.evidence import weigh_released
from kaeden.learning.rules.practices import Fidelity, PracticeChoice

TOLD = 340
"""So many days ago the first leader told what is used; then one of them a day."""
FIRST_MONTH = 8
"""A practice begins with the school year."""


class SaidLine(Line):
    """How far a place follows a practice, and what it has adapted."""

    fidelity: Fidelity = Fidelity.UNKNOWN
    adaptations: str = ""


class UseLine(SaidLine):
    """That a place uses a practice from one of the eight years, or has stopped."""

    practice: str
    at: str
    year: int
    ended: int | None = None
    why: str = ""


class DecisionLine(Line):
    """What a chief has decided of a practice, and why."""

    practice: str
    by: str
    ago: int
    choice: PracticeChoice
    reason: str


class CompetenceLine(Line):
    """How many at a place can something, how many are to, and the plan."""

    competence: str
    by: str
    ago: int
    have: int
    wanted: int
    plan: str = ""
    ahead: int | None = None


class Uses(Line):
    """Everything in the file."""

    said: Mapping[str, Mapping[str, SaidLine]]
    uses: tuple[UseLine, ...]
    decisions: tuple[DecisionLine, ...]
    competences: tuple[CompetenceLine, ...]


@lru_cache(maxsize=1)
def uses() -> Uses:
    """Return what is said of practices in use; read once."""
    return from_file("uses.yaml", Uses)


def all_uses() -> Iterator[UseLine]:
    """Give every use there is: the planted ones with what is said of them, and others."""
    for one in practised():
        said = uses().said[one.practice]
        for at, year in one.adopted.items():
            words = said.get(at, SaidLine()).model_dump()
            yield UseLine(practice=one.practice, at=at, year=year, **words)
    yield from uses().uses


def tell_of_practices(scene: Scene) -> Iterator[Telling]:
    """Give each use, decision and count of competences, on the day it is told."""
    leaders = {
        post.unit.code: key
        for key, post in scene.posts.items()
        if post.role == Role.LEADER.value
    }
    for number, line in enumerate(all_uses()):
        yield _used(scene, line, leaders[line.at], TOLD - number)
    for decision in uses().decisions:
        yield _decided(scene, decision)
    for count in uses().competences:
        yield _counted(scene, count)


def tell_of_evidence(scene: Scene) -> Telling:
    """Let what practices did be weighed the day after the newest figures came."""
    ago, _years_before = RELEASED[-1]
    yield scene.day(ago - 1)
    weigh_released(scene.town.chain.municipality, by=SYSTEM)


def _used(scene: Scene, line: UseLine, leader: str, ago: int) -> Telling:
    by = scene.voices[leader]
    start = newest_year(scene).start - (YEARS - 1 - line.year)
    yield scene.day(ago)
    begun = date(start, FIRST_MONTH, 1)
    made = adoptions.start(line.practice, by=by, on=begun)
    adoptions.tell(made.pk, line.fidelity, line.adaptations, by=by)
    if line.ended is not None:
        yield scene.day(line.ended)
        adoptions.end(made.pk, line.why, by=by)


def _decided(scene: Scene, line: DecisionLine) -> Telling:
    yield scene.day(line.ago)
    by = scene.voices[line.by]
    practices.decide(line.practice, line.choice, line.reason, by=by)


def _counted(scene: Scene, line: CompetenceLine) -> Telling:
    ahead = None if line.ahead is None else scene.town.days.ahead(line.ahead)
    yield scene.day(line.ago)
    competences.note(
        line.competence,
        line.have,
        line.wanted,
        by=scene.voices[line.by],
        plan=line.plan,
        by_day=ahead,
    )
