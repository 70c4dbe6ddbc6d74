"""Kæden: the leadership chain of a municipality's children-and-youth area."""

__version__ = "0.1.0"
