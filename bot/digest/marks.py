"""The marks that the law asks for, once a message, from marks.toml."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot.digest.render.document import Block, Document, Kind, block
from bot.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words and what must be said, by language, in a message that has one of them."""

    pattern: re.Pattern[str]
    texts: dict[str, str]


@functools.cache
def load(path: Path | None = None) -> tuple[Mark, ...]:
    """The marks of a file, or the packaged ones. Raises ConfigurationError."""
    try:
        text = path.read_text("utf-8") if path else resources.files(__package__).joinpath("marks.toml").read_text("utf-8")
        tables = tomllib.loads(text).get("mark", [])
        return tuple(
            Mark(pattern=_pattern(table["words"]), texts={key: str(value) for key, value in table.items() if key != "words"})
            for table in tables
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(f"marks: {path or 'marks.toml'} cannot be read: {error}") from None


def notes(blocks: Iterable[Block], language: str, marks: tuple[Mark, ...] | None = None) -> list[Block]:
    """The marks that these blocks need, each once."""
    text = "\n".join(item.text for item in blocks)
    return [
        block(Kind.NOTE, mark.texts.get(language) or mark.texts.get("ru", ""))
        for mark in (load() if marks is None else marks)
        if mark.pattern.search(text)
    ]


def marked(document: Document, language: str) -> Document:
    """The document with the marks that it needs; one that has them already stays as it is."""
    present = {item.text for item in document.blocks if item.kind is Kind.NOTE}
    added = tuple(note for note in notes(document.blocks, language) if note.text not in present)
    return Document(blocks=document.blocks + added, buttons=document.buttons) if added else document


def _pattern(listed: Iterable[str]) -> re.Pattern[str]:
    forms = sorted({form for word in listed for form in (word, word.upper())}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)")
