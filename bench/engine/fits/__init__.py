"""One fit in a process of its own: ours, and each peer's in its own language."""
