"""The chain is fetched from a real little OS2mo, tried first, and again changes nothing."""

import pytest
from django.utils import translation
from pytest_socket import socket_allow_hosts

from kaeden.audit.models import Event
from kaeden.cli import main
from kaeden.organisation.models import Holding, Placement, Post, Unit
from tests.os2mo.server import CLIENT, SECRET, serving
from tests.os2mo.world import MAPPING, a_unit, fjordby

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("da"):
        yield


@pytest.fixture(autouse=True)
def _no_network():
    """Only this machine: the local OS2mo."""
    socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)


@pytest.fixture
def world():
    return fjordby()


@pytest.fixture(autouse=True)
def _os2mo(world, settings):
    with serving(world) as url:
        settings.KAEDEN_OS2MO = {
            "url": url,
            "client_id": CLIENT,
            "client_secret": SECRET,
        }
        yield


@pytest.fixture
def fetch(tmp_path):
    def run(*words, mapping=MAPPING, code="999"):
        file = tmp_path / "fjordby.yaml"
        file.write_text(mapping, encoding="utf-8")
        return main.main(
            ["fetch", "os2mo", "--municipality", code, "--mapping", str(file), *words]
        )

    return run


def rows():
    return [t.objects.count() for t in (Unit, Placement, Post, Holding, Event)]


def test_the_chain_is_fetched_and_what_is_left_out_is_told(fetch, capsys):
    assert fetch("--on", "2026-01-01") == 0

    said = capsys.readouterr().out
    assert "Fjordby Kommune: " in said
    assert "Leder af Børnehuset Solstrålen, Børnehuset Solstrålen" in said
    assert "Udeladt (3)\n  – 1 enhed af typen “stab” er udeladt" in said
    assert Post.objects.filter(role="leader").count() == 2
    assert "D E" not in said


def test_fetching_again_changes_nothing(fetch, capsys):
    fetch("--on", "2026-01-01")
    before = rows()

    assert fetch("--on", "2026-01-01") == 0
    assert rows() == before
    assert "intet er anderledes" in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("--history",)])
def test_a_dry_run_says_the_same_and_writes_nothing(fetch, capsys, words):
    assert fetch("--dry-run", *words) == 0

    said = capsys.readouterr().out
    assert "Nye (" in said
    assert said.endswith("Intet er skrevet. Udelad --dry-run for at skrive det.\n")
    assert rows() == [0, 0, 0, 0, 0]


def test_history_is_applied_day_by_day(fetch, capsys):
    assert fetch("--history") == 0

    said = capsys.readouterr().out
    assert "ændringer fra den 1. august 2024" in said
    assert "Børnehuset Solstrålen fra Nord til Syd" in said
    houses = Placement.objects.filter(unit__code="G99901", hierarchy="line")
    assert [str(one.valid_from) for one in houses.order_by("pk")] == [
        "2024-08-01",
        "2025-08-01",
    ]
    assert Holding.objects.filter(valid_to="2025-08-01").count() == 1


def test_history_again_changes_nothing(fetch, capsys):
    fetch("--history")
    before = rows()

    assert fetch("--history") == 0
    assert rows() == before


def test_a_day_before_the_root_has_no_history(fetch, capsys):
    assert fetch("--history", "--on", "2020-01-01") == 0
    assert "Udeladt (0)" in capsys.readouterr().out
    assert fetch("--on", "2020-01-01") == 6


def test_a_chain_that_does_not_hang_together_is_refused_whole(fetch, world, capsys):
    odd = {"name": "Hus\u202e", "parent": "syd", "type": "institution"}
    world.lists["org_units"].append(a_unit("odd", odd))

    assert fetch() == 6
    said = capsys.readouterr().err
    assert "Det, OS2mo og oversættelsen giver den" in said
    assert "har et tegn, man ikke kan se" in said
    assert rows() == [0, 0, 0, 0, 0]


def test_a_mapping_of_another_municipality_is_refused(fetch, capsys):
    assert fetch(code="998") == 6
    assert "handler om kommune 999, ikke 998" in capsys.readouterr().err


def test_an_os2mo_that_is_not_set_up_is_told(fetch, settings, capsys):
    settings.KAEDEN_OS2MO = {"url": "", "client_id": "", "client_secret": ""}

    assert fetch() == 6
    assert "Sæt KAEDEN_OS2MO_URL" in capsys.readouterr().err


def test_an_os2mo_that_refuses_is_told(fetch, world, capsys):
    world.faults = [(400, {}, {})]

    assert fetch() == 5
    assert "svarede med koden 400" in capsys.readouterr().err
