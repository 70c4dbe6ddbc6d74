"""How fast Kæden is, as ratios in one run. Never a test: machines differ."""
