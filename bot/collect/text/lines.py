"""Cleans lines that were taken for an article: drops furniture, cuts the tail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.collect.kinds.listing import clean_line
from bot.collect.text.furniture import COUNTER, DATE, DROP, IMPRINT, MARK, NOTICE, STOP

_SENTENCE_END: Final = re.compile(r"[.!?…:;»\"”)]\s*$")
_LIST_MARK: Final = re.compile(r"^\s*[-–—•*·]\s+")
_WORD: Final = re.compile(r"\w+")
_LINE_LIMIT: Final = 400
"""Furniture is short: a longer line is never matched against its patterns."""
_IMPRINT_LIMIT: Final = 3000
_IMPRINT_SIGNS: Final = 2


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORD.findall(text.lower())


def is_sentence(line: str) -> bool:
    """True if the line reads as prose: long enough, or ends as a sentence ends."""
    return (len(line) >= 60 and bool(_SENTENCE_END.search(line))) or len(line) >= 160


def is_furniture(line: str) -> bool:
    """True if the line alone shows that it is no part of an article."""
    if not any(char.isalpha() for char in line) or NOTICE.match(line):
        return True
    if len(line) <= _LINE_LIMIT and (DROP.match(line) or COUNTER.match(line) or DATE.match(line)):
        return True
    return len(line) <= _IMPRINT_LIMIT and len(set(map(str.lower, IMPRINT.findall(line)))) >= _IMPRINT_SIGNS


def ends_sentence(line: str) -> bool:
    """True if the line ends as a sentence does, however short it is."""
    return bool(_SENTENCE_END.search(line))


def is_stop(line: str) -> bool:
    """True if the line heads what follows an article."""
    return len(line) <= 120 and bool(STOP.match(line))


def clean(lines: Sequence[str], title: str = "", *, bounded: bool = False) -> list[str]:
    """The lines of the article itself: no title, no furniture, nothing after the point where a page turns to other things.

    `bounded`: that point was found already, by the page's structure.
    """
    cleaned = [line for raw in lines if (line := MARK.sub("", clean_line(raw)).strip())]
    cleaned = _without_title(cleaned, title)
    cleaned = cleaned if bounded else _before_stop(cleaned)
    cleaned = [line for line in cleaned if not is_furniture(line) and not is_stop(line)]
    return _unrepeated(_without_tail(cleaned))


def _without_title(lines: list[str], title: str) -> list[str]:
    head = words(title)
    if not head:
        return lines
    for index, line in enumerate(lines[:4]):
        if words(line) == head:
            return lines[index + 1 :] if index == 0 or not any(is_sentence(before) for before in lines[:index]) else lines
    return lines


def _before_stop(lines: list[str]) -> list[str]:
    """Cuts at a heading such as "Read also", unless most of the prose stands after it: then it heads an inset."""
    prose = [len(line) if is_sentence(line) else 0 for line in lines]
    total = sum(prose)
    for index, line in enumerate(lines):
        if is_stop(line) and sum(prose[:index]) >= 0.5 * total and sum(prose[:index]) > 0:
            return lines[:index]
    return lines


def _without_tail(lines: list[str]) -> list[str]:
    """Drops a closing run of short lines or list entries that are no sentences: headlines of other news."""
    end = len(lines)
    while end > 0 and not is_sentence(lines[end - 1]):
        end -= 1
    tail = lines[end:]
    if end == 0 or not tail:
        return lines
    headlines = [line for line in tail if not _SENTENCE_END.search(line) or _LIST_MARK.match(line)]
    return lines[:end] if len(headlines) == len(tail) else [*lines[:end], *_closing(tail)]


def _closing(tail: list[str]) -> list[str]:
    """Short closing sentences stay up to the first line that is none."""
    kept: list[str] = []
    for line in tail:
        if not _SENTENCE_END.search(line):
            break
        kept.append(line)
    return kept


def _unrepeated(lines: list[str]) -> list[str]:
    """A long line that stands twice, as a lead and its copy in the body do, stands once."""
    seen: set[tuple[str, ...]] = set()
    kept: list[str] = []
    for line in lines:
        key = tuple(words(line))
        if len(key) > 5 and key in seen:
            continue
        seen.add(key)
        kept.append(line)
    return kept
