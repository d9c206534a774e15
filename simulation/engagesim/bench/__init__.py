"""How fast and how large: against Mesa on the same work, and against the least memory traffic that a week needs."""
