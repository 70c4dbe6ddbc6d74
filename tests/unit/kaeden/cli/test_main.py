import json

import pytest

from kaeden import __version__
from kaeden.access.rules import SYSTEM
from kaeden.audit import queries
from kaeden.audit.models import Event
from kaeden.audit.rules import Head
from kaeden.cli import data, demo, engine, main, server
from kaeden.data import lake
from kaeden.data import queries as sources
from kaeden.data.models import DataImport
from kaeden.goals.indicators import SHIPPED
from kaeden.learning.cards import SHIPPED as CARDS
from kaeden.organisation.loading import load_country
from kaeden.publication import actions as publication
from kaeden.publication.models import Release
from kaeden.shared.errors import BadInput, Forbidden, KaedenError, NotFound, Refused
from tests.builders.children import a_file_of_children, many_children
from tests.builders.figures import a_release, a_result
from tests.builders.places import HAVBY, LOADED, a_country, a_school
from tests.builders.recipes import SCHOOLS

NOTHING = "kaeden.cli.engine.engine.compute"


@pytest.fixture(autouse=True)
def own_lake(settings, tmp_path):
    settings.KAEDEN_LAKE = tmp_path / "lake"


def run(*words):
    return main.main(list(words))


def fails(error):
    def verb(_arguments):
        raise error

    return verb


# Exit codes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code"),
    [(KaedenError, 2), (Forbidden, 3), (NotFound, 4), (Refused, 5), (BadInput, 6)],
)
def test_an_error_is_a_sentence_and_an_exit_code(monkeypatch, capsys, error, code):
    monkeypatch.setattr(engine, "compute", fails(error("Det gik ikke.")))

    assert run("compute") == code
    assert capsys.readouterr().err == "Det gik ikke.\n"


def test_a_command_that_is_stopped_says_so_by_its_exit_code(monkeypatch):
    monkeypatch.setattr(engine, "compute", fails(KeyboardInterrupt))

    assert run("compute") == 130


def test_a_fault_of_our_own_is_not_hidden(monkeypatch):
    monkeypatch.setattr(engine, "compute", fails(ZeroDivisionError))

    with pytest.raises(ZeroDivisionError):
        run("compute")


@pytest.mark.parametrize(
    "words", [[], ["fly"], ["indicator"], ["serve", "--port", "x"]]
)
def test_words_that_are_no_command_are_wrong_use(words, capsys):
    with pytest.raises(SystemExit) as left:
        run(*words)

    assert left.value.code == 2
    assert "usage: kaeden" in capsys.readouterr().err


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as left:
        run("--version")

    assert (left.value.code, capsys.readouterr().out.strip()) == (0, __version__)


def test_the_program_leaves_with_the_commands_exit_code(monkeypatch):
    monkeypatch.setattr(engine, "compute", fails(Refused("Nej.")))
    monkeypatch.setattr("sys.argv", ["kaeden", "compute"])

    with pytest.raises(SystemExit) as left:
        main.run()

    assert left.value.code == 5


# Import -------------------------------------------------------------------------------


def test_import_without_a_source_lists_them(capsys):
    assert run("import") == 2
    assert (
        "Name a source: daycare_municipality, daycare_register"
        in capsys.readouterr().err
    )


def test_an_unknown_source_is_not_found(capsys):
    assert run("import", "happiness") == 4
    assert "There is no source “happiness”" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_shipped_file_is_imported_and_taken_back(capsys):
    assert run("import", "municipalities") == 0
    number = DataImport.objects.get().pk
    assert f"98 rows. Import number {number}" in capsys.readouterr().out

    assert run("import", "--revert", str(number)) == 0
    assert f"Import {number} is undone" in capsys.readouterr().out
    assert run("import", "--revert", str(number)) == 5


@pytest.mark.django_db
def test_an_import_that_is_not_there_cannot_be_taken_back():
    assert run("import", "--revert", "4242") == 4


@pytest.mark.django_db
def test_a_file_that_is_not_what_the_contract_says_is_bad_input(tmp_path, capsys):
    file = tmp_path / "kommuner.csv"
    file.write_text("noget;andet\n1;2\n")

    assert run("import", "municipalities", str(file)) == 6
    assert run("import", "municipalities", str(tmp_path / "gone.csv")) == 6
    assert "columns are wrong" in capsys.readouterr().err
    assert not DataImport.objects.exists()


@pytest.mark.django_db
def test_a_municipalitys_own_figures_are_imported_computed_and_released(
    tmp_path, capsys
):
    a_country()
    file = tmp_path / "egne.csv"
    years = "".join(
        f"999;high-absence;20{y}/{y + 1};{10 + 2 * (y - 17)},0;900\n"
        for y in range(17, 25)
    )
    file.write_text(f"enhed;indikator;skoleår;værdi;børn\n{years}", encoding="utf-8")

    assert run("import", "own", str(file), "--municipality", "Fjordby") == 0
    assert run("compute", "--municipality", "999") == 0
    assert run("publish", "--municipality", "999") == 0
    assert run("verify") == 0

    told = capsys.readouterr().out
    assert "The municipality's own figures: 8 rows. Import number" in told
    assert "1 units, 1 results held up, 1 signals" in told
    assert "Release 1: 8 figures, 0 of them hidden" in told


