"""What Fjordby's communities have agreed on, and who has visited whom."""

from collections import Counter

import pytest

from kaeden.demo.together import together
from kaeden.dialogue.models import Commitment, Part, SharedCommitment, Visit
from kaeden.dialogue.queries.shared import follow_up
from kaeden.dialogue.queries.visits import held_of_planned
from kaeden.dialogue.rules.commitments import Occasion, Step
from kaeden.dialogue.rules.visits import VisitStep
from kaeden.organisation.models import Community
from kaeden.publication import queries as publication
from kaeden.publication.since import since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def test_everything_in_the_file_is_told():
    assert SharedCommitment.objects.count() == len(together().shared)
    assert Visit.objects.count() == len(together().visits)


def test_parts_and_visits_are_met_at_every_step():
    parts = Counter(Part.objects.values_list("step", flat=True))
    visits = Counter(Visit.objects.values_list("step", flat=True))

    assert set(parts) == {Step.ACCEPTED, Step.DECLINED, Step.KEPT, Step.BROKEN}
    assert set(visits) == set(VisitStep)


def test_a_community_has_rates_that_are_neither_none_nor_all():
    row = Community.objects.get(key="skolelederne", valid_to=None)

    kept, held = follow_up(row, 10), held_of_planned(row, 10)

    assert 0 < kept.done < kept.due
    assert held.done == 2


def test_commitments_hang_on_things_of_every_kind_but_one():
    kinds = Counter(
        occasion for one in Commitment.objects.all() for occasion in one.about.parts()
    )

    assert set(kinds) == set(Occasion) - {Occasion.TIME_ROBBER}
    assert kinds[Occasion.RESULT] > 5


def test_there_are_results_with_a_figure_before_and_after_a_commitment():
    release = publication.current_release("999")
    moved = []
    for one in Commitment.objects.exclude(unit=None).exclude(accepted_on=None):
        series = [
            figure
            for figure in publication.of_units(release.id, [one.unit_id])
            if figure.indicator == one.indicator
        ]
        found = since(series, one.accepted_on)
        moved += [found.moved] if found.before and found.newest else []

    assert len(moved) >= 5
