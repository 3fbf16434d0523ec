"""HTML: a fragment for pages and letters, everything escaped, no style and no script."""

from __future__ import annotations

from html import escape
from typing import Final

from bot.digest.render.document import Block, Document, Kind, Span
from bot.digest.render.safe import cleaned

_TAG: Final = {
    Kind.TITLE: "h1",
    Kind.SECTION: "h2",
    Kind.STORY: "h3",
    Kind.QUOTE: "blockquote",
    Kind.FOOTER: "footer",
}


def render(document: Document) -> str:
    """The document as an `<article>`; each block's class is its kind. Buttons are left to the page."""
    blocks = "\n".join(_block(item) for item in cleaned(document).blocks)
    return f'<article class="vestnik">\n{blocks}\n</article>\n' if blocks else ""


def _block(item: Block) -> str:
    tag = _TAG.get(item.kind, "p")
    heading = tag.startswith("h")
    text = "".join(_span(span, plain=heading) for span in item.spans).replace("\n", "<br>\n")
    return f'<{tag} class="{item.kind}" dir="auto">{text}</{tag}>'


def _span(span: Span, *, plain: bool) -> str:
    text = escape(span.text)
    if not span.text.strip():
        return text
    if span.italic:
        text = f"<em>{text}</em>"
    if span.bold and not plain:
        text = f"<strong>{text}</strong>"
    return f'<a href="{escape(span.url)}" rel="noopener nofollow ugc">{text}</a>' if span.url else text
