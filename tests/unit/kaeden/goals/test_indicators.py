"""Indicator files: what a good one holds, and how a bad one is refused."""

from datetime import date, timedelta

import pytest
import yaml
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kaeden.goals import indicators
from kaeden.goals.indicators import Direction, Indicator, Level, Sector, Status, Theme
from kaeden.shared.errors import BadInput

GOOD = (indicators.SHIPPED / "school-absence.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def a_file(folder, name="school-absence.yaml", **changes):
    """Write the shipped absence file with other values; None takes a field out."""
    content = {**yaml.safe_load(GOOD), **changes}
    kept = {key: value for key, value in content.items() if value is not None}
    path = folder / name
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
    return path


def both(text):
    return {"da": text, "en": text}


def test_a_good_file_is_read(tmp_path):
    indicator = indicators.load(a_file(tmp_path))

    assert indicator.measure.source == "schools"
    assert indicator.direction is Direction.LOWER
    assert indicator.title.da == "Fravær i skolen"


@pytest.mark.parametrize("caveats", [None, []])
def test_a_file_without_caveats_is_refused(tmp_path, caveats):
    with pytest.raises(BadInput, match=r"caveats: (is missing|is empty)"):
        indicators.load(a_file(tmp_path, caveats=caveats))


def test_every_problem_is_told_at_once(tmp_path):
    path = a_file(
        tmp_path,
        caveats=None,
        misuse=None,
        direction="up",
        minimum_group=3,
        colour="red",
        review_due="2020-01-01",
    )

    with pytest.raises(BadInput) as refused:
        indicators.load(path)

    message = refused.value.message
    assert message.startswith("school-absence.yaml can't be used")
    for field in (
        "caveats",
        "misuse",
        "direction",
        "minimum_group",
        "colour",
        "review_due",
    ):
        assert f"- {field}: " in message


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"direction": "up"}, "says “up”, but must be one of higher, lower"),
        ({"minimum_group": 4}, "is “4”, but must be at least 5"),
        ({"denominator": None}, "must both be there, or neither"),
        ({"numerator": None, "denominator": None}, "needs numerator and denominator"),
        ({"size": None}, "how many children are behind"),
        ({"axis": both("Fravær – højere er bedre")}, "must hold the words “lavere er"),
        ({"plausible": None}, "every unit but verdict"),
        ({"plausible": {"lowest": 5, "highest": 2}}, "must be above “lowest”"),
        ({"review_due": "2026-11-23"}, "must be after “reviewed”"),
        ({"review_due": "soon"}, "is not a date. Write it as 2026-11-23"),
        ({"theme": "wellbeing"}, "survey answers must be in class S2"),
        ({"theme": "notifications"}, "notifications must be in class S3"),
        ({"disclosure_class": "S3"}, "must be at least 10 in class S3"),
        ({"breaks": [{"between": ["2022", "2023"], "why": both("x")}]}, "“series” is"),
        (
            {"series": True, "breaks": [{"between": ["2022", "x"], "why": both("x")}]},
            "is not a year",
        ),
        ({"within_variance": {"kind": "guess"}}, "the kind guess is unknown"),
        ({"within_variance": {"why": both("x")}}, "says no kind"),
        ({"within_variance": {"kind": "binomial"}, "unit": "days"}, "only percentages"),
        ({"wording": {"kind": "scale", "noun": both("x")}}, "a scale needs"),
        (
            {"wording": {"kind": "mark", "noun": both("x"), "says": both("no place")}},
            "must hold {value} once",
        ),
        (
            {
                "wording": {
                    "kind": "mark",
                    "noun": both("x"),
                    "says": both("{value}"),
                    "says_children": both("{count}"),
                }
            },
            "must hold {count} and {n}",
        ),
        ({"title": "Fravær"}, "must have fields below it, such as da and en"),
        ({"title": {"da": "Fravær", "en": " "}}, "title → en: is empty"),
        ({"caveats": "none"}, "must be a list"),
        ({"decimals": "many"}, "decimals: says “many”, but must be a whole number"),
        ({"id": "Absence!"}, "must be small letters"),
        ({"id": "other"}, "Let them be the same"),
        (
            {"size": {"source": "s", "name": "n", "share": 1.2, "why": both("x")}},
            "most",
        ),
        (
            {"size": {"source": "s", "name": "n", "share": 0, "why": both("x")}},
            "above 0",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(tmp_path, changes, sentence):
    with pytest.raises(BadInput) as refused:
        indicators.load(a_file(tmp_path, **changes))

    assert sentence in refused.value.message


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"title: a: b", "Line 1 can't be read as YAML"),
        (b"id: one\nid: two", "“id” is written twice"),
        (b"a: &x [1]\nb: *x", "refers to itself"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"a: 1\nb: \x00", "Line 2 holds a sign that can't be seen (U+0000)"),
        (b"just words", "must have fields below it"),
        (b"x" * 200_001, "larger than 200 kB"),
    ],
)
def test_what_is_not_a_file_of_fields_is_refused_with_a_sentence(
    tmp_path, content, sentence
):
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)

    with pytest.raises(BadInput) as refused:
        indicators.load(path)

    assert sentence in refused.value.message


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInput, match="Check the path"):
        indicators.load(tmp_path / "gone.yaml")


