"""Who leads whom: units, posts and who holds them, each from a day to a day.

In: registers of units, the template of a chain, what users fill in.
Out: units with their place in the line, posts, holders, the Actor of a request.
Promise: every unit has one parent; history is kept; no leader is invented.
"""
