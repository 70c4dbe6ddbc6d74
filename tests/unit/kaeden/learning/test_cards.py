"""Practice files: what a good one holds, and how a bad one is refused."""

import pytest
import yaml

from kaeden.goals.indicators import Sector
from kaeden.goals.indicators import catalogue as indicators
from kaeden.learning import cards
from kaeden.shared.errors import BadInput

GOOD = cards.SHIPPED / "practices" / "co-teaching.yaml"


def a_file(folder, name="co-teaching.yaml", **changes):
    """Write the shipped card with other values; None takes a field out."""
    content = {**yaml.safe_load(GOOD.read_text(encoding="utf-8")), **changes}
    kept = {key: value for key, value in content.items() if value is not None}
    path = folder / name
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
    return path


def test_a_good_file_is_read_as_the_one_value(tmp_path):
    practice = cards.load(a_file(tmp_path, cost_per_child=150)).practice()

    assert (practice.key, practice.title.da) == (
        "co-teaching",
        "To voksne, der underviser sammen",
    )
    assert (practice.sectors, practice.cost_per_child) == ((Sector.SCHOOL,), 150)
    assert (practice.staff_hours, practice.is_shared) == (None, False)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"mechanism": None}, "mechanism: is missing"),
        ({"core_parts": []}, "core_parts: is empty"),
        ({"sources": []}, "sources: is empty"),
        ({"indicators": ["joy"]}, "no indicator called joy"),
        ({"competences": ["magic", "co-teaching"]}, "no competence called magic"),
        ({"cost_per_child": -1}, "cost_per_child"),
        ({"review_due": "2020-01-01"}, "must be after “reviewed”"),
        ({"id": "another"}, "Let them be the same"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_file_is_refused_with_a_sentence_for_what_is_wrong(tmp_path, changes, why):
    with pytest.raises(BadInput, match=why):
        cards.load(a_file(tmp_path, **changes))


def test_a_municipality_adds_its_own_and_none_takes_anothers_name(tmp_path):
    a_file(tmp_path, "our-own.yaml", id="our-own")
    shipped = cards.SHIPPED / "practices"

    assert "our-own" in cards.read_folders(shipped, tmp_path)
    a_file(tmp_path)
    with pytest.raises(BadInput, match="id of another practice"):
        cards.read_folders(shipped, tmp_path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(BadInput, match="KAEDEN_PRACTICES"):
        cards.read_folders(tmp_path / "nowhere")


def test_a_bad_file_of_competences_is_refused(tmp_path):
    path = tmp_path / "competences.yaml"
    path.write_text("competences: []\n", encoding="utf-8")

    with pytest.raises(BadInput, match="competences: is empty"):
        cards.read_competences(path)


def test_the_municipalitys_own_folder_is_read_with_the_shipped(settings, tmp_path):
    settings.KAEDEN_PRACTICES = tmp_path
    a_file(tmp_path, "our-own.yaml", id="our-own")

    assert set(cards.catalogue()) == {*_shipped(), "our-own"}


def test_the_shipped_practices_cover_the_three_sectors_and_one_that_is_shared():
    shipped = _shipped().values()

    assert 8 <= len(shipped) <= 12
    assert {sector for one in shipped for sector in one.sectors} == set(Sector)
    assert any(one.is_shared for one in shipped)


def test_a_shipped_practice_invents_no_effect_and_no_price():
    for one in _shipped().values():
        assert "undersøgt" in one.effect.da, one.key
        assert (one.cost_per_child, one.staff_hours) == (None, None), one.key
        assert "ikke undersøgt af Kæden" in one.economy.da, one.key


def test_every_competence_is_asked_for_by_a_practice():
    asked = {name for one in _shipped().values() for name in one.competences}

    assert asked == set(cards.competences())


def test_every_indicator_that_a_shipped_practice_should_move_can_be_moved():
    for one in _shipped().values():
        assert set(one.indicators) <= set(indicators()), one.key


def _shipped():
    return cards.read_folders(cards.SHIPPED / "practices")
