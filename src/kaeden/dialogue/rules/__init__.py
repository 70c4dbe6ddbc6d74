"""What is decided in the dialogue, on plain values: a file for each thing."""
