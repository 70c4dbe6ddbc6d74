"""Practices of Fjordby: written, used and decided on with the verbs that people use."""

from datetime import date, timedelta

from kaeden.access.rules import Actor, Role
from kaeden.goals.indicators import Sector
from kaeden.learning.actions import adoptions, practices
from kaeden.learning.models import Adoption, PracticeDecision, WrittenPractice
from kaeden.learning.practices import OwnWords
from kaeden.learning.rules.practices import PracticeChoice
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN

TALKS, PAIRS, TWO = "attendance-talks", "peer-reading", "co-teaching"
GROUPS, VISITS = "small-group-tutoring", "leader-visits"
REASON = "Det hjælper på fem skoler."


def leader(path: str = NORDSKOLEN) -> Actor:
    return holder_of(Role.LEADER, path)


def other_leader() -> Actor:
    return leader(SYDSKOLEN)


def chief() -> Actor:
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


def director() -> Actor:
    return holder_of(Role.DIRECTOR, TOWN)


def own_words(**said: object) -> OwnWords:
    """A practice in a leader's words, with the least that is needed."""
    known: dict[str, object] = {
        "title": "Læseklub om fredagen",
        "target_group": "Elever i 4. klasse, der sjældent læser hjemme.",
        "method": "En fast time, hvor eleverne vælger bogen.",
        "mechanism": "Eleven læser, fordi nogen spørger til bogen bagefter.",
        "indicators": ("wellbeing-academic",),
        "sectors": (Sector.SCHOOL,),
    }
    return OwnWords(**(known | said))  # type: ignore[arg-type]


def written(by: Actor | None = None, **said: object) -> WrittenPractice:
    return practices.write(own_words(**said), by=by or leader())


def accepted(by: Actor | None = None) -> WrittenPractice:
    """One that a leader has written and the chief accepted."""
    made = written(by)
    practices.accept(made.pk, by=chief())
    return made


def adopted(
    practice: str = TALKS, *, by: Actor | None = None, on: date | None = None
) -> Adoption:
    return adoptions.start(practice, by=by or leader(), on=on)


def too_many(by: Actor | None = None) -> list[Adoption]:
    """One more practice at once than is thought to go well, a day apart."""
    return [
        adopted(key, by=by, on=today() - timedelta(days=10 - nth))
        for nth, key in enumerate((TALKS, PAIRS, TWO, GROUPS, VISITS))
    ]


def decided(
    choice: PracticeChoice = PracticeChoice.SPREAD,
    practice: str = TALKS,
    *,
    by: Actor | None = None,
) -> PracticeDecision:
    return practices.decide(practice, choice, REASON, by=by or chief())
