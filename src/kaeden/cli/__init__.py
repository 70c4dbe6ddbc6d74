"""The command line: a door that asks the stations' verbs."""
