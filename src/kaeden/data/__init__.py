"""Data: files from public sources become values with a status, in the lake.

In: a file and its source contract. Out: values per unit and period, and a register
of units. Promised: a file is taken whole or refused whole; importing twice changes
nothing; an import can be taken back; no blank means four things at once.
"""
