"""A signal in a sentence: how many children, why, and of how many it is one."""

import pytest

from kaeden.engine.signals import State
from kaeden.presentation import cards
from kaeden.presentation.signals import not_said, said
from tests.builders.figures import a_current_release, a_figure, an_indicator

pytestmark = pytest.mark.usefixtures("english")
ABSENCE, RELEASE = an_indicator(), a_current_release()
BESIDE = {"signal": "comparison", "peers": 20, "difference": 1.3, "swing": 1.2}
MOVED = {"signal": "development", "points": 6, "direction": 1}


def told(**facts):
    return said(ABSENCE, a_figure(**({"n": 400} | facts)), RELEASE)


def test_a_development_is_told_with_its_children_its_rule_and_the_scan():
    assert told(**MOVED) == (
        "It is about 400 pupils. Over 6 school years the number has moved one way, more "
        "than chance explains. It is one of 340 that stand out among 12,000 results."
    )


def test_a_change_of_the_children_themselves_is_told_beside_the_others():
    assert "its own children have moved one way and further" in told(
        **MOVED, change_of="rows"
    )


def test_a_comparison_is_told_with_its_children_its_rule_and_the_scan():
    assert told(**BESIDE) == (
        "It is about 400 pupils. The number lies further from the 20 like it than they "
        "usually lie apart. It is one of 340 that stand out among 12,000 results."
    )


@pytest.mark.parametrize("facts", [BESIDE, MOVED], ids=["beside", "moved"])
def test_good_news_and_bad_are_told_in_the_same_words(facts):
    over = {name: -facts[name] for name in ("difference", "direction") if name in facts}

    assert told(**facts) == told(**(facts | over))


def test_where_the_children_are_not_counted_that_is_said():
    assert told(**BESIDE, n=None).startswith("The source doesn't say how many children")


def test_what_does_not_stand_out_has_no_sentence_of_a_signal():
    assert told() == ""
    assert told(is_latest=False) == ""


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.INSIDE_CHANCE, "Chance can explain it"),
        (State.TOO_UNCERTAIN, "too uncertain to say. That isn't the same as no change"),
        (State.UNTESTED, ""),
        (State.IMPROVED, ""),
        (None, ""),
    ],
)
def test_uncertain_is_not_called_unchanged(state, words):
    found = not_said(a_figure(state=state))

    assert words in found
    assert bool(found) is bool(words)


def test_a_card_carries_the_sentence_and_the_reason_why_there_is_none():
    card = cards.build(ABSENCE, [a_figure(n=400, **BESIDE)], release=RELEASE)
    silent = cards.build(ABSENCE, [a_figure(n=400)], release=RELEASE)

    assert card.said == told(**BESIDE)
    assert silent.said == ""
    assert "Chance can explain it: it doesn't stand out." in silent.why
