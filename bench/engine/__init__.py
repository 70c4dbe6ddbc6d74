"""The multilevel engine against its peers: time, memory, and the optimum reached."""
