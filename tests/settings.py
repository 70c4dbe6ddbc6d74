"""The product's settings with a home of their own for tests, and plain static files."""

import os
import tempfile

os.environ.setdefault("KAEDEN_SECRET_KEY", "only-for-tests")
os.environ["KAEDEN_HOME"] = tempfile.mkdtemp(prefix="kaeden-test-")
os.environ["KAEDEN_DEMO"] = "1"

from kaeden.config.settings import *  # noqa: F403, TID251 - the settings' own heir
from kaeden.config.settings import STATIC_ROOT, STORAGES  # noqa: TID251 - the same

STATIC_ROOT.mkdir()

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
NO_CACHE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {"default": NO_CACHE, "pages": NO_CACHE}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
