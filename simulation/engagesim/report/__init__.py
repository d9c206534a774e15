"""Reports: what runs and comparisons found, as tables in words, figures and pages."""
