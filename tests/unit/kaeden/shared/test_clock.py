from datetime import UTC, datetime

from django.utils import timezone

from kaeden.shared import clock


def test_now_knows_its_time_zone():
    assert clock.now().utcoffset() is not None


def test_today_is_the_day_in_denmark_also_just_after_midnight(monkeypatch):
    just_after_midnight = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: just_after_midnight)

    assert str(clock.today()) == "2026-07-01"
