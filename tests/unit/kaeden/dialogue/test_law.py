"""What the law asks: reviewed files, a municipality's own beside the shipped ones."""

import shutil
from datetime import date

import pytest

from kaeden.dialogue.law import SHIPPED, CoveredBy, law_held_under, law_of, load
from kaeden.dialogue.rules.conversations import Kind
from kaeden.shared.errors import BadInput


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_points_with_links_and_a_day(kind):
    law = law_of(kind)

    assert law.id is kind
    assert law.written_down < law.next_review
    assert all(point.href.startswith("https://") for point in law.points)
    assert law.name == f"{kind}@1"


def test_the_school_conversation_is_yearly_with_tests_and_follow_up():
    law = law_of(Kind.SCHOOL)

    covered = {point.covered_by for point in law.points}
    assert law.months == 12
    assert {CoveredBy.HELD, CoveredBy.RESULTS, CoveredBy.LAST_TIME} <= covered


def test_a_municipality_has_its_own_copy_beside_the_shipped_one(settings, tmp_path):
    text = (SHIPPED / "school.yaml").read_text(encoding="utf-8")
    (tmp_path / "school.yaml").write_text(
        text.replace("version: 1", "version: 2"), encoding="utf-8"
    )
    settings.KAEDEN_LAW = tmp_path

    assert law_of(Kind.SCHOOL).version == 2
    assert law_of(Kind.DAYCARE).version == 1


def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(settings, tmp_path):
    shutil.copy(SHIPPED / "school.yaml", tmp_path / "school.yaml")
    with (tmp_path / "school.yaml").open("a", encoding="utf-8") as file:
        file.write("more: true\n")
    settings.KAEDEN_LAW = tmp_path

    with pytest.raises(BadInput, match=r"school\.yaml can't be used"):
        law_of(Kind.SCHOOL)


def test_a_conversation_keeps_the_points_it_was_held_under():
    old = law_of(Kind.SCHOOL).model_copy(update={"written_down": date(2020, 1, 1)})

    assert law_held_under(old.model_dump(mode="json"), Kind.SCHOOL) == old
    assert law_held_under({}, Kind.SCHOOL) == load(SHIPPED / "school.yaml")