@pytest.mark.django_db
def test_a_municipalitys_rows_of_children_are_imported_and_computed(tmp_path, capsys):
    a_country([a_school(code, f"Skole {code}") for code in SCHOOLS])
    file = tmp_path / "elever.csv"
    file.write_bytes(a_file_of_children(*many_children(SCHOOLS)))

    assert run("import", "children", str(file), "--municipality", "Fjordby") == 0
    assert run("compute", "--municipality", "999") == 0

    told = capsys.readouterr().out
    assert "Rows about pupils: 480 rows. Import number" in told
    assert "Wellbeing in school: 2024/25" in told
    assert "9 units, " in told


@pytest.mark.parametrize("source", ["own", "children"])
@pytest.mark.parametrize("words", [(), ("egne.csv",), ("--municipality", "999")])
def test_a_municipalitys_files_need_a_name_and_a_municipality(source, words, capsys):
    assert run("import", source, *words) == 6
    assert f"kaeden import {source} FILE --municipality M" in capsys.readouterr().err


# Compute, publish, verify -------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_can_be_computed_from_an_empty_lake(capsys):
    assert run("compute") == 4
    assert "Import the source first" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_is_computed_is_counted(monkeypatch, capsys):
    a_country()
    made = a_release(a_result())
    monkeypatch.setattr(NOTHING, lambda **_asked: made.run)

    assert run("compute") == 0
    assert "1 units, 1 results held up, 0 signals" in capsys.readouterr().out


@pytest.mark.django_db
def test_what_is_published_is_counted(monkeypatch, capsys):
    a_country()
    made = a_release(a_result(), a_result("999002", n=2.0))
    monkeypatch.setattr(NOTHING, lambda **_asked: made.run)

    assert run("publish") == 0
    assert "Release 1: 2 figures, 1 of them hidden" in capsys.readouterr().out


@pytest.mark.django_db
def test_everything_whole_is_said_release_by_release(capsys):
    a_country()
    a_release(a_result())
    a_release(a_result(value=8.0))
    run("import", "municipalities")
    capsys.readouterr()

    assert run("verify") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [
        *("2 files of the lake are whole.", "Release 1 is intact."),
        "Release 2 is intact.",
    ]
    done = queries.head_of(Event)
    assert said[3:] == [
        f"What was done: every row is as it was written. Head: {done}",
        f"Who saw what: every row is as it was written. Head: {Head()}",
    ]


@pytest.mark.django_db
def test_a_noted_head_is_found_again_and_a_strange_one_is_not(capsys):
    a_country()
    noted = str(queries.head_of(Event))
    a_country([])

    assert run("verify", "--head", noted) == 0
    assert run("verify", "--head", noted, "--head", "1:beef") == 5
    assert "No chain holds the head 1:beef." in capsys.readouterr().err


@pytest.mark.django_db
def test_a_damaged_release_is_refused(monkeypatch, capsys):
    a_country()
    a_release(a_result())
    monkeypatch.setattr(publication, "digest_of", lambda *_said: "another")

    assert run("verify") == 5
    assert "Release 1 is damaged" in capsys.readouterr().err


# Indicators ---------------------------------------------------------------------------

GOOD = SHIPPED / "school-absence.yaml"


def test_a_good_indicator_file_can_be_used(capsys):
    assert run("indicator", "check", str(GOOD)) == 0
    assert "school-absence.yaml can be used" in capsys.readouterr().out


def test_a_bad_indicator_file_is_told_everything_that_is_wrong(tmp_path, capsys):
    file = tmp_path / "school-absence.yaml"
    wrong = GOOD.read_text().replace("decimals: 1", "decimals: 9")
    file.write_text(wrong.replace("minimum_group: 5", "minimum_group: 4"))

    assert run("indicator", "check", str(file)) == 6
    told = capsys.readouterr().err
    assert "decimals" in told
    assert "minimum_group" in told


CARD = CARDS / "practices" / "co-teaching.yaml"


def test_a_good_practice_file_can_be_used(capsys):
    assert run("practice", "check", str(CARD)) == 0
    assert "co-teaching.yaml can be used" in capsys.readouterr().out


def test_a_bad_practice_file_is_told_everything_that_is_wrong(tmp_path, capsys):
    file = tmp_path / "co-teaching.yaml"
    wrong = CARD.read_text().replace("exam-mark", "joy")
    file.write_text(wrong.replace("[co-teaching]", "[magic]"))

    assert run("practice", "check", str(file)) == 6
    told = capsys.readouterr().err
    assert "joy" in told
    assert "magic" in told


