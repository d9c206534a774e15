"""From scenario files to a validated, resolved design that says where each of its numbers comes from."""
