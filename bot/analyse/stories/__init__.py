"""Which articles tell one story, which stories follow one measure, and what they tell together."""
