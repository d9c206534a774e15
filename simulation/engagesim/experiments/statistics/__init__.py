"""What can be said from replicates and worlds: differences, who is best, what drives outcomes, where a design fails."""
