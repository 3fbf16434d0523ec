"""What an article tells of a measure: who, what, whom, since when, by which paper, at what price."""
