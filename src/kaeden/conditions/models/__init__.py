"""What leaders tell of their conditions: a file for each thing."""
