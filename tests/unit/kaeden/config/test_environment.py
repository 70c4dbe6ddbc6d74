from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kaeden.config.environment import (
    env_database,
    env_flag,
    env_list,
    env_number,
    env_path,
    env_secret,
)

NAME = "KAEDEN_TRIAL"
HOME = Path("/srv/kaeden.sqlite3")


@pytest.fixture
def set_to(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)
    return lambda text, name=NAME: monkeypatch.setenv(name, text)


def refused(words):
    return pytest.raises(ImproperlyConfigured, match=words)


@pytest.mark.parametrize(("text", "means"), [("1", True), ("0", False)])
def test_a_flag_is_1_or_0(set_to, text, means):
    set_to(text)

    assert env_flag(NAME, default=not means) is means


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_set_has_its_default(set_to, default):
    assert env_flag(NAME, default=default) is default


@pytest.mark.parametrize("text", ["", "true", "yes", "01"])
def test_any_other_flag_is_refused_with_what_it_is(set_to, text):
    set_to(text)

    with refused(f"KAEDEN_TRIAL is {text!r}. Set it to 1 or 0"):
        env_flag(NAME, default=True)


def test_a_number_is_whole(set_to):
    assert env_number(NAME, default=1) == 1
    set_to("2")

    assert env_number(NAME, default=1) == 2


@pytest.mark.parametrize("text", ["", "-1", "1.5", "two"])
def test_any_other_number_is_refused_with_what_it_is(set_to, text):
    set_to(text)

    with refused(f"KAEDEN_TRIAL is {text!r}. Set it to a whole number"):
        env_number(NAME, default=1)


def test_a_list_is_read_between_its_commas(set_to):
    set_to("kaeden.dk, www.kaeden.dk")

    assert env_list(NAME, default=[]) == ["kaeden.dk", "www.kaeden.dk"]


def test_a_list_that_is_not_set_has_its_default(set_to):
    assert env_list(NAME, default=["localhost"]) == ["localhost"]


def test_a_path_is_made_whole(set_to, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    set_to("here")

    assert env_path(NAME, default=None) == tmp_path / "here"


@pytest.mark.parametrize("default", [None, HOME])
def test_a_path_that_is_not_set_has_its_default(set_to, default):
    assert env_path(NAME, default=default) == default


def test_a_secret_is_read_from_the_variable_before_the_file(set_to, tmp_path):
    file = tmp_path / "secret"
    file.write_text("from the file\n")
    set_to(str(file), f"{NAME}_FILE")
    assert env_secret(NAME) == "from the file"

    set_to("from the variable")
    assert env_secret(NAME) == "from the variable"


def test_without_a_secret_nothing_starts_and_the_way_out_is_told(set_to):
    with refused("KAEDEN_TRIAL is not set.*KAEDEN_TRIAL_FILE.*`make run` makes one"):
        env_secret(NAME)


def test_an_empty_secret_file_is_no_secret(set_to, tmp_path):
    (tmp_path / "secret").write_text(" \n")
    set_to(str(tmp_path / "secret"), f"{NAME}_FILE")

    with refused("is not set"):
        env_secret(NAME)


def test_without_an_address_the_database_is_a_file_at_home(set_to):
    found = env_database(NAME, default=HOME)

    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", HOME)
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_sqlite_address_names_its_file(set_to):
    set_to("sqlite:///srv/b%C3%B8rn.sqlite3")

    assert env_database(NAME, default=HOME)["NAME"] == Path("/srv/børn.sqlite3")


def test_a_postgresql_address_is_taken_apart(set_to):
    set_to("postgresql://k%40eden:p%2Fw@db.kommune.dk:5433/kaeden")

    found = env_database(NAME, default=HOME)

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("k@eden", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == (
        *("db.kommune.dk", 5433),
        "kaeden",
    )


def test_a_short_postgresql_address_leaves_the_rest_to_the_server(set_to):
    set_to("postgresql:///kaeden")

    found = env_database(NAME, default=HOME)

    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT")] == [""] * 4


@pytest.mark.parametrize("scheme", ["mysql", "postgres", ""])
def test_another_kind_of_database_is_refused_by_name(set_to, scheme):
    set_to(f"{scheme}://db/kaeden")

    with refused(f"begins with {scheme!r}. Use sqlite:///path or postgresql"):
        env_database(NAME, default=HOME)
