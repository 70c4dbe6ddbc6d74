"""A chain is saved and loaded from the command line."""

import pytest
from django.utils import translation

from kaeden.audit.models import Event
from kaeden.cli import main
from kaeden.organisation.models import Placement, Post, Unit
from kaeden.organisation.queries import get_municipality
from kaeden.organisation.snapshot import chain_of
from tests.builders.chain_files import a_book, a_text
from tests.builders.chains import BEGAN, a_chain, applied

pytestmark = pytest.mark.django_db
MOVED = (("parent: nord", "parent: daycare"), ("'2024-08-01'", "'2025-08-01'"))


@pytest.fixture(autouse=True)
def _english():
    """What these commands say is read by leaders: in Danish."""
    with translation.override("da"):
        yield


def run(*words):
    return main.main([str(word) for word in words])


def written(path, data):
    path.write_bytes(data)
    return path


@pytest.fixture
def yaml(tmp_path):
    return written(tmp_path / "kaede.yaml", a_text())


@pytest.fixture
def moved(tmp_path):
    return written(tmp_path / "flyttet.yaml", a_text(*MOVED))


def rows():
    return [table.objects.count() for table in (Unit, Placement, Post, Event)]


def test_a_chain_is_loaded_from_the_day_in_its_file(yaml, capsys):
    assert run("import", "chain", yaml) == 0

    loaded = chain_of(get_municipality("999"), BEGAN)
    assert [unit.code for unit in loaded.units][:3] == ["999", "daycare", "schools"]
    assert "Fjordby Kommune: " in capsys.readouterr().out


def test_a_spreadsheet_is_loaded_the_same_way(tmp_path, yaml):
    run("import", "chain", yaml)

    assert run("import", "chain", written(tmp_path / "kaede.xlsx", a_book())) == 0
    assert Event.objects.count() == 1


def test_loading_twice_changes_nothing(yaml, capsys):
    run("import", "chain", yaml)
    before = rows()

    assert run("import", "chain", yaml) == 0
    assert rows() == before
    assert "intet er anderledes" in capsys.readouterr().out


def test_a_dry_run_says_what_would_change_and_changes_nothing(yaml, moved, capsys):
    run("import", "chain", yaml)
    before = rows()

    assert run("import", "chain", moved, "--dry-run") == 0
    said = capsys.readouterr().out
    assert (
        "Flyttes (1)\n  – Børnehuset Solstrålen fra Klynge Nord til Dagtilbud" in said
    )
    assert said.endswith("Intet er skrevet. Udelad --dry-run for at skrive det.\n")
    assert rows() == before


def test_a_dry_run_of_a_new_municipality_leaves_nothing_behind(yaml):
    assert run("import", "chain", yaml, "--dry-run") == 0
    assert rows() == [0, 0, 0, 0]


def test_another_day_can_be_named(yaml, moved):
    run("import", "chain", yaml)

    assert run("import", "chain", moved, "--on", "2025-01-01") == 0
    assert Placement.objects.filter(valid_from="2025-01-01").count() == 1


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--on", "i morgen"), 6, "“i morgen” er ikke en dato"),
        (("--on", "2999-01-01"), 5, "er ikke kommet endnu"),
        (("--municipality", "998"), 6, "handler om kommune 999, ikke 998"),
    ],
)
def test_a_load_that_cannot_be_done_says_why(yaml, capsys, words, code, sentence):
    applied(a_chain())
    before = rows()

    assert run("import", "chain", yaml, *words) == code
    assert sentence in capsys.readouterr().err
    assert rows() == before


@pytest.mark.parametrize("name", ["999", "Fjordby", "Fjordby Kommune"])
def test_the_municipality_can_be_named_to_be_sure(yaml, name):
    applied(a_chain())

    assert run("import", "chain", yaml, "--municipality", name) == 0


def test_a_bad_file_is_refused_whole(tmp_path, capsys):
    bad = written(tmp_path / "kaede.yaml", a_text(("kind: school", "kind: skole")))

    assert run("import", "chain", bad) == 6
    assert "kaede.yaml kan ikke bruges" in capsys.readouterr().err
    assert rows() == [0, 0, 0, 0]


def test_a_chain_needs_a_file_that_is_there(tmp_path, capsys):
    assert run("import", "chain") == 2
    assert "Nævn filen med kæden" in capsys.readouterr().err
    assert run("import", "chain", tmp_path / "ingen.yaml") == 6


@pytest.mark.parametrize("name", ["ny.yaml", "ny.xlsx"])
def test_what_is_saved_can_be_loaded_and_changes_nothing(tmp_path, capsys, name):
    applied(a_chain())
    file = tmp_path / name

    assert run("export", "chain", "--municipality", "Fjordby", file) == 0
    assert capsys.readouterr().out == f"{name}: 8 enheder og 8 stillinger.\n"
    assert run("import", "chain", file, "--dry-run") == 0
    assert "intet er anderledes" in capsys.readouterr().out


def test_the_chain_of_another_day_can_be_saved(tmp_path, yaml, moved):
    run("import", "chain", yaml)
    run("import", "chain", moved)
    file = tmp_path / "da.yaml"
    day = ("--as-of", "2024-12-24")

    assert run("export", "chain", "--municipality", "999", file, *day) == 0
    assert "parent: nord" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "code"), [("kaede.txt", 6), ("no/such/folder/kaede.yaml", 6)]
)
def test_a_file_that_cannot_be_written_is_said(tmp_path, name, code):
    applied(a_chain())

    assert run("export", "chain", "--municipality", "999", tmp_path / name) == code
