"""What is kept: rows, originals, derived files."""
