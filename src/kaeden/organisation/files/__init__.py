"""A municipality's whole chain as one file, YAML or spreadsheet.

In comes a file that people write; out goes a `Chain`, or every problem with its line or
its row. And back: a chain becomes a file that gives the same chain again. Nothing here
touches the database.
"""
