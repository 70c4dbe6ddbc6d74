"""The year wheel: every cycle that the stations report, gathered month by month.

In: each station's room `cycles`, and a reviewed file that says what each cycle prepares.
Out: a `Wheel` of one school year as a post sees it. It decides nothing itself.
"""
