"""Run the tests: all of them on SQLite, then those that use a database on PostgreSQL."""

import argparse
import os
import subprocess
import sys

from postgres import server

PYTEST = [sys.executable, "-m", "pytest", "-q"]
STORY = "tests/unit/kaeden/demo"
"""Tests of what the story tells; that PostgreSQL holds it, the integration tests show."""
WITH_DATABASE = [
    *("tests/unit/kaeden", f"--ignore={STORY}", "tests/integration"),
    *("-m", "django_db"),
]


def main() -> int:
    """Return the exit code of the first run that fails, or 0."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", default="", help="a folder of tests")
    parser.add_argument("--match", default="", help="pytest's -k")
    chosen = parser.parse_args()
    match = ["-k", chosen.match] if chosen.match else []
    if chosen.kind or chosen.match:
        return pytest([*([f"tests/{chosen.kind}"] if chosen.kind else []), *match])
    failed = pytest(["--durations=8"])
    if failed:
        return failed
    sys.stdout.write("\nThe same on PostgreSQL:\n")
    sys.stdout.flush()
    with server() as url:
        return pytest(WITH_DATABASE, KAEDEN_DATABASE_URL=url)


def pytest(words: list[str], **environment: str) -> int:
    """Run pytest in a process of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KAEDEN_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [*PYTEST, *words], env=clean | environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
