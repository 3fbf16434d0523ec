"""From bytes to an article: encodings, markup, the main text, the rest of what a page says of itself."""
