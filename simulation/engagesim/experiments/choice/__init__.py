"""The choice between designs that were compared: which to take, how surely, at what cost, for whom, under what."""
