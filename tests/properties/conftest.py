"""Laws are tried without a stopwatch: a busy machine is no counterexample."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None, max_examples=50)
settings.load_profile("unhurried")
