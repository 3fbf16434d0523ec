"""Reads text without markup: what a person pasted, or what a page scraper saved."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from bot.collect.text.article import make_article
from bot.collect.text.lines import clean, is_sentence, words
from bot.errors import BadInput
from bot.model import Article

_URL_LINE: Final = re.compile(r"^https?://\S+$")
_SHORTEST: Final = 40
_LONGEST: Final = 300_000


def read_text(text: str, *, url: str = "") -> Article:
    """The article in a text: the first line is the title if it reads as one, furniture is gone. Raises BadInput if there is too little."""
    lines = [line.strip() for line in text[:_LONGEST].replace("\r", "\n").split("\n")]
    lines = [line for line in lines if line and not _URL_LINE.match(line)]
    if sum(len(line) for line in lines) < _SHORTEST or not any(char.isalpha() for char in "".join(lines)):
        raise BadInput("the text is too short to be an article", key="error-text-short")
    title = lines[0] if len(lines) > 1 and len(lines[0]) <= 250 else ""
    body = clean(lines[1:] if title else lines, title) or lines[1 if title else 0 :]
    if not title:
        title = _first_sentence(body[0])
    # A text that came without an address is known by what it says.
    address = url or f"https://text.invalid/{hashlib.sha256(' '.join(words(text)).encode()).hexdigest()[:20]}"
    return make_article(url=address, title=title, lines=body, outlet="" if url else "—")


def _first_sentence(line: str) -> str:
    match = re.match(r".{20,250}?[.!?…](?=\s|$)", line)
    return match[0].rstrip(".") if match else line[:200]


__all__ = ["is_sentence", "read_text"]
