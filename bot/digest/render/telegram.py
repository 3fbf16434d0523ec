"""Telegram: HTML within 4096 units and 100 entities a part, the inline keyboard under the last part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from bot.digest.render import layout
from bot.digest.render.document import Block, Button, Document, Kind, Span, action_of
from bot.digest.render.layout import Size
from bot.digest.render.safe import address, clean, cleaned
from bot.model import Message, Part, Platform

LIMIT: Final = Size(4096, 100, 30_000)
"""The Bot API refuses over 4096 after parsing and over 32 KiB before; entities past the hundredth are dropped in silence."""
_ROW: Final = 8
_LABEL: Final = 64


def render(document: Document, *, seal: Callable[[str], str] = str) -> Message:
    """The parameters of sendMessage but for the chat, a part each. `seal` closes the actions of buttons.

    A document without visible text gives no parts. Raises ValueError for an action that does not fit.
    """
    parts: list[dict[str, object]] = [
        {"text": html(blocks), "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
        for blocks in layout.split(cleaned(document).blocks, _size, LIMIT)
    ]
    if parts and (rows := keyboard(document.buttons, seal)):
        parts[-1]["reply_markup"] = {"inline_keyboard": rows}
    return Message(platform=Platform.TELEGRAM, parts=tuple(Part(payload=part) for part in parts))


def html(blocks: Sequence[Block]) -> str:
    """Clean blocks as Telegram's HTML."""
    return "".join(breaks + _block(item) for breaks, item in layout.join(blocks))


def keyboard(rows: Sequence[Sequence[Button]], seal: Callable[[str], str] = str) -> list[list[dict[str, str]]]:
    """`inline_keyboard`; buttons that lead nowhere safe are left out."""
    drawn = [[button for button in (_button(button, seal) for button in row) if button] for row in rows]
    return [row[start : start + _ROW] for row in drawn for start in range(0, len(row), _ROW)]


def own_keyboard(rows: Sequence[Sequence[Button]]) -> dict[str, object]:
    """A keyboard in place of the person's own: it alone can ask for a place. What its other buttons say is sent as words."""
    drawn = [[{"text": clean(one.text)[:_LABEL], **({"request_location": True} if one.place else {})} for one in row] for row in rows]
    return {"keyboard": drawn, "resize_keyboard": True, "one_time_keyboard": True}


def _button(button: Button, seal: Callable[[str], str]) -> dict[str, str] | None:
    text = clean(button.text).strip()[:_LABEL]
    if button.url:
        return {"text": text, "url": button.url} if text and address(button.url) else None
    data = seal(action_of(button))
    return {"text": text, "callback_data": data} if text else None


def _block(item: Block) -> str:
    text = "".join(map(_span, item.spans))
    return f"<blockquote expandable>{text}</blockquote>" if item.kind is Kind.QUOTE else text


def _span(span: Span) -> str:
    text = escape(span.text, quote=False)
    if not span.text.strip():
        return text
    if span.italic:
        text = f"<i>{text}</i>"
    if span.bold:
        text = f"<b>{text}</b>"
    return f'<a href="{escape(span.url)}">{text}</a>' if span.url else text


def _size(item: Block) -> Size:
    styles = sum(span.bold + span.italic + bool(span.url) for span in item.spans)
    return Size(layout.units(item.text), styles + (item.kind is Kind.QUOTE), len(_block(item).encode()))
