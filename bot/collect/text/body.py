"""Finds the main text of a page: several readers vote on each of its blocks."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Sequence
from typing import Final

import trafilatura
from lxml import etree, html
from trafilatura.external import try_justext, try_readability

from bot.collect.text import frame
from bot.collect.text.blocks import Block, choose, cut, favoured, prune
from bot.collect.text.lines import clean, ends_sentence, is_furniture, is_sentence, is_stop, words
from bot.collect.text.metadata import Metadata
from bot.collect.text.tree import SILENT, block_text, parse_html

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs an error for every page without a text

_SHINGLE: Final = 3
_COVERED: Final = 0.6
_QUORUM: Final = 0.5
"""Which part of the votes a block needs."""
_WEIGHTS: Final = {"structure": 1.5, "trafilatura": 1.2, "readability": 0.6, "justext": 0.6, "declared": 1.5}
_A_LINK: Final = 0.75
"""A line that is nearly all link, and no sentence, is the headline of other news whoever votes for it."""
_ALL_LINK: Final = 0.9
"""A line that is a link from end to end is a card's, however long."""
_PARTS: Final = frozenset({"p", "li", "h2", "h3", "h4", "td", "th", "blockquote", "dd", "dt"})
_LEAD_WITHIN: Final = 8
"""Lines after the heading among which a lead may stand."""
_LINKED: Final = 0.5
"""A text that is mostly links is a listing."""
_LARGEST: Final = 3000
"""Blocks; a page with more is a table or a catalogue."""
_LONGEST: Final = 300_000
_ELEMENTS: Final = 4000
_NESTED: Final = 100_000
"""The depths of all elements together; 3,000 to 40,000 on pages of news."""
_CHARACTERS: Final = 300_000


def main_text(root: html.HtmlElement, meta: Metadata) -> list[str]:
    """The paragraphs of the article; empty if the page has none."""
    tree = prune(root, meta.title)
    layout = cut(tree, _LARGEST)
    start = frame.heading(layout.blocks, meta.title)
    aside = frame.cards(layout, start) | frame.replies(layout, start)
    last = frame.end(layout.blocks, start) if start >= 0 else len(layout.blocks)
    blocks = [
        block
        for index, block in enumerate(layout.blocks)
        if start < index < last and not aside.intersection(block.path) and not block.linked > _ALL_LINK
    ]
    layout.keep_only(blocks)
    votes = _votes(root, tree, blocks, meta)
    if not votes:
        return _said_apart(meta, [])
    total = sum(_WEIGHTS[name] for name in votes)
    own = votes.get("structure", [False] * len(blocks))
    kept = [
        own[index] or sum(_WEIGHTS[name] for name, said in votes.items() if said[index]) >= _QUORUM * total for index in range(len(blocks))
    ]
    kept = [keep and not (block.linked > _A_LINK and not is_sentence(block.text)) for block, keep in zip(blocks, kept, strict=True)]
    kept = _with_neighbours(blocks, kept, lead=start >= 0)
    chosen = _before_stop(blocks, kept)
    length = sum(len(block.text) for block in chosen)
    if sum(block.linked * len(block.text) for block in chosen) > _LINKED * length:
        return _said_apart(meta, [])
    return _said_apart(meta, clean(_shortened([block.text for block in chosen]), meta.title, bounded=True))


def _with_neighbours(blocks: Sequence[Block], kept: Sequence[bool], *, lead: bool) -> list[bool]:
    """Adds the lead between heading and body, and the short lines between paragraphs of the same make: answers, entries, subheadings."""
    indexes = [index for index, keep in enumerate(kept) if keep]
    if not indexes:
        return list(kept)
    marks = {blocks[index].mark for index in indexes}
    homes = {number for index in indexes for number in blocks[index].path[-2:-1]}

    def belongs(block: Block) -> bool:
        alike = block.mark in marks and not block.mark.endswith(".")
        at_home = (block.mark in marks or block.tag in _PARTS) and bool(homes.intersection(block.path))
        return (alike or at_home) and block.linked < 0.35 and not is_furniture(block.text) and not is_stop(block.text)

    more = list(kept)
    for index in range(indexes[0], indexes[-1]):
        more[index] = more[index] or belongs(blocks[index])
    for index in range(indexes[-1] + 1, len(blocks)):
        if not (belongs(blocks[index]) and ends_sentence(blocks[index].text)):
            break
        more[index] = True
    if lead:
        for index in range(min(indexes[0], _LEAD_WITHIN)):
            more[index] = more[index] or (blocks[index].good and not is_stop(blocks[index].text))
    return more


