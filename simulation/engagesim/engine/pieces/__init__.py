"""One file per mechanism: its rule functions in loops over a block of members. Slices in, slices out."""
