"""VK: a message of at most 4096 units with format_data in UTF-16 offsets and an inline keyboard of at most ten buttons."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.digest.render import layout
from bot.digest.render.document import Block, Button, Document, action_of
from bot.digest.render.layout import Size
from bot.digest.render.safe import address, clean, cleaned
from bot.model import Message, Part, Platform

LIMIT: Final = Size(4096, 100, 30_000)
_BUTTONS: Final = 10
_COLUMNS: Final = 5
_ROWS: Final = 6
_WIDE: Final = 3
"""Buttons that stand side by side with their whole labels."""
_LABEL: Final = 40
_MARKUP: Final = re.compile(r"(?<=\[)(?=[A-Za-z])|(?<=[@*])(?=\w)|(?<=&)(?=#?\w{1,10};)")
_BREAK: Final = "\u2060"
"""A word joiner: nobody sees it, and VK finds no mention, no link and no character reference across it."""


def render(document: Document, *, seal: Callable[[str], str] = str) -> Message:
    """The parameters of messages.send but for peers and random_id, a part each. `seal` closes the actions of buttons.

    A document without visible text gives no parts. Raises ValueError for an action that does not fit.
    """
    blocks = [_inert(item) for item in cleaned(document).blocks]
    parts = [_part(part) for part in layout.split(blocks, _size, LIMIT)]
    if parts and (rows := keyboard(document.buttons, seal)):
        parts[-1]["keyboard"] = _json({"inline": True, "buttons": rows})
    return Message(platform=Platform.VK, parts=tuple(Part(payload=part) for part in parts))


def keyboard(rows: Sequence[Sequence[Button]], seal: Callable[[str], str] = str) -> list[list[dict[str, object]]]:
    """The rows of an inline keyboard. The last row always stays; of what stands before it, as much as VK takes."""
    rows = rows if sum(map(len, rows)) <= _BUTTONS else _squeezed(rows)
    drawn = [[button for button in (_button(button, seal) for button in row) if button] for row in rows]
    wrapped = [row[start : start + _COLUMNS] for row in drawn for start in range(0, len(row), _COLUMNS)]
    if not wrapped:
        return []
    room, kept = _BUTTONS - len(wrapped[-1]), []
    for row in wrapped[:-1][: _ROWS - 1]:
        if room > 0:
            kept.append(row[:room])
            room -= len(row)
    return [*kept, wrapped[-1]]


def _squeezed(rows: Sequence[Sequence[Button]]) -> list[list[Button]]:
    """Without spare buttons; what is left of rows that had such stands side by side, by its short label if there are many."""
    squeezed: list[list[Button]] = []
    for spare, run in itertools.groupby(rows, lambda row: any(button.spare for button in row)):
        if not spare:
            squeezed += [list(row) for row in run]
            continue
        kept = [button for row in run for button in row if not button.spare]
        many = len(kept) > _WIDE
        squeezed.append([dataclasses.replace(button, text=button.short) if many and button.short else button for button in kept])
    return squeezed


def _button(button: Button, seal: Callable[[str], str]) -> dict[str, object] | None:
    label = clean(button.text).strip()
    label = label if layout.units(label) <= _LABEL else label[: _LABEL // 2 - 1].rstrip() + "…"
    if button.url:
        known = label and address(button.url)
        return {"action": {"type": "open_link", "link": button.url, "label": label}} if known else None
    if button.place:
        return {"action": {"type": "location"}}  # VK labels it; it wants a row of its own
    payload = _json({"action": seal(action_of(button))})
    return {"action": {"type": "callback", "label": label, "payload": payload}, "color": "secondary"} if label else None


def _part(blocks: Sequence[Block]) -> dict[str, object]:
    text, items, offset = "", [], 0
    for breaks, item in layout.join(blocks):
        text += breaks
        offset += len(breaks)
        for span in item.spans:
            length = layout.units(span.text)
            styles = [("bold", span.bold), ("italic", span.italic), ("url", bool(span.url))]
            for style in (name for name, on in styles if on and span.text.strip()):
                extra = {"url": span.url} if style == "url" else {}
                items.append({"type": style, "offset": offset, "length": length, **extra})
            text += span.text
            offset += length
    payload: dict[str, object] = {"message": text, "dont_parse_links": 1, "disable_mentions": 1}
    return {**payload, "format_data": _json({"version": "1", "items": items})} if items else payload


def _inert(item: Block) -> Block:
    """The block with VK's own markup broken: a headline must not mention people or move our offsets."""
    spans = tuple(dataclasses.replace(span, text=_MARKUP.sub(_BREAK, span.text)) for span in item.spans)
    return dataclasses.replace(item, spans=spans)


def _size(item: Block) -> Size:
    styles = sum(span.bold + span.italic + bool(span.url) for span in item.spans)
    addresses = sum(len(span.url.encode()) for span in item.spans)
    return Size(layout.units(item.text), styles, len(item.text.encode()) + addresses + 80 * styles)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
