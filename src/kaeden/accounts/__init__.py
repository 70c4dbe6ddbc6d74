"""The person who logs in, and nothing about the chain."""
