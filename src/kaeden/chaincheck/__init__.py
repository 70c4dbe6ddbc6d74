"""The chain check: every break that the stations report, gathered and put in order.

In: the chains of a day, and each station's room `breaks`. Out: a `Report`, gravest
first, and what of it a post may read. It decides nothing itself: what is broken, whose
it is and which act mends it is said by the station that knows.
"""
