"""What was done is told only of what has become better, whatever the seed drew."""

from datetime import date
from types import SimpleNamespace

from kaeden.demo import assessments
from tests.builders.figures import a_figure


def test_where_chance_hides_what_is_planted_nothing_is_told(monkeypatch):
    unit = SimpleNamespace(code="999009")
    day = date(2026, 11, 3)
    scene = SimpleNamespace(
        voices={"x": None},
        posts={"x": SimpleNamespace(unit=unit)},
        day=lambda _ago: day,
    )
    monkeypatch.setattr(assessments, "_figure", lambda *_: (1, a_figure()))
    monkeypatch.setattr(assessments, "may_share", lambda *_: False)
    line = assessments.ToldLine(by="x", indicator="school-absence", ago=21, words="Ja.")

    assert list(assessments._told(scene, line)) == [day]
