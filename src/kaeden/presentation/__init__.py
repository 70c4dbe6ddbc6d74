"""Released figures into words and pictures; nothing is decided here."""
