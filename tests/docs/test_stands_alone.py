"""Nothing in the tree points at the machine it was written on."""

import re

import pytest

from tests.docs.reading import files, name_of

READ = {".py", ".md", ".toml", ".yml", ".yaml", ".html", ".css", ".js", ".sh", ".lock"}
TEXTS = [
    path
    for path in files()
    if path.suffix in READ or path.name in {"Makefile", ".gitignore", "run"}
]
# Spelt in pieces, so that this file is not what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"work\b",
            r"(?<![\w./])/" + r"tmp\b",
            r"(?<![\w/])shared" + r"/[A-Z]+\.md",
            "pypi" + r"\.org",
            "python" + r"hosted\.org",
            "npm" + r"js\.(?:org|com)",
            "crates" + r"\.io",
            "proxy" + r"\.golang\.org",
            r"index-" + "url",
            "(?i:" + "cla" + "ude|" + "anth" + "ropic|" + "sub" + "agent)",
        ]
    )
)


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_a_file_names_no_place_outside_the_tree(text):
    assert FORBIDDEN.findall(text.read_text(encoding="utf-8")) == []


def test_the_pattern_sees_what_it_is_there_for():
    for bad in ("see /" + "work/x", "https://pypi" + ".org/simple", "/" + "tmp/a"):
        assert FORBIDDEN.search(bad)
