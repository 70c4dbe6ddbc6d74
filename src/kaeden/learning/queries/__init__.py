"""What one may ask of what has been learnt: a file for each thing."""
