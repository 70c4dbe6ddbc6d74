"""Reading conditions: a file for each thing."""
