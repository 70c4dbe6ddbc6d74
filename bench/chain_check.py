"""`kaeden chain-check` from a cold start, against a start of Django that does nothing.

It checks all municipalities of the demo: 98 real ones and Fjordby, more than 7,500
units and 6,000 posts. Most posts are held here and have a charter, so that every rule
has something to judge.
"""

import itertools
import subprocess
import sys
from datetime import date
from pathlib import Path

from bench.timing import compare, say
from kaeden.organisation.models import Charter, Holding, Post, Unit
from kaeden.organisation.rules import Degree, Task

BEGAN = date(2026, 8, 1)
EVERY_TENTH_IS_VACANT, EVERY_THIRD_HAS_NO_CHARTER = 10, 3


def run(_home: Path) -> None:
    """Fill the posts of the demo, and time the whole command."""
    subprocess.run([_kaeden(), "demo"], check=True, stdout=subprocess.DEVNULL)
    _fill()
    units, posts = (
        model.objects.filter(valid_to=None).count() for model in (Unit, Post)
    )
    said = _check().stdout.splitlines()
    say(f"Chain check of {units} units and {posts} posts: {len(said)} lines")
    compare("Chain check, cold start", _check, _nothing, peer="Django starts")


def _fill() -> None:
    """Let most posts be held and have a charter."""
    free = Post.objects.filter(valid_to=None, holdings=None, charters=None)
    posts = list(free.order_by("pk"))
    degrees = itertools.cycle(Degree)
    Holding.objects.bulk_create(
        Holding(post=post, holder_name="Lederen", valid_from=BEGAN)
        for place, post in enumerate(posts)
        if place % EVERY_TENTH_IS_VACANT
    )
    Charter.objects.bulk_create(
        Charter(
            post=post,
            area="Området",
            decision_room="Alt om området",
            valid_from=BEGAN,
            **{task.value: next(degrees).value for task in Task},
        )
        for place, post in enumerate(posts)
        if place % EVERY_THIRD_HAS_NO_CHARTER
    )


def _kaeden() -> Path:
    return Path(sys.executable).with_name("kaeden")


def _check() -> "subprocess.CompletedProcess[str]":
    command = [_kaeden(), "chain-check"]
    return subprocess.run(command, check=True, capture_output=True, text=True)


def _nothing() -> None:
    start = "import django; django.setup()"
    subprocess.run([sys.executable, "-c", start], check=True)
