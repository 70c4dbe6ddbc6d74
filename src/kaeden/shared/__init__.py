"""What every station needs and none owns: errors, the clock, periods, words."""
