"""Does a judgement still stand when there are newer numbers?"""

import itertools

import pytest

from kaeden.dialogue.rules.afterwards import Fate, Record, Went, fate_of, record_of
from kaeden.dialogue.rules.assessments import Judgement

STANDS = {
    (Judgement.CHANCE, Went.NOWHERE),
    (Judgement.IMPROVEMENT, Went.NOWHERE),
    (Judgement.IMPROVEMENT, Went.BETTER),
    (Judgement.CHALLENGE, Went.NOWHERE),
    (Judgement.CHALLENGE, Went.WORSE),
}
TURNED = {
    (Judgement.CHANCE, Went.BETTER),
    (Judgement.CHANCE, Went.WORSE),
    (Judgement.CHANCE, Went.MOVED),
    (Judgement.IMPROVEMENT, Went.WORSE),
    (Judgement.CHALLENGE, Went.BETTER),
}


@pytest.mark.parametrize(("said", "went"), list(itertools.product(Judgement, Went)))
def test_what_becomes_of_each_judgement(said, went):
    wanted = Fate.UNDECIDED
    if (said, went) in STANDS:
        wanted = Fate.STANDS
    if (said, went) in TURNED:
        wanted = Fate.TURNED

    assert fate_of(said, went) is wanted


def test_a_record_counts_what_can_be_decided():
    fates = [Fate.STANDS, Fate.STANDS, Fate.TURNED, Fate.UNDECIDED]

    assert record_of(fates) == Record(judged=3, stood=2)
    assert record_of([]) == Record(judged=0, stood=0)
