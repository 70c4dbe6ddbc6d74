"""Every command, target and variable is written down, and what is written exists."""

import argparse
import re

from kaeden.cli.commands import parser
from tests.docs.reading import ROOT, code_in, files, read

PAGES = [page for page in files("*.md") if page.name != "CHANGELOG.md"]
WRITTEN = "\n".join(code_in(page.read_text(encoding="utf-8")) for page in PAGES)
FOR_DEVELOPERS = {"KAEDEN_DEBUG", "KAEDEN_PICTURES", "KAEDEN_CHROMIUM"}


def commands_of(one, above=""):
    """Return the words of every command below a parser."""
    below = [
        action
        for action in one._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    if not below:
        return {above.strip()}
    return {
        words
        for name, child in below[0].choices.items()
        for words in commands_of(child, f"{above} {name}")
    }


def targets():
    """Return the Makefile's targets that `make` lists."""
    return set(re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.MULTILINE))


def variables():
    """Return the environment variables that the code reads."""
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src" / "kaeden" / "config").glob("*.py")
    )
    return set(re.findall(r'env_\w+\(\s*"(KAEDEN_\w+)"', text))


def test_every_command_is_written_down():
    missing = {c for c in commands_of(parser()) if f"kaeden {c}" not in WRITTEN}

    assert missing == set()


def test_every_command_that_is_written_down_exists():
    written = re.findall(r"(?:^|`|bin/)kaeden ([a-z-]+)", WRITTEN, re.MULTILINE)
    first_words = {words.split()[0] for words in commands_of(parser())}

    assert set(written) - first_words == set()


def test_every_target_is_written_down():
    missing = {one for one in targets() - {"help"} if f"make {one}" not in WRITTEN}

    assert missing == set()


def test_every_target_that_is_written_down_exists():
    written = re.findall(r"\bmake ([a-z-]+)", WRITTEN)

    assert set(written) - targets() == set()


def test_every_variable_is_written_down():
    written = set(re.findall(r"KAEDEN_\w+", read("README.md")))

    assert variables() - written - FOR_DEVELOPERS == set()
    assert {one.removesuffix("_FILE") for one in written} - variables() == set()
