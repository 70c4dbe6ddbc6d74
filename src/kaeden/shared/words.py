"""Words as people type them, made comparable."""

import re
import unicodedata


def fold(text: str) -> str:
    """Return a text as it is searched for: lower case, one space, no accents.

    æ, ø and å are letters of their own and stay; å typed as "aa" is found too.

    >>> fold("  Åbyhøj   Børnehus é ")
    'aabyhøj børnehus e'
    """
    whole = unicodedata.normalize("NFC", text.lower())
    words = " ".join(whole.split()).replace("å", "aa")
    return "".join(
        letter
        for letter in unicodedata.normalize("NFD", words)
        if not unicodedata.combining(letter)
    )


def slug(text: str) -> str:
    """Return a text as a part of a key: Latin letters, digits and hyphens.

    >>> slug("Børnehuset Æblehaven, Åby 2")
    'boernehuset-aeblehaven-aaby-2'
    """
    plain = fold(text).replace("æ", "ae").replace("ø", "oe")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
