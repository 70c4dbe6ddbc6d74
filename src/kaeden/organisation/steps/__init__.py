"""The steps of a reorganisation: each turns a chain into another one. Pure.

A step refuses what it can't do with a sentence, and leaves the chain as it was. Posts
keep their holders and charters wherever they go; whoever led only what is merged away
leads no more. `shape` holds what the steps are made of.
"""
