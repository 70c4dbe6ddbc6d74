"""The first screen of each role: one question, and the few things that answer it.

Each module makes one part of a desk from what the stations say; which parts a role has,
and in which order, stands in `web.desks`.
"""
