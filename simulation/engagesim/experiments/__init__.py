"""Experiments: several designs on the same people with the same luck, and what can be said about their differences."""
