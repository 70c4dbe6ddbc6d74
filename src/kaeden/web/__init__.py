"""The pages: a door that guards, asks and shows."""
