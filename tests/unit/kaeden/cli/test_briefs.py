"""All briefs of a meeting in one command; each file is whole or not there."""

import pytest
from django.utils import translation

from kaeden.cli import briefs
from kaeden.cli.main import main
from tests.builders.dialogue import an_adopted_goal
from tests.builders.documents import opened
from tests.builders.figures import a_release, a_result
from tests.builders.places import FJORDBY, HAVBY, a_country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fjordby(db):
    a_country()
    an_adopted_goal()
    a_release(a_result(), a_result("999002"))
    with translation.override("da"):
        yield


def brief(folder, *more, town=FJORDBY):
    return main(["brief", "--municipality", town, "--to", str(folder), *more])


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_every_team_gets_a_page_and_a_slide(tmp_path, capsys):
    assert brief(tmp_path / "til" / "mødet") == 0

    assert names(tmp_path / "til" / "mødet") == [
        "999001-nordskolen-in-school-every-day-slide.pdf",
        "999001-nordskolen-in-school-every-day.pdf",
        "999002-sydskolen-in-school-every-day-slide.pdf",
        "999002-sydskolen-in-school-every-day.pdf",
    ]
    for one in (tmp_path / "til" / "mødet").iterdir():
        assert len(opened(one.read_bytes()).pages) == 1
    assert "2 af 2: Sydskolen" in capsys.readouterr().out


def test_one_unit_can_be_asked_for(tmp_path):
    assert brief(tmp_path, "--unit", "999002") == 0

    assert all(name.startswith("999002-") for name in names(tmp_path))


def test_what_is_not_there_is_not_found(tmp_path, capsys):
    assert brief(tmp_path / "x", "--unit", "000") == 4
    assert "»000«" in capsys.readouterr().err
    assert brief(tmp_path / "x", town="Andeby") == 4
    assert not (tmp_path / "x").exists()


def test_where_there_is_nothing_to_print_it_is_refused(tmp_path, capsys):
    assert brief(tmp_path / "x", town=HAVBY) == 5

    assert "Der er intet at udskrive" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_without_its_words_it_is_wrong_use(tmp_path):
    with pytest.raises(SystemExit) as left:
        main(["brief", "--to", str(tmp_path)])
    assert left.value.code == 2


def test_a_folder_that_cannot_be_made_is_said(tmp_path, capsys):
    (tmp_path / "en fil").write_text("")

    assert brief(tmp_path / "en fil" / "mappe") == 6
    assert "Mappen kan ikke laves" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said_and_leaves_none_half(
    tmp_path, capsys, monkeypatch
):
    def full(_begun, _path):
        raise OSError("No space left")

    monkeypatch.setattr(briefs.os, "replace", full)

    assert brief(tmp_path) == 6
    assert names(tmp_path) == []


def test_it_can_be_interrupted_and_what_is_written_is_whole(tmp_path, monkeypatch):
    written = []

    def stop_after_two(content):
        written.append(content)
        if len(written) == 3:
            raise KeyboardInterrupt
        return b"%PDF"

    monkeypatch.setattr(briefs, "pdf", stop_after_two)

    assert brief(tmp_path) == 130
    assert len(names(tmp_path)) == 2
    assert not list(tmp_path.glob("*.begun"))
