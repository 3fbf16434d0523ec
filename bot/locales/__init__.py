"""What the program says to people: Fluent messages in Russian and English, and dates, numbers and lists as people say them."""

from bot.locales.words import LANGUAGES, Words, words

__all__ = ["LANGUAGES", "Words", "words"]
