"""Plain text for a terminal or a letter: links stand in brackets behind their words."""

from __future__ import annotations

from bot.digest.render import layout
from bot.digest.render.document import Block, Document, Kind
from bot.digest.render.safe import cleaned


def render(document: Document) -> str:
    """The document as plain text that ends with a line break; an empty document gives an empty string."""
    text = "".join(breaks + _block(item) for breaks, item in layout.join(cleaned(document).blocks))
    return text + "\n" if text else ""


def _block(item: Block) -> str:
    text = "".join(f"{span.text} ({span.url})" if span.url else span.text for span in item.spans)
    if item.kind is Kind.QUOTE:
        return "\n".join("  | " + line for line in text.split("\n"))
    return text.upper() if item.kind is Kind.SECTION else text
