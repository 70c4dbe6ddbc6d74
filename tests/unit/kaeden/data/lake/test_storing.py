"""Whatever interrupts a writer, the lake is the old one or the new one."""

import json
import os
import signal
import threading
from pathlib import Path

import numpy as np
import pytest

from kaeden.data import lake
from kaeden.data.errors import LakeDamaged
from kaeden.data.lake import storing
from kaeden.data.lake.preparing import prepare
from tests.builders.files import a_contract, a_file

OLD = prepare(a_contract(), a_file())
NEW = prepare(a_contract(), a_file("101;a;2020;9,5"))
STEPS = 8
"""Moments at which a write touches the disk for good."""


def put(prepared):
    with storing.the_only_writer():
        storing.write(a_contract(), prepared)
        storing.activate([prepared.batch])


def scores():
    return lake.measure("trial", "score", "a").value.tolist()


def killed_at(step, monkeypatch):
    """Write NEW in a process that dies at its n-th lasting step; True if it died."""
    child = os.fork()
    if child == 0:
        left = iter(range(step))
        for place, name in ((os, "fsync"), (Path, "rename"), (Path, "replace")):
            monkeypatch.setattr(place, name, dying(getattr(place, name), left))
        put(NEW)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    return os.WIFSIGNALED(ended)


def dying(function, left):
    def until_then(*args):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args)

    return until_then


@pytest.mark.parametrize("step", range(STEPS))
def test_a_killed_writer_leaves_the_old_lake_or_the_new_one(step, monkeypatch):
    put(OLD)

    assert killed_at(step, monkeypatch)

    assert scores() in ([7.5, 6.25], [9.5])
    put(NEW)
    assert scores() == [9.5]


def test_the_steps_above_are_all_there_are(monkeypatch):
    put(OLD)

    assert not killed_at(STEPS, monkeypatch)
    assert scores() == [9.5]


def test_the_next_writer_clears_what_an_interrupted_one_left(lake_home, monkeypatch):
    killed_at(1, monkeypatch)
    assert list((lake_home / "staging").iterdir())

    with storing.the_only_writer():
        assert not (lake_home / "staging").exists()


def test_a_second_writer_waits_for_the_first():
    entered = threading.Event()

    def write_too():
        with storing.the_only_writer():
            entered.set()

    second = threading.Thread(target=write_too)
    with storing.the_only_writer():
        second.start()
        assert not entered.wait(0.05)
    second.join()

    assert entered.is_set()


def test_the_same_batch_in_another_lake_has_the_same_snapshot(settings, tmp_path):
    put(OLD)
    first = lake.snapshot()
    settings.KAEDEN_LAKE = tmp_path / "other"

    put(OLD)

    assert lake.snapshot() == first


def test_a_lake_can_be_moved(settings, tmp_path):
    put(OLD)
    settings.KAEDEN_LAKE = (tmp_path / "lake").rename(tmp_path / "moved")

    assert scores() == [7.5, 6.25]


@pytest.mark.parametrize("seed", range(25))
def test_one_flipped_bit_is_noticed_before_a_number_is_used(seed):
    put(OLD)
    path = storing.current()[0].path(storing.OBSERVATIONS)
    content = bytearray(path.read_bytes())
    rng = np.random.default_rng(seed)
    content[rng.integers(len(content))] ^= 1 << int(rng.integers(8))
    path.write_bytes(content)

    with pytest.raises(LakeDamaged, match=r"observations\.parquet is gone or altered"):
        scores()


def test_a_lost_file_is_noticed():
    put(OLD)
    storing.current()[0].path(storing.OBSERVATIONS).unlink()

    with pytest.raises(LakeDamaged, match="Import the source again"):
        scores()


@pytest.mark.parametrize("content", ["", "[{}]", '[{"batch": 1'])
def test_a_damaged_manifest_is_noticed(content, lake_home):
    put(OLD)
    (lake_home / "manifest.json").write_text(content)

    with pytest.raises(LakeDamaged, match=r"manifest\.json is gone or altered"):
        scores()


def test_a_batch_that_is_not_there_cannot_count():
    with storing.the_only_writer(), pytest.raises(LakeDamaged, match=r"batch\.json"):
        storing.activate(["0" * 64])


def test_the_manifest_tells_the_digest_of_every_file(lake_home):
    put(OLD)
    (described,) = json.loads((lake_home / "manifest.json").read_text())

    assert described["batch"] == OLD.batch
    assert list(described["files"]) == [storing.OBSERVATIONS]
