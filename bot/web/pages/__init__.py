"""The pages that people read, a file for each family."""