def test_an_indicator_is_previewed_before_anything_is_imported(capsys):
    assert run("indicator", "preview", str(GOOD)) == 0
    assert "made" in capsys.readouterr().out.lower()


@pytest.mark.django_db
def test_an_indicator_is_previewed_with_the_lakes_own_values(capsys):
    run("import", "schools")
    capsys.readouterr()

    assert run("indicator", "preview", str(GOOD)) == 0
    assert "made" not in capsys.readouterr().out.lower()


def test_a_file_that_is_not_there_is_bad_input(tmp_path):
    for verb in ("check", "preview"):
        assert run("indicator", verb, str(tmp_path / "gone.yaml")) == 6


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["compute", "publish"])
def test_the_lake_follows_the_database_before_it_is_computed_from(
    command, monkeypatch, settings
):
    run("import", "schools")
    whole = lake.snapshot()
    (settings.KAEDEN_LAKE / "manifest.json").unlink()
    assert lake.snapshot() != whole
    seen = []

    def compute(**_asked):
        seen.append(lake.snapshot())
        raise Refused("Enough has been seen.")

    monkeypatch.setattr(engine.engine, "compute", compute)

    assert run(command) == 5
    assert seen == [whole]


# Serve --------------------------------------------------------------------------------


class NoServer:
    """Stands where the web server would; tells what it was asked."""

    def __init__(self, target, **asked):
        print(target, asked["address"], asked["port"])  # noqa: T201 - what it was asked

    def serve(self):
        """Stop at once."""


@pytest.mark.usefixtures("socket_enabled")
def test_a_busy_port_is_said_before_anything_is_started(busy_port, monkeypatch, capsys):
    monkeypatch.setattr(server, "Granian", NoServer)

    assert run("serve", "--port", str(busy_port)) == 5
    told = capsys.readouterr()
    assert f"Port {busy_port} is busy. Stop what uses it" in told.err
    assert "ready" not in told.out


@pytest.mark.usefixtures("socket_enabled")
def test_a_free_port_is_served_from_here_only(free_port, monkeypatch, capsys):
    monkeypatch.setattr(server, "Granian", NoServer)

    assert run("serve", "--port", str(free_port)) == 0
    told = capsys.readouterr().out
    assert f"Kæden is ready: http://127.0.0.1:{free_port}" in told
    assert f"kaeden.config.wsgi:application 127.0.0.1 {free_port}" in told


@pytest.mark.usefixtures("socket_enabled")
def test_a_port_can_be_asked_about_before_the_demo_is_loaded(
    free_port, busy_port, monkeypatch, capsys
):
    monkeypatch.setattr(server, "Granian", NoServer)

    assert run("serve", "--port", str(busy_port), "--check") == 5
    assert run("serve", "--port", str(free_port), "--check") == 0
    assert capsys.readouterr().out == ""


# The demo -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_demo_is_brought_up_step_by_step_and_again_changes_nothing(
    capsys, monkeypatch
):
    school = a_school("998001", "Havskolen", municipality_code=HAVBY)
    load_country([(HAVBY, "Havby")], [school], as_of=LOADED, by=SYSTEM)
    made = a_release(a_result("998001"))
    monkeypatch.setattr(
        demo.engine, "compute", lambda **asked: asked["told"]("x") or made.run
    )

    assert run("demo") == 0
    assert run("demo") == 0

    told = capsys.readouterr().out
    assert "Public data …" in told
    assert "Release:" in told
    assert "It is there already, and is left as it is." in told
    assert Release.objects.filter(run__scope="dk").count() == 1
    public = DataImport.objects.exclude(source__endswith="_999")
    assert public.count() == len(sources.contracts())


@pytest.mark.django_db
def test_the_registers_become_units(monkeypatch):
    data.actions.import_shipped(by=SYSTEM)

    assert demo.load_organisation() > 5000
    assert demo.load_organisation() == 0


# The chain check -----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "named", [(), ("--municipality", "999"), ("--municipality", "fjordby")]
)
def test_the_chain_is_checked_for_a_person_and_for_a_system(named, capsys):
    a_country()

    assert run("chain-check", *named) == 0
    assert "Chief of schools" in capsys.readouterr().out
    assert run("chain-check", *named, "--format", "json") == 0
    breaks = json.loads(capsys.readouterr().out)["breaks"]
    assert {"vacant_post"} <= {one["kind"] for one in breaks}
    assert {"999"} <= {one["municipality"] for one in breaks}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--municipality", "Atlantis"), 4),
        (("--as-of", "1999-01-01"), 4),
        (("--as-of", "1999-01-01", "--municipality", "999"), 4),
        (("--as-of", "i morgen"), 6),
        (("--as-of", "2026-02-30"), 6),
    ],
)
def test_a_check_of_what_is_not_there_says_so(words, code, capsys):
    a_country()

    assert run("chain-check", *words) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith(".\n")


def test_a_format_that_is_none_is_wrong_use():
    with pytest.raises(SystemExit) as left:
        run("chain-check", "--format", "xml")

    assert left.value.code == 2
