"""Is a sentence a result or an effort? Held up to sentences that were labelled first."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from kaeden.goals import listening
from kaeden.goals.indicators import Theme
from kaeden.goals.listening import Lean, as_sentence, hear, lists
from kaeden.shared.errors import BadInput

CORPUS = yaml.safe_load(
    (Path(__file__).parent / "goal_sentences.yaml").read_text(encoding="utf-8")
)
LABELLED = [
    (part, Lean(kind), sentence)
    for part, kinds in CORPUS.items()
    for kind, sentences in kinds.items()
    for sentence in sentences
]


def told(part, lean):
    """Return precision and recall of a lean in one part of the corpus."""
    heard = Counter(
        (hear(sentence).lean is lean, kind is lean)
        for place, kind, sentence in LABELLED
        if place == part
    )
    right = heard[True, True]
    return right / (right + heard[True, False]), right / (right + heard[False, True])


def test_the_corpus_is_large_and_even_and_no_sentence_stands_twice():
    sentences = [sentence for _part, _kind, sentence in LABELLED]
    kinds = Counter(kind for _part, kind, _sentence in LABELLED)

    assert len(sentences) == len(set(sentences)) == 102
    assert kinds[Lean.RESULT] == kinds[Lean.EFFORT] == 46


@pytest.mark.parametrize(
    ("part", "lean", "precision", "recall"),
    [
        ("tuned", Lean.EFFORT, 1.0, 1.0),
        ("tuned", Lean.RESULT, 1.0, 1.0),
        ("held_out", Lean.EFFORT, 14 / 15, 1.0),
        ("held_out", Lean.RESULT, 1.0, 1.0),
        ("held_out", Lean.BOTH, 1.0, 3 / 4),
        ("harder", Lean.EFFORT, 1.0, 2 / 10),
        ("harder", Lean.RESULT, 6 / 9, 6 / 10),
    ],
)
def test_how_often_it_is_right_is_what_we_say_it_is(part, lean, precision, recall):
    """In plain prose it hears most; in policy prose it is silent rather than wrong."""
    found = told(part, lean)

    assert found == pytest.approx((precision, recall))


def test_no_result_is_called_an_effort():
    wronged = [
        sentence
        for _part, kind, sentence in LABELLED
        if kind is Lean.RESULT and hear(sentence).lean is Lean.EFFORT
    ]

    assert wronged == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Vi indfører holddeling på alle skoler.", ("indfører", "holddeling")),
        ("VI INDFØRER PROJEKTER", ("INDFØRER", "PROJEKTER")),
        ("Der oprettes en pulje.", ("oprettes", "pulje")),
    ],
)
def test_the_words_that_say_so_are_told(sentence, words):
    heard = hear(sentence)

    assert (heard.lean, heard.effort_words) == (Lean.EFFORT, words)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Vi indfører makkere, så ingen børn er alene", "Ingen børn er alene."),
        ("Vi laver legevagter for at alle børn leger.", "Alle børn leger."),
        ("Vi holder møder, sådan at flere unge trives!", "Flere unge trives."),
        (
            "Vi udarbejder planer med henblik på, at alle elever trives.",
            "Alle elever trives.",
        ),
    ],
)
def test_what_an_effort_is_to_lead_to_is_lifted_out(sentence, wanted):
    heard = hear(sentence)

    assert (heard.lean, heard.wanted) == (Lean.BOTH, wanted)


def test_an_effort_that_leads_to_another_effort_stays_one():
    heard = hear("Vi indfører makkere, så lærerne kan holde møder om planer.")

    assert (heard.lean, heard.wanted) == (Lean.EFFORT, "")


@pytest.mark.parametrize(
    "sentence", ["", "Ja.", "Vi vil det bedste.", "på alle skoler"]
)
def test_what_says_neither_is_not_guessed_at(sentence):
    assert hear(sentence).lean is Lean.UNCLEAR


def test_a_place_does_not_act():
    assert hear("På alle skoler trives de.").lean is Lean.RESULT
    assert hear("Alle skoler får en plan.").lean is Lean.EFFORT


def test_a_sentence_begins_and_ends_as_one():
    assert as_sentence("  flere   børn læser.. ") == "Flere børn læser."


def test_the_shipped_lists_can_be_used_and_cover_every_theme():
    assert set(lists().themes) == set(Theme)


def test_a_file_that_is_not_right_is_refused_with_its_name(tmp_path):
    path = tmp_path / "lister.yaml"
    path.write_text("reviewed: 2026-11-24\n", encoding="utf-8")

    with pytest.raises(BadInput, match=r"lister\.yaml can't be used"):
        listening.load(path)
