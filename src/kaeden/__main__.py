"""``python -m kaeden``."""

from kaeden.cli.main import run

run()
