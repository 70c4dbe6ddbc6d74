"""``make bench``: imports, the national area model, the chain check, the pages."""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django


def main() -> None:
    """Run every part in a home of its own, and print a line for each figure."""
    with tempfile.TemporaryDirectory(prefix="kaeden-bench-") as home:
        os.environ |= {
            "KAEDEN_HOME": home,
            "KAEDEN_DEMO": "1",
            "KAEDEN_SECRET_KEY": "only-for-the-bench",
            "DJANGO_SETTINGS_MODULE": "kaeden.config.settings",
        }
        django.setup()
        for part in ("imports", "area", "chain_check", "pages"):
            import_module(f"bench.{part}").run(Path(home))
            sys.stdout.flush()


main()
