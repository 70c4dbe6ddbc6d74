"""Words as people type them, made comparable."""

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
