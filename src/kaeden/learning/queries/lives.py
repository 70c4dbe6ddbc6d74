"""Read the lives of practices: who uses them, what is decided; with what it costs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kaeden.learning.errors import NoSuchPractice
from kaeden.learning.models import PracticeDecision, TestCycle
from kaeden.learning.practices import Practice
from kaeden.learning.queries.evidence import Weighed, evidence_in
from kaeden.learning.queries.practices import AdoptionOf, all_adoptions, practices
from kaeden.learning.rules.practices import PracticeChoice
from kaeden.learning.rules.stages import Stage, stage_of
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import name_of, within


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOf:
    """What was decided of a practice, where, by whom, when and why."""

    choice: PracticeChoice
    reason: str
    post: str
    unit: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A practice in a municipality, with all that its stage is derived from.

    `adoptions` are in the order in which they began, `decisions` the newest first;
    `tests` are how many have begun, and `evidence` is by indicator.
    """

    practice: Practice
    adoptions: tuple[AdoptionOf, ...]
    decisions: tuple[DecisionOf, ...]
    tests: int
    evidence: Mapping[str, Weighed]

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return stage_of(
            choice=self.decisions[0].choice if self.decisions else None,
            is_compared=any(one.effect for one in self.evidence.values()),
            is_tried=bool(self.adoptions) or self.tests > 0,
        )

    @property
    def in_use(self) -> tuple[AdoptionOf, ...]:
        """The uses that have not ended."""
        return tuple(one for one in self.adoptions if one.ended is None)


def lives(town: Unit) -> dict[str, Life]:
    """Return the life of each of a municipality's practices, by key (7 queries)."""
    used = _by_practice(all_adoptions(town))
    decided = _by_practice_decided(town)
    weighed = evidence_in(town)
    tried = _tests_of(town)
    return {
        key: Life(
            practice=practice,
            adoptions=tuple(used.get(key, ())),
            decisions=tuple(decided.get(key, ())),
            tests=tried.get(key, 0),
            evidence=weighed.get(key, {}),
        )
        for key, practice in practices(town).items()
    }


def get_life(key: str, town: Unit) -> Life:
    """Return the life of one practice (7 queries).

    Raises
    ------
    NoSuchPractice
        If the municipality knows none.
    """
    found = lives(town).get(key)
    if found is None:
        raise NoSuchPractice(_("There is no such practice. Find it in the list."))
    return found


def _by_practice(found: Iterable[AdoptionOf]) -> Mapping[str, list[AdoptionOf]]:
    by: dict[str, list[AdoptionOf]] = {}
    for one in found:
        by.setdefault(one.practice, []).append(one)
    return by


def _tests_of(town: Unit) -> Mapping[str, int]:
    """Return how many tests of each practice have begun: a count, no words (1 query)."""
    begun = TestCycle.objects.filter(begun_on__isnull=False)
    here = begun.filter(within(town, "test__post__unit__")).exclude(test__practice="")
    rows = here.values_list("test__practice", "test_id").distinct()
    return Counter(practice for practice, _test in rows)


def _by_practice_decided(town: Unit) -> Mapping[str, list[DecisionOf]]:
    """Return the decisions on each practice, the newest first (1 query)."""
    by: dict[str, list[DecisionOf]] = {}
    there = PracticeDecision.objects.filter(within(town, "unit__"))
    for one in there.select_related("unit", "post__unit").order_by("-pk"):
        by.setdefault(one.practice, []).append(
            DecisionOf(
                choice=PracticeChoice(one.choice),
                reason=one.reason,
                post=name_of(one.post),
                unit=one.unit.full_name,
                decided_on=one.decided_on,
            )
        )
    return by
