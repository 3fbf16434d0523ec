"""Many expressions at once: only those are tried at a word that can begin there."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

KEY = 3
"""Letters of a beginning that are compared before an expression is tried."""
parser: Any = importlib.import_module("re._parser")
codes: Any = importlib.import_module("re._constants")
"""How the standard library itself reads an expression; it has no public name without a warning."""
_START = re.compile(r"(?<!\w)[\w«]")


def beginnings(form: str) -> frozenset[str]:
    """The letters, at most three, with which a match of an expression can begin; empty if that cannot be told."""
    found = _walk(list(parser.parse(form)), frozenset({""}))[0]
    return frozenset() if "" in found else frozenset(text[:KEY] for text in found)


def _walk(items: list[Any], heads: frozenset[str]) -> tuple[frozenset[str], bool]:
    """The beginnings after some parsed items, and whether more may follow all of them."""
    for code, value in items:
        if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
            continue
        if min(map(len, heads)) >= KEY:
            return heads, False
        if code is codes.LITERAL:
            heads = frozenset(head + chr(value) if len(head) < KEY else head for head in heads)
        elif code is codes.IN and len(value) <= 6 and all(kind is codes.LITERAL for kind, _ in value):
            heads = frozenset(head + chr(letter) for head in heads for _, letter in value)
        elif code is codes.SUBPATTERN:
            heads, goes_on = _walk(list(value[3]), heads)
            if not goes_on:
                return heads, False
        elif code is codes.BRANCH:
            ways = [_walk(list(way), heads) for way in value[1]]
            heads = frozenset().union(*(way for way, _ in ways))
            if not all(goes_on for _, goes_on in ways):
                return heads, False
        elif code is codes.MAX_REPEAT and value[0] == 0 and value[1] == 1:
            more, goes_on = _walk(list(value[2]), heads)
            heads |= more
            if not goes_on and min(map(len, more)) < KEY:
                return heads, False
        else:
            return heads, False
    return heads, True


class Index:
    """Named expressions, filed by their beginnings. All are matched from the beginning of a word."""

    def __init__(self, forms: Mapping[str, Sequence[str]]) -> None:
        self._rank = {name: rank for rank, name in enumerate(forms)}
        filed: dict[str, dict[str, list[str]]] = {}
        loose: dict[str, list[str]] = {}
        for name, patterns in forms.items():
            for form in patterns:
                heads = frozenset() if form.startswith("(?<") else beginnings(form)
                for head in heads:
                    filed.setdefault(head, {}).setdefault(name, []).append(form)
                if not heads:
                    loose.setdefault(name, []).append(form)
        self._filed = {head: tuple((name, re.compile("|".join(rows))) for name, rows in names.items()) for head, names in filed.items()}
        self._loose = {name: re.compile("|".join(_bounded(form) for form in rows)) for name, rows in loose.items()}

    def present(self, text: str) -> frozenset[str]:
        """The names of the expressions found in a text."""
        found = {name for name, form in self._loose.items() if form.search(text)}
        for start, name, form in self._possible(text):
            if name not in found and form.match(text, start):
                found.add(name)
        return frozenset(found)

    def holds(self, text: str) -> bool:
        """True if any expression is found in a text."""
        return any(form.search(text) for form in self._loose.values()) or any(form.match(text, at) for at, _, form in self._possible(text))

    def spans(self, text: str) -> list[tuple[str, int, int]]:
        """All matches as (name, start, stop) in the order of the text, the longer first; those of one name do not overlap."""
        found = [(name, *match.span()) for name, form in self._loose.items() for match in form.finditer(text)]
        tried = [(name, *match.span()) for start, name, form in self._possible(text) if (match := form.match(text, start))]
        ends: dict[str, int] = {}
        for name, start, stop in sorted(tried, key=self._place) if len(tried) > 1 else tried:
            if start >= ends.get(name, 0):
                ends[name] = stop
                found.append((name, start, stop))
        return sorted(found, key=self._place) if len(found) > 1 else found

    def _place(self, span: tuple[str, int, int]) -> tuple[int, int, int]:
        name, start, stop = span
        return start, -stop, self._rank[name]

    def _possible(self, text: str) -> list[tuple[int, str, re.Pattern[str]]]:
        heads = _heads(text)
        shared = heads.keys() & self._filed.keys()
        return [(start, name, form) for head in shared for start in heads[head] for name, form in self._filed[head]]


@functools.lru_cache(maxsize=256)
def _heads(text: str) -> dict[str, list[int]]:
    """Where the words of a text begin, by their first letters; kept, because many indexes look at one sentence."""
    heads: dict[str, list[int]] = {}
    for start in [match.start() for match in _START.finditer(text)]:
        head = text[start : start + KEY]
        if head in heads:
            heads[head].append(start)
        else:
            heads[head] = [start]
    for head, starts in list(heads.items()):
        for size in range(1, len(head)):
            heads.setdefault(head[:size], []).extend(starts)
    return heads


def _bounded(form: str) -> str:
    return form if form.startswith((r"\b", "(?<", "«")) else rf"(?<!\w){form}"
