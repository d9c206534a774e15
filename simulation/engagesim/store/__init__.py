"""Results folders: complete, self-contained, byte-identical when run again, and with the origin of every number."""
