"""Whether a language model's text says only what its sources say."""
