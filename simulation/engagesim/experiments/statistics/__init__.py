"""What can be said from replicates and worlds: differences, who is best, what drives outcomes, where a design fails.

Samples are float64[n, policies]: a row is one unit (a replicate, a case or a world), the same people with the same luck
in every column, so that differences between columns are taken row by row. Nan marks what has no value.
"""
