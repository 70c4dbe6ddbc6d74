"""What an installation must never lose, read from the settings themselves."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

WORDS = (
    "from django.conf import settings as s; print(s.DEBUG, s.KAEDEN_DEMO, "
    "s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
    "s.SECURE_HSTS_SECONDS > 0, s.CSRF_TRUSTED_ORIGINS)"
)


def asked(tmp_path, words, **environment):
    """Return what an installation says of its settings."""
    known = {"KAEDEN_SECRET_KEY": "x"} | environment
    return started(tmp_path, words, **known).stdout.strip()


def started(tmp_path, words=WORDS, /, **environment):
    """Read the settings in a process of their own, as an installation would."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KAEDEN_")}
    return subprocess.run(
        [sys.executable, "-c", words],
        env=kept
        | {"DJANGO_SETTINGS_MODULE": "kaeden.config.settings", "PYTHONPATH": "src"}
        | {"KAEDEN_HOME": str(tmp_path)}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_installation_is_neither_in_debug_nor_a_demo_unless_it_says_so(tmp_path):
    done = started(tmp_path, KAEDEN_SECRET_KEY="x")

    assert done.stdout.split()[:2] == ["False", "False"]


def test_https_is_one_switch_for_all_that_follows_from_it(tmp_path):
    done = started(
        tmp_path, KAEDEN_SECRET_KEY="x", KAEDEN_HTTPS="1", KAEDEN_HOSTS="kaeden.dk"
    )

    assert done.stdout.split()[2:] == ["True"] * 4 + ["['https://kaeden.dk']"]


def test_an_installation_without_a_secret_does_not_start(tmp_path):
    done = started(tmp_path)

    assert done.returncode
    assert "KAEDEN_SECRET_KEY is not set" in done.stderr


def test_scripts_and_styles_come_from_here_and_nowhere_else():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert policy["default-src"] == ["'none'"]
    for kind in ("script-src", "style-src", "font-src", "connect-src"):
        assert policy[kind] == ["'self'"]


def test_passwords_are_hashed_by_the_best_there_is(tmp_path):
    words = "from django.conf import settings as s; print(s.PASSWORD_HASHERS[0])"

    assert asked(tmp_path, words).endswith("Argon2PasswordHasher")


@pytest.mark.parametrize(("demo", "wanted"), [("1", "False"), ("0", "True")])
def test_a_second_factor_is_asked_for_outside_the_demo(tmp_path, demo, wanted):
    words = "from django.conf import settings as s; print(s.KAEDEN_SECOND_FACTOR)"

    assert asked(tmp_path, words, KAEDEN_DEMO=demo) == wanted
