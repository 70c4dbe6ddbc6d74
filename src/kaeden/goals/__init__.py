"""What for: visions, goals and the indicators that stand for them.

In: reviewed files. Out: indicators, goals with owner post and targets.
Promise: every indicator carries its caveats; a goal is a result, not an effort.
"""
