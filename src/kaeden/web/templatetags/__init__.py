"""Tags of our own, few and dumb."""
