"""Verbs on conditions: a file for each thing."""
