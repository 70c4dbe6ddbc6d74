"""Everything on the screen is in Danish too, with the same places to fill in."""

import os
import re
import shutil
import subprocess
import sys

from babel.messages.pofile import read_po

from tests.docs.reading import ROOT

CATALOGUE = ROOT / "src" / "kaeden" / "locale" / "da" / "LC_MESSAGES" / "django.po"
COLLECT = ["makemessages", "-l", "da", "--no-location", "-v0", "-i", "vendor"]
PLACE = re.compile(r"%(?:\(\w+\))?[a-z]|\{\w*\}")


def messages_in(path):
    """Return the messages of a catalogue, its head left out."""
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def forms(words):
    """Return a message's forms: one, or singular and plural."""
    return list(words) if isinstance(words, (tuple, list)) else [words]


def untranslated(path):
    """Return the messages that have no Danish, or only a guess at it."""
    return [
        message.id
        for message in messages_in(path)
        if message.fuzzy or not all(forms(message.string))
    ]


def test_every_message_has_its_danish():
    assert len(messages_in(CATALOGUE)) > 300
    assert untranslated(CATALOGUE) == []


def test_every_danish_message_has_the_same_places_to_fill_in():
    odd = []
    for message in messages_in(CATALOGUE):
        wanted = set(PLACE.findall(forms(message.id)[-1]))
        for english, danish in zip(
            forms(message.id), forms(message.string), strict=True
        ):
            places = set(PLACE.findall(danish))
            if not set(PLACE.findall(english)) <= places <= wanted:
                odd.append(message.id)

    assert odd == []


def test_no_message_begins_or_ends_with_another_blank_than_its_danish():
    for message in messages_in(CATALOGUE):
        for english, danish in zip(
            forms(message.id), forms(message.string), strict=True
        ):
            assert (english[0] == " ", english[-1] == " ") == (
                danish[0] == " ",
                danish[-1] == " ",
            ), english


def test_no_message_in_the_code_is_missing_from_the_catalogue(tmp_path):
    assert shutil.which("xgettext"), "Install GNU gettext: apt-get install gettext"
    left_out = shutil.ignore_patterns("static", "files", "*.mo", "__pycache__")
    copy = shutil.copytree(
        ROOT / "src" / "kaeden", tmp_path / "kaeden", ignore=left_out
    )

    subprocess.run(
        [sys.executable, "-m", "django", *COLLECT],
        cwd=copy,
        env={k: v for k, v in os.environ.items() if not k.startswith("DJANGO_")},
        check=True,
        timeout=120,
    )

    found = copy / "locale" / "da" / "LC_MESSAGES" / "django.po"
    assert untranslated(found) == []
