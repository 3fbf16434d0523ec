"""What an article or a story says in a few sentences of its own."""
