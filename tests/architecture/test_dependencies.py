"""Every dependency says what it is for, and is pinned to bytes, not to a place."""

import re

import pytest

from tests.architecture.reading import ROOT, project

LOCKS = ["requirements.lock", "requirements-dev.lock"]
PINNED = re.compile(r"[a-z0-9.\-]+(\[[a-z0-9,.\-]+\])?==[^\s;]+( ; .+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def wanted():
    """Return every dependency that pyproject.toml names."""
    groups = project()["dependency-groups"].values()
    return [*project()["project"]["dependencies"], *(one for g in groups for one in g)]


@pytest.mark.parametrize("dependency", wanted())
def test_a_dependency_says_what_it_is_for(dependency):
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if line.strip().startswith(f'"{dependency}",')]

    assert own
    assert all(re.search(r",\s+# .{4,}", line) for line in own)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_with_hashes_and_no_place_to_fetch_them(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    assert [x for x in lines if not (PINNED.fullmatch(x) or HASH.fullmatch(x))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_version_has_a_hash(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    after = zip(lines, [*lines[1:], ""], strict=True)

    assert [x for x, y in after if PINNED.fullmatch(x) and not HASH.fullmatch(y)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_run_time_dependency_is_in_the_lock(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    names = [
        re.match(r"[\w.\-]+", one)[0] for one in project()["project"]["dependencies"]
    ]

    assert [name for name in names if f"\n{name}" not in f"\n{text}"] == []