def test_a_long_value_is_cut_in_the_refusal(tmp_path):
    with pytest.raises(BadInput) as refused:
        indicators.load(a_file(tmp_path, direction="x" * 500))

    assert len(refused.value.message) < 300


def test_an_indicator_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        indicators.catalogue()["school-absence"].decimals = 2


# The catalogue ----------------------------------------------------------------------


def shipped():
    return list(indicators.read_folders(indicators.SHIPPED).values())


def test_the_catalogue_covers_all_sectors_and_themes():
    found = shipped()

    assert len(found) >= 15
    assert {i.sector for i in found} == set(Sector)
    assert {i.theme for i in found} == set(Theme)
    assert {i.level for i in found} == set(Level)


def test_the_catalogue_is_ordered_by_sector_theme_and_title():
    keys = [i.sort_key() for i in indicators.catalogue().values()]

    assert keys == sorted(keys)


def test_the_catalogue_is_read_once_and_cannot_be_changed():
    assert indicators.catalogue() is indicators.catalogue()
    with pytest.raises(TypeError):
        indicators.catalogue()["x"] = None


@pytest.mark.parametrize("indicator", shipped(), ids=lambda i: i.id)
def test_a_shipped_indicator_can_be_read_by_a_leader(indicator):
    assert len(indicator.caveats) >= 2
    assert indicator.question.da.endswith("?")
    assert "må " in indicator.misuse.da.lower()
    assert len(indicator.title.da) <= 45
    for caveat in indicator.caveats:
        assert len(caveat.da) <= 220


@pytest.mark.parametrize("indicator", shipped(), ids=lambda i: i.id)
def test_nothing_the_social_area_sees_is_made_a_competition(indicator):
    if indicator.sector is Sector.SOCIAL:
        assert indicator.comparison is indicators.Comparison.NONE
        assert indicator.disclosure_class is indicators.DisclosureClass.S3


def test_notifications_are_not_judged():
    assert not indicators.catalogue()["notifications"].direction.judges


def test_a_municipality_adds_its_own(settings, tmp_path):
    settings.KAEDEN_INDICATORS = tmp_path
    a_file(tmp_path, name="own-absence.yaml", id="own-absence")

    assert "own-absence" in indicators.catalogue()
    assert "school-absence" in indicators.catalogue()


def test_a_municipality_cannot_replace_a_shipped_one(settings, tmp_path):
    settings.KAEDEN_INDICATORS = tmp_path
    a_file(tmp_path)

    with pytest.raises(BadInput, match="id of another indicator"):
        indicators.catalogue()


def test_a_folder_that_is_not_there_is_refused(settings, tmp_path):
    settings.KAEDEN_INDICATORS = tmp_path / "gone"

    with pytest.raises(BadInput, match="Check KAEDEN_INDICATORS"):
        indicators.catalogue()


# What an indicator knows ------------------------------------------------------------


@given(days=st.integers(min_value=-400, max_value=400))
def test_a_review_is_overdue_from_the_day_after_it_was_due(days):
    indicator = shipped_absence()
    on = indicator.review_due + timedelta(days=days)

    assert indicator.review_is_overdue(on) is (days > 0)


def test_a_break_gives_its_two_periods():
    (found,) = indicators.catalogue()["staffing-0-2"].breaks

    assert [str(period) for period in found.periods] == ["2022", "2023"]


def test_a_share_of_the_pupils_is_an_approximate_size():
    known = indicators.catalogue()

    assert known["exam-mark"].size.is_approximate
    assert not known["school-absence"].size.is_approximate


def shipped_absence() -> Indicator:
    indicator = indicators.catalogue()["school-absence"]
    assert indicator.status is Status.PUBLISHED
    assert indicator.reviewed <= date(2026, 11, 23)
    return indicator
