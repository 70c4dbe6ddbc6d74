"""Claims that a number can test, through the browser's doors."""

import pytest
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.dialogue.models import Hypothesis
from tests.builders.figures import a_release, a_signal
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
ABSENCE = "school-absence"
WORDS = {"words": "Flere ved porten.", "expected": "falls", "by_period": "2025/2026"}
LEADER, CHIEF = (Role.LEADER, NORDSKOLEN), (Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def english(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def leader(as_holder):
    return english(as_holder(*LEADER))


def claim(client, to, code="999001", **words):
    return client.post(
        to("write_hypothesis", code, ABSENCE), WORDS | words, follow=True
    )


def test_a_leader_writes_a_claim_from_the_page_of_a_result(leader, to):
    result = leader.get(to("result", "999001", ABSENCE)).text
    new = to("new_hypothesis", "999001", ABSENCE)
    assert new in result
    assert "Nordskolen" in leader.get(new).text

    answer = claim(leader, to)

    assert "Flere ved porten." in answer.text
    assert "Will be seen as a number that falls by 2025/26." in answer.text
    assert "Waits for the number of 2025/26" in answer.text
    assert "It begins here: 2024/25: 7.5" in answer.text
    assert "Flere ved porten." in leader.get(to("result", "999001", ABSENCE)).text
    assert "Flere ved porten." in leader.get(to("hypotheses")).text


def test_a_claim_meets_its_number_and_is_closed_with_what_was_learnt(leader, to):
    claim(leader, to)
    pk = Hypothesis.objects.get().pk
    a_release(a_signal(period="2025/26", value=6.0, low=5.8, high=6.2))
    assert "The number has come" in leader.get(to("hypotheses")).text
    text = leader.get(to("hypothesis", pk)).text
    assert "The number cannot decide it" in text  # the first had no interval
    assert (
        "2025/26: 6.0\N{NO-BREAK SPACE}%, most likely between" in text or "6.0" in text
    )

    answer = leader.post(
        to("close_hypothesis", pk), {"learnt": "Det hjalp."}, follow=True
    )

    assert "Learnt:</strong> Det hjalp." in answer.text
    assert to("close_hypothesis", pk) not in answer.text
    assert "Closed, with what was learnt" in leader.get(to("hypotheses")).text
    again = leader.post(to("close_hypothesis", pk), {"learnt": "Igen."})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"words": " "}, "Write some words."),
        ({"expected": ""}, "Choose which way the number goes."),
        ({"by_period": ""}, "Write by which year it is to be seen."),
        ({"by_period": "snart"}, "is not a year"),
    ],
)
def test_a_bad_claim_comes_back_with_what_is_missing(leader, to, words, told):
    answer = claim(leader, to, **words)

    assert answer.status_code == 400
    assert told in answer.text
    assert not Hypothesis.objects.exists()


def test_a_year_that_has_been_is_refused(leader, to):
    assert claim(leader, to, by_period="2023/24").status_code == 400


def test_nothing_learnt_is_asked_for_again(leader, to):
    claim(leader, to)

    answer = leader.post(to("close_hypothesis", Hypothesis.objects.get().pk), {})

    assert answer.status_code == 400
    assert "Write some words." in answer.text


def test_a_claim_is_for_those_in_the_line(leader, as_holder, client, to):
    claim(leader, to)
    page = to("hypothesis", Hypothesis.objects.get().pk)
    sister, committee = (
        as_holder(Role.LEADER, SYDSKOLEN),
        as_holder(Role.COMMITTEE, TOWN),
    )

    assert "Flere ved porten." in as_holder(*CHIEF).get(page).text
    for stranger in (sister, committee):
        assert stranger.get(page).status_code == 404
        assert "Flere ved porten." not in stranger.get(to("hypotheses")).text
        assert claim(stranger, to).status_code == 403
        new = to("new_hypothesis", "999001", ABSENCE)
        assert stranger.get(new).status_code == 403
    assert client.get(page).status_code == 302
