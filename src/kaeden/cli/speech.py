"""What a command says on its way."""

import sys


def say(text: object) -> None:
    """Print a line at once, so that a person sees how far we are."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
