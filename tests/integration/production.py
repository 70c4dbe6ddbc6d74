"""The settings of an installation as README describes it, read in its own process."""

import json
import os
import subprocess
import sys

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "kaeden.config.settings",
    "PYTHONPATH": "src",
    "KAEDEN_SECRET_KEY": "V3ry-l0ng-and-random-enough-for-a-check-0123456789-abcdef",
    "KAEDEN_HTTPS": "1",
    "KAEDEN_HOSTS": "kaeden.example.dk",
}
WANTED = ("SESSION_", "CSRF_", "LANGUAGE_COOKIE_", "SECURE_", "X_FRAME_", "ALLOWED_")
PRINT = f"""
import json
from django.conf import settings
names = [name for name in dir(settings) if name.startswith({WANTED!r})]
print(json.dumps({{name: getattr(settings, name) for name in names}}))
"""


def run(words, home):
    """Run Python with the environment of an installation."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KAEDEN_")}
    return subprocess.run(
        [sys.executable, *words],
        env=kept | ENVIRONMENT | {"KAEDEN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def settings_of(home):
    """Return what decides on cookies and headers there."""
    return json.loads(run(["-c", PRINT], home).stdout)
