"""Read settings from the environment, and refuse wrong ones with a sentence."""

import os
from pathlib import Path
from typing import Any, overload
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"
    ),
}


def env_flag(name: str, *, default: bool) -> bool:
    """Return a yes or no: ``1`` or ``0``."""
    text = os.environ.get(name, "1" if default else "0")
    if text not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {text!r}. Set it to 1 or 0.")
    return text == "1"


def env_number(name: str, *, default: int) -> int:
    """Return a whole number, 0 or more."""
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} is {text!r}. Set it to a whole number.")
    return int(text)


def env_list(name: str, *, default: list[str]) -> list[str]:
    """Return the comma-separated parts."""
    text = os.environ.get(name)
    return [part.strip() for part in text.split(",")] if text else default


@overload
def env_path(name: str, *, default: Path) -> Path: ...
@overload
def env_path(name: str, *, default: None) -> Path | None: ...
def env_path(name: str, *, default: Path | None) -> Path | None:
    """Return a path."""
    text = os.environ.get(name)
    return Path(text).absolute() if text else default


def env_text(name: str) -> str:
    """Return a text; empty if it is not set."""
    return os.environ.get(name, "").strip()


def env_secret(name: str, *, default: str | None = None) -> str:
    """Return a secret from the variable, or from the file that `name`_FILE names.

    Only one that the installation can do without has a default.
    """
    value = os.environ.get(name)
    file = os.environ.get(f"{name}_FILE")
    if not value and file:
        value = Path(file).read_text().strip()
    if not value and default is not None:
        return default
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it, or set {name}_FILE to a file that holds it; "
            "`make run` makes one in var/secret_key."
        )
    return value


def env_database(name: str, *, default: Path) -> dict[str, Any]:
    """Return Django's settings for ``sqlite:///path`` or ``postgresql://…``."""
    url = os.environ.get(name)
    if not url:
        return _sqlite(default)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme != "postgresql":
        raise ImproperlyConfigured(
            f"{name} begins with {parts.scheme!r}. Use sqlite:///path or postgresql://…"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": True},
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": SQLITE_OPTIONS,
        "TEST": {"NAME": path.with_name("test.sqlite3")},
    }