def _said_apart(meta: Metadata, found: list[str]) -> list[str]:
    """What the page declares as its text, where a program draws it and the markup holds none or little of it."""
    lines = _declared_lines(meta)
    if sum(map(len, lines)) < 200:
        return found
    known = _shingles(words("\n".join(found)))
    own = _shingles(words("\n".join(lines)))
    return clean(_shortened(lines), meta.title) if len(own & known) < 0.3 * len(own) else found


def _declared_lines(meta: Metadata) -> list[str]:
    inner = parse_html(meta.body) if "<" in meta.body else None
    text = block_text(inner) if inner is not None else meta.body
    return [line for line in text.split("\n") if line.strip()]


def _shortened(lines: list[str]) -> list[str]:
    """The lines up to the length of the longest article there is."""
    left, kept = _LONGEST, []
    for line in lines:
        if left <= 0:
            break
        kept.append(line[:left])
        left -= len(line)
    return kept


def _before_stop(blocks: Sequence[Block], kept: Sequence[bool]) -> list[Block]:
    """The kept blocks before "Read also" or "Comments"; if the article goes on after it in the same make, only the inset is left out."""
    chosen: list[Block] = []
    makes: set[tuple[str, tuple[int, ...]]] = set()
    inset = False
    for index, (block, keep) in enumerate(zip(blocks, kept, strict=True)):
        if is_stop(block.text) and makes:
            if not any(also and other.good and _make(other) in makes for other, also in zip(blocks[index:], kept[index:], strict=True)):
                return chosen
            inset = True
        elif keep and (not inset or (block.good and _make(block) in makes)):
            inset = False
            chosen.append(block)
            if block.good:
                makes.add(_make(block))
    return chosen


def _make(block: Block) -> tuple[str, tuple[int, ...]]:
    """Paragraphs of one text have one mark and one parent."""
    return block.mark, block.path[:-1]


def _votes(root: html.HtmlElement, tree: html.HtmlElement, blocks: Sequence[Block], meta: Metadata) -> dict[str, list[bool]]:
    """What each reader says of each block; a reader that found nothing abstains."""
    votes = {"structure": choose(blocks, meta.title)}
    texts = {"declared": _declared(root, meta)}
    if not _is_heavy(tree):
        texts |= {
            "trafilatura": _quietly(_trafilatura, tree),
            "readability": _quietly(_readability, tree),
            "justext": _quietly(_justext, tree),
        }
    length = sum(len(block.text) for block, said in zip(blocks, votes["structure"], strict=True) if said)
    for name, text in texts.items():
        if len(text) >= 0.25 * max(length, 200):
            votes[name] = _said(blocks, text)
    return {name: said for name, said in votes.items() if any(said)}


def _is_heavy(root: html.HtmlElement) -> bool:
    """True if the page has more in it than any article: the borrowed readers would need minutes, ours is linear and reads it alone."""
    depth, nested, elements, characters = 0, 0, 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start":
            nested += depth
            elements += 1
            characters += len(element.text or "") + len(element.tail or "") if element.tag not in SILENT else 0
        if elements > _ELEMENTS or nested > _NESTED or characters > _CHARACTERS:
            return True
    return False


def _said(blocks: Sequence[Block], text: str) -> list[bool]:
    known = _shingles(words(text))
    said = []
    for block in blocks:
        own = _shingles(words(block.text))
        said.append(bool(own) and len(own & known) >= _COVERED * len(own))
    return said


def _shingles(tokens: Sequence[str]) -> set[tuple[str, ...]]:
    if len(tokens) < _SHINGLE:
        return {tuple(tokens)} if tokens else set()
    return {tuple(tokens[index : index + _SHINGLE]) for index in range(len(tokens) - _SHINGLE + 1)}


def _declared(root: html.HtmlElement, meta: Metadata) -> str:
    """What the page itself calls the body of its article."""
    if len(meta.body) > 200:
        return "\n".join(_declared_lines(meta))
    marked = [text for text in favoured(root) if len(text) > 200]
    return min(marked, key=len) if marked else ""


def _quietly(reader: Callable[[html.HtmlElement], str], tree: html.HtmlElement) -> str:
    """A reader that trips over a broken page abstains: the others still vote."""
    try:
        return reader(copy.deepcopy(tree))
    except (etree.LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError):
        return ""


def _trafilatura(tree: html.HtmlElement) -> str:
    return trafilatura.extract(tree, favor_precision=True, include_comments=False, include_tables=True, deduplicate=False) or ""


def _readability(tree: html.HtmlElement) -> str:
    return block_text(try_readability(tree))


def _justext(tree: html.HtmlElement) -> str:
    return "\n".join("".join(str(text) for text in part.itertext()) for part in try_justext(tree, None, "ru"))
