"""The exact side of the checks: published formulas and small Markov chains, each with its source."""
