"""What every renderer renders: a platform-neutral document of blocks and spans with a keyboard."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final


class Kind(enum.StrEnum):
    """What a block is; a renderer may set it off by space or by a tag."""

    TITLE = "title"
    LEAD = "lead"
    SECTION = "section"
    STORY = "story"
    """A story's headline: a renderer may split before it and nowhere nearer."""
    TEXT = "text"
    FACTS = "facts"
    SOURCES = "sources"
    QUOTE = "quote"
    """Expandable where the platform can."""
    FOOTER = "footer"
    NOTE = "note"
    """A legal mark, a footnote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text in one style. `url` makes it a link. The text is plain: renderers escape it."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph."""

    kind: Kind
    spans: tuple[Span, ...]
    gap: bool = True
    """An empty line before it (never before the first)."""

    @property
    def text(self) -> str:
        """The block without its styles."""
        return "".join(span.text for span in self.spans)


LONGEST_ACTION: Final = 48
"""Bytes of a button's action: with a seal of 13 and a hint of 3 behind it, it fits the 64 that Telegram takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A press: `action` is what the dialogue receives (at most 48 bytes of ASCII), or `url` opens a page.

    With `place` the person is asked where they are, if the platform has a button for that; else it is a press like any other.
    """

    text: str
    action: str = ""
    url: str = ""
    place: bool = False
    short: str = ""
    """What stands on it where there is little room."""
    spare: bool = False
    """Left out where there is little room: what it does is a press further too."""


def action_of(button: Button) -> str:
    """The button's action. Raises ValueError for one that is empty, too long or not ASCII."""
    if not (button.action and len(button.action) <= LONGEST_ACTION and button.action.isascii()):
        raise ValueError(f"a button's action must be 1 to {LONGEST_ACTION} characters of ASCII: {button.action!r}")
    return button.action


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is said, and the buttons under it."""

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows."""


def block(kind: Kind, *parts: str | Span, gap: bool = True) -> Block:
    """A block from strings and spans."""
    return Block(kind=kind, gap=gap, spans=tuple(Span(text=part) if isinstance(part, str) else part for part in parts))


def bold(text: str) -> Span:
    return Span(text=text, bold=True)


def italic(text: str) -> Span:
    return Span(text=text, italic=True)


def link(text: str, url: str) -> Span:
    return Span(text=text, url=url)
