"""Who did what and when; rows are only ever added."""
