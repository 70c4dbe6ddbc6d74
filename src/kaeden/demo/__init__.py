"""Fjordby Kommune: an invented municipality with a year's life in its chain.

Takes a day and a seed, gives the same town for the same two, and writes it through the
stations' own verbs. Nothing in it is real; its texts stand in `files`.
"""
