"""``python -m bench.calibration``: simulate anew (some minutes), or ``… pages``: only write.

Writes the kept figures into the engine, and the page and the picture in the docs.
"""

import json
import os
import sys
from dataclasses import asdict

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaeden.config.settings")
django.setup()

from bench.calibration import measure, page  # noqa: E402 - Django first
from kaeden.engine.false_alarms import KEPT, false_alarms  # noqa: E402 - Django first

if __name__ == "__main__":
    if sys.argv[1:] != ["pages"]:
        figures = asdict(measure.measure())
        KEPT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for path, text in page.pages(false_alarms()).items():
        path.write_text(text, encoding="utf-8")
