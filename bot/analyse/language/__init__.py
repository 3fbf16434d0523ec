"""Sentences, words and terms of an article: how a text is taken apart and made fit to read."""
