"""What is asked: an experiment file, what it varies and measures, and the plan of its runs."""
