"""Tests of Kæden: a package of their own, whatever else is installed as `tests`."""
