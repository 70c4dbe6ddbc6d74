"""``make bench``: imports, area model, all signals, chain check, pages, the engine.

``make bench ONLY=engine`` runs one part (``ONLY=staggered`` effects from rows), ``ONLY=race`` one of the engine's; what takes
many minutes runs only so: see docs/benchmarks.md.
"""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

from bench import staggered
from bench.engine import run as engine

OF_THE_PRODUCT = ("imports", "area", "signals", "chain_check", "pages")


def main(wanted: list[str]) -> None:
    """Run what is wanted, or all that is quick, and print a line for each figure."""
    known = {*OF_THE_PRODUCT, "engine", "staggered", *engine.PARTS, *engine.HEAVY}
    if strange := set(wanted) - known:
        raise SystemExit(
            f"There is no part {', '.join(strange)}. There are {', '.join(sorted(known))}."
        )
    wanted = wanted or [*OF_THE_PRODUCT, "engine"]
    of_the_product(name for name in OF_THE_PRODUCT if name in wanted)
    if "staggered" in wanted:
        staggered.run()
    of_the_engine = [*engine.PARTS, *engine.HEAVY]
    engine.run(
        [
            name
            for name in of_the_engine
            if name in wanted or ("engine" in wanted and name in engine.PARTS)
        ]
    )


def of_the_product(names) -> None:
    """Run parts of the product in a home of their own."""
    names = list(names)
    if not names:
        return
    with tempfile.TemporaryDirectory(prefix="kaeden-bench-") as home:
        os.environ |= {
            "KAEDEN_HOME": home,
            "KAEDEN_DEMO": "1",
            "KAEDEN_SECRET_KEY": "only-for-the-bench",
            "DJANGO_SETTINGS_MODULE": "kaeden.config.settings",
        }
        django.setup()
        for name in names:
            import_module(f"bench.{name}").run(Path(home))
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
