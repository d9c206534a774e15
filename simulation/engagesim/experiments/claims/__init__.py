"""Claims: hypotheses as files, tried over replicates and uncertain worlds, each with a verdict and its controls."""
