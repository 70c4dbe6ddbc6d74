"""Seal what only two may read, so that a copy of the database tells nothing of it."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(words: str) -> bytes:
    """Return words sealed with the installation's own secret."""
    return _box().encrypt(words.encode("utf-8"))


def unseal(sealed: bytes) -> str:
    """Return the words, or nothing if they were sealed with another secret."""
    try:
        return _box().decrypt(sealed).decode("utf-8")
    except InvalidToken:
        return ""


def _box() -> Fernet:
    secret = f"what weighs on us {settings.SECRET_KEY}".encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret).digest()))
