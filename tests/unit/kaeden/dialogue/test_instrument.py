import pytest

from kaeden.dialogue.instrument import SHIPPED, instrument, load
from kaeden.dialogue.rules.pulse import POINTS
from kaeden.shared.errors import BadInput


def test_the_pulse_asks_at_most_five_questions_in_both_languages():
    asked = instrument()

    assert len(asked.statements) + 1 <= 5
    assert len(asked.answers) == POINTS
    assert asked.name == "pulse@1"
    assert asked.items == ("clear", "results", "direction", "answers")
    assert all(one.text.da != one.text.en for one in asked.statements)
    assert len(asked.caveats.da) == len(asked.caveats.en)
    assert asked.reviewed_on < asked.next_review


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("id: clear", "id: Clear one", "statements"),
        ("version: 1", "version: 0", "version"),
        ("owner: Kæden", "boss: Kæden", "boss"),
        ("time:", "statement: more\ntime:", "statement"),
    ],
)
def test_a_file_that_is_no_instrument_is_refused_with_its_place(
    tmp_path, old, new, why
):
    file = tmp_path / "pulse.yaml"
    file.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new))

    with pytest.raises(BadInput, match=why):
        load(file)


def test_a_sixth_question_is_refused(tmp_path):
    more = "  - id: more\n    text: {da: Mere, en: More}\n"
    text = SHIPPED.read_text(encoding="utf-8").replace(
        "answers:\n", f"{more}answers:\n"
    )
    file = tmp_path / "pulse.yaml"
    file.write_text(text)

    with pytest.raises(BadInput, match="statements"):
        load(file)
