"""Who speaks of a measure, in which role, on which side."""
