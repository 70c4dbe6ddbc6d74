"""What is done with practices: a file for each thing."""
