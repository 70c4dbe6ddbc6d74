"""What Fjordby judges of its results over a year, and what is left behind the doors."""

import pytest

from kaeden.access.rules import Actor, Role
from kaeden.demo.scene import noon
from kaeden.dialogue.models import Assessment, Hypothesis, WhatWeDid
from kaeden.dialogue.queries import afterwards, hypotheses, lifted
from kaeden.dialogue.queries.assessments import queue_of
from kaeden.dialogue.queries.first_act import first_acts
from kaeden.dialogue.rules.first_act import Level
from kaeden.organisation.models import Holding, Post, Unit
from kaeden.publication.queries import current_release
from kaeden.shared.clock import standing_at
from tests.builders.fjordby import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture(autouse=True)
def _today(told):
    with standing_at(noon(TODAY)):
        yield


def actor(key):
    post = Post.objects.select_related("unit").get(key=key, valid_to=None)
    user = Holding.objects.get(post=post, valid_to=None).user_id
    return Actor(
        user_id=user, role=Role(post.role), path=post.unit.path, post_id=post.pk
    )


def waiting(key):
    post = Post.objects.select_related("unit").get(key=key, valid_to=None)
    return queue_of(Role(post.role), post.unit, current_release("999")).waiting


@pytest.mark.parametrize(
    ("key", "least"),
    [
        ("skolechef", 5),
        ("dagtilbudschef", 1),
        ("familiechef", 1),
        ("leder-nordskolen", 2),
    ],
)
def test_results_wait_behind_each_door(key, least):
    assert waiting(key) >= least


def test_a_leader_writes_before_the_chief_of_the_same_result():
    by_result = {}
    for one in Assessment.objects.select_related("post").order_by("made_at"):
        place = one.release_id, one.unit_id, one.indicator
        by_result.setdefault(place, []).append(one.post.role)

    both = [roles for roles in by_result.values() if len(set(roles)) > 1]
    assert both
    assert all(roles[0] == "leader" for roles in both)
    assert Assessment.objects.filter(number=2).exists()


def test_the_chief_reads_what_came_after_the_judgements_of_last_year():
    chief = actor("skolechef")
    found = afterwards.mine(chief)

    after = afterwards.came_after(found, afterwards.newest_of(chief, found)[1])

    assert len(after) >= 3


def test_one_claim_is_closed_one_has_met_its_number_and_two_wait():
    found = hypotheses.seen_by(actor("direktoer"))

    assert len(found) == Hypothesis.objects.count() == 4
    assert sum(one.closed_on is not None for one in found) == 1
    assert sum(one.met is None for one in found) == 2


def test_those_who_became_better_tell_it_to_the_others():
    school = Unit.objects.get(code="999001", valid_to=None)

    found = lifted.lifted_like(
        actor("leder-nordskolen"), school, current_release("999").id
    )

    assert any(one.told for one in found.others)
    assert WhatWeDid.objects.count() == 2


def test_the_levels_can_be_told_how_soon_they_act():
    town = Unit.objects.get(code="999", kind="municipality", valid_to=None)

    assert all(first_acts(town)[0].levels[level] for level in Level)
