"""Pure decisions on what is learnt: a file for each thing."""
