"""Pages of the documentation made from the code, so that they cannot say what the code does not do."""
