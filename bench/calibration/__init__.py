"""Signals held up against traffic lights, arrows and worst tenths, where truth is known."""
