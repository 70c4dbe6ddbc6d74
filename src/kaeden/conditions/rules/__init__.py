"""Pure decisions on conditions: a file for each thing."""
