"""Read what leaders have written: a file for each thing."""
