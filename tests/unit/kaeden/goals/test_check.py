"""What an analyst is told by check and preview."""

from datetime import date

import pytest
import yaml
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kaeden.goals import indicators
from kaeden.goals.check import PreviewValue, check, preview
from kaeden.shared.status import ValueStatus

ON = date(2026, 11, 23)
KNOWN = {("schools", "absence"): {""}, ("schools", "pupils"): {""}}


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def shipped_path(id_):
    return indicators.SHIPPED / f"{id_}.yaml"


def a_changed_file(folder, **changes):
    content = yaml.safe_load(shipped_path("school-absence").read_text(encoding="utf-8"))
    path = folder / "own-absence.yaml"
    changed = {**content, "id": "own-absence", **changes}
    path.write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    return path


def a_value(value=5.0, n=100, status=ValueStatus.VALUE):
    return PreviewValue(unit_code="101", value=value, n=n, status=status)


def absence():
    return indicators.catalogue()["school-absence"]


@pytest.mark.parametrize(
    "path", sorted(indicators.SHIPPED.glob("*.yaml")), ids=lambda path: path.stem
)
def test_every_shipped_file_is_good(path):
    report = check(path, on=ON)

    assert report.is_good
    assert not any("very short" in warning for warning in report.warnings)


def test_a_wrong_file_is_reported_and_does_not_raise(tmp_path):
    report = check(a_changed_file(tmp_path, caveats=[]), KNOWN, on=ON)

    assert not report.is_good
    assert report.problems[0].startswith("caveats: is empty")


def test_a_measure_that_no_contract_offers_is_a_problem(tmp_path):
    report = check(a_changed_file(tmp_path), {("schools", "pupils"): {""}}, on=ON)

    assert "no source contract offers absence in schools" in report.problems[0]


def test_a_file_in_development_may_await_its_source(tmp_path):
    report = check(a_changed_file(tmp_path, status="in_development"), {}, on=ON)

    assert report.is_good
    assert any("write the contract first" in warning for warning in report.warnings)


def test_a_breakdown_that_no_contract_offers_is_a_problem(tmp_path):
    measure = {"source": "schools", "name": "absence", "breakdown": "Udskoling"}
    report = check(a_changed_file(tmp_path, measure=measure), KNOWN, on=ON)

    assert "offers absence Udskoling in schools" in report.problems[0]


def test_known_measures_are_not_complained_about(tmp_path):
    assert check(a_changed_file(tmp_path), KNOWN, on=ON).is_good


def test_an_indicator_without_a_size_needs_only_its_measure():
    known = {("schools", "pupils_per_teacher"): {""}}

    assert check(shipped_path("pupils-per-teacher"), known, on=ON).is_good


def test_a_shipped_id_is_taken(tmp_path):
    path = tmp_path / "school-absence.yaml"
    path.write_bytes(shipped_path("school-absence").read_bytes())

    assert "already the id of a shipped indicator" in check(path, on=ON).problems[0]


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"reviewed": date(2020, 1, 1), "review_due": date(2021, 1, 1)}, "has passed"),
        ({"review_due": date(2035, 1, 1)}, "more than three years"),
        ({"misuse": {"da": "Pas på.", "en": "Careful."}}, "misuse: is very short"),
        ({"caveats": [{"da": "Usikkert.", "en": "Unsure."}]}, "caveats: one is very"),
        ({"size": None, "within_variance": None}, "it isn't known how many"),
        (
            {"within_variance": {"kind": "unknown", "why": {"da": "x", "en": "x"}}},
            "the uncertainty is judged from the spread",
        ),
    ],
)
def test_a_doubt_is_said(tmp_path, changes, warning):
    report = check(a_changed_file(tmp_path, **changes), on=ON)

    assert any(warning in said for said in report.warnings), report


def test_an_approximate_size_is_said():
    report = check(shipped_path("exam-mark"), on=ON)

    assert any("is approximate" in warning for warning in report.warnings)


# Preview ----------------------------------------------------------------------------


def test_a_preview_counts_places_by_status():
    values = [a_value(), a_value(None, None, ValueStatus.MISSING)]

    assert preview(absence(), values).counts == {
        ValueStatus.VALUE: 1,
        ValueStatus.MISSING: 1,
    }


def test_a_preview_gives_the_spread():
    shown = preview(absence(), [a_value(float(v)) for v in (1, 2, 3, 4, 5)])

    assert (shown.lowest, shown.lower_quartile, shown.median) == (1, 2, 3)
    assert (shown.upper_quartile, shown.highest, shown.typical_n) == (4, 5, 100)
    assert "From 1.0 to 5.0; half of the units lie from 2.0 to 4.0" in shown.text


def test_a_preview_hides_small_groups():
    shown = preview(absence(), [*[a_value(5.0)] * 5, a_value(99.0, n=4)])

    assert shown.counts[ValueStatus.HIDDEN] == 1
    assert shown.highest == 5.0


def test_a_preview_of_few_units_shows_no_spread():
    shown = preview(absence(), [a_value(5.0)] * 4)

    assert shown.median is None
    assert "Too few units have a value" in shown.text


def test_a_preview_without_sizes_says_nothing_of_them():
    assert preview(absence(), [a_value(n=None)]).typical_n is None


def test_a_preview_shows_the_whole_definition():
    text = preview(absence(), []).text

    assert str(absence().misuse) in text
    assert all(str(caveat) in text for caveat in absence().caveats)


@pytest.mark.parametrize("id_", sorted(indicators.catalogue()))
def test_made_up_values_are_marked_plausible_and_the_same_each_time(id_):
    indicator = indicators.catalogue()[id_]
    shown = preview(indicator, seed=3)

    assert shown.made_up
    assert "made up" in shown.text
    assert shown == preview(indicator, seed=3)
    if indicator.plausible is not None:
        assert indicator.plausible.lowest <= shown.lowest
        assert shown.highest <= indicator.plausible.highest


@given(
    sizes=st.lists(st.integers(min_value=0, max_value=20), max_size=30),
    seed=st.integers(min_value=0, max_value=9),
)
def test_no_small_group_reaches_the_spread(sizes, seed):
    values = [a_value(50.0 if n < 5 else 5.0 + seed, n=n) for n in sizes]
    shown = preview(absence(), values)

    assert shown.highest in {None, 5.0 + seed}
    assert sum(shown.counts.values()) == len(sizes)
