"""A long digest in pages: five stories each with what can be done with them, and the way to the other pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.digest.compose import write
from bot.digest.render.document import Button, Document
from bot.model import Digest, Length

PAGE: Final = 5
"""Stories a page: a row of buttons, and a message that is read without scrolling far."""


def count(digest: Digest) -> int:
    """How many pages a digest has; one at least."""
    return max(1, -(-len(digest.entries) // PAGE))


def page(
    digest: Digest, number: int, turn: Callable[[int], str] | None, *, length: Length = Length.SHORT, next_at: dt.datetime | None = None
) -> Document:
    """The page with this number, from 0; the last one if there are fewer. `turn` says what a button to a page does, None: none leads on."""
    pages = count(digest)
    number = min(max(number, 0), pages - 1)
    entries = digest.entries[number * PAGE : (number + 1) * PAGE]
    shown = replace(digest, entries=entries, omitted=digest.omitted if number == pages - 1 else 0)
    document = write(shown, length=length, next_at=next_at)
    if pages == 1 or turn is None:
        return document
    *rows, last = document.buttons
    ways = [Button(text=f"‹ {number}/{pages}", action=turn(number - 1))] if number else []
    if number < pages - 1:
        ways.append(Button(text=f"{number + 2}/{pages} ›", action=turn(number + 1)))
    return replace(document, buttons=(*rows, tuple(ways), last))
