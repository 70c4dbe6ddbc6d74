"""The pages with all Denmark's data: time, requests a second, queries.

A page is made once and kept until anything changes: "alone" is its first making, the
users then meet what is kept, and the walk meets pages that are not made yet.
"""

import http.client
import itertools
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.timing import say
from kaeden.organisation.models import Unit

USERS, SECONDS, SEED = 20, 6.0, 20261123
PAGES = {
    "Danmark": "/",
    "kommune": "/kommune/706/",
    "kæde": "/kommune/706/kaede/",
    "enheder": "/kommune/101/enheder/",
    "skole": "/institution/101003/",
    "indikator": "/indikator/school-absence/",
    "indikatorer": "/indikator/",
    "kilder": "/data/",
    "søgning": "/soeg/?q=nord",
}


def run(_home: Path) -> None:
    """Load the demo, serve it, and press each page with 20 users at once."""
    kaeden = Path(sys.executable).with_name("kaeden")
    subprocess.run([kaeden, "demo"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        check=True,
    )
    with _server(kaeden) as port:
        for path in PAGES.values():
            _alone(port, path)
        _walk(port)
        for name, path in PAGES.items():
            alone = _alone(port, path)
            times, size = _pressed(port, path)
            say(
                f"{name}: alone {alone * 1000:.0f} ms; {USERS} users: median "
                f"{statistics.median(times) * 1000:.0f} ms, p95 "
                f"{_p95(times) * 1000:.0f} ms, {len(times) / SECONDS:.0f} requests/s; "
                f"{_queries(path)} queries; {size / 1000:.0f} kB"
            )


def _walk(port: int) -> None:
    """Let the users walk over municipalities and schools that nobody has opened yet."""
    kinds = {"municipality": "kommune", "school": "institution"}
    units = Unit.objects.filter(kind__in=kinds, valid_to__isnull=True)
    paths = [
        f"/{kinds[kind]}/{code}/" for kind, code in units.values_list("kind", "code")
    ]
    np.random.default_rng(SEED).shuffle(paths)
    half = len(paths) // 2
    for pause, words, part in (
        (1.0, "a second between pages", paths[:half]),
        (0.0, "without a pause", paths[half:]),
    ):
        times, _size = _pressed(port, *part, pause=pause)
        say(
            f"{USERS} users walk over places that nobody has opened, {words}: median "
            f"{statistics.median(times) * 1000:.0f} ms, p95 {_p95(times) * 1000:.0f} "
            f"ms, {len(times) / SECONDS:.0f} requests/s"
        )


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _queries(path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        Client(headers={"host": "127.0.0.1"}).get(path)
    return len(seen)


def _alone(port: int, path: str) -> float:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    join = "&" if "?" in path else "?"
    fresh = [f"{path}{join}fresh={number}" for number in range(9)]
    return statistics.median(_ask(line, one)[0] for one in fresh)


def _ask(line: http.client.HTTPConnection, path: str) -> tuple[float, int]:
    started = time.perf_counter()
    line.request("GET", path)
    answer = line.getresponse()
    size = len(answer.read())
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return time.perf_counter() - started, size


def _pressed(port: int, *paths: str, pause: float = 0.0) -> tuple[list[float], int]:
    """Return every request's time, asked in turn by 20 users."""
    turn = itertools.cycle(paths)
    rng = np.random.default_rng(SEED)
    times: list[float] = []
    sizes: list[int] = []
    until = time.perf_counter() + SECONDS

    def user() -> None:
        time.sleep(pause * rng.uniform(0, 1))
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until:
            took, size = _ask(line, next(turn))
            times.append(took)
            sizes.append(size)
            time.sleep(pause * rng.uniform(0.5, 1.5))

    users = [threading.Thread(target=user) for _ in range(USERS)]
    for one in users:
        one.start()
    for one in users:
        one.join()
    return times, max(sizes)


@contextmanager
def _server(kaeden: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    served = subprocess.Popen(
        [kaeden, "serve", "--port", str(port)],
        env=os.environ,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port
    finally:
        served.terminate()
        served.wait()


def _wait(port: int) -> None:
    for _try in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not answer within ten seconds.")
