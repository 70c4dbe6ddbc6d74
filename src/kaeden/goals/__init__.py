"""What for: visions, goals and the indicators that stand for them.

In: reviewed files, what posts write. Out: indicators, goals with owner, meaning, targets.
Promise: every indicator carries its caveats; a goal is a result, not an effort.
"""
