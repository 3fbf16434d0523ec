"""Finds the main text of a page: several readers vote on each of its blocks."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Sequence
from typing import Final

import trafilatura
from lxml import etree, html
from trafilatura.external import try_justext, try_readability

from bot.collect.text.blocks import Block, choose, cut, favoured, prune
from bot.collect.text.lines import clean, is_sentence, is_stop, words
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
_LINKED: Final = 0.5
"""A text that is mostly links is a listing."""
_BETTER_PART: Final = 0.45
_AFTER_HEADING: Final = 0.25
_LARGEST: Final = 3000
"""Blocks; a page with more is a table or a catalogue."""
_LONGEST: Final = 300_000
_ELEMENTS: Final = 4000
_NESTED: Final = 100_000
"""The depths of all elements together; 3,000 to 40,000 on pages of news."""
_CHARACTERS: Final = 300_000


def main_text(root: html.HtmlElement, meta: Metadata) -> list[str]:
    """The paragraphs of the article; empty if the page has none."""
    tree = prune(root)
    blocks = cut(tree)[:_LARGEST]
    votes = _votes(root, tree, blocks, meta)
    if not votes:
        return []
    total = sum(_WEIGHTS[name] for name in votes)
    kept = [sum(_WEIGHTS[name] for name, said in votes.items() if said[index]) >= _QUORUM * total for index in range(len(blocks))]
    kept = [keep and not (block.linked > _A_LINK and not is_sentence(block.text)) for block, keep in zip(blocks, kept, strict=True)]
    first, last = _bounds(blocks, kept, meta.title)
    chosen = [block for block, keep in zip(blocks[first:last], kept[first:last], strict=True) if keep]
    length = sum(len(block.text) for block in chosen)
    if sum(block.linked * len(block.text) for block in chosen) > _LINKED * length:
        return []
    return clean(_shortened([block.text for block in chosen]), meta.title)


def _shortened(lines: list[str]) -> list[str]:
    """The lines up to the length of the longest article there is."""
    left, kept = _LONGEST, []
    for line in lines:
        if left <= 0:
            break
        kept.append(line[:left])
        left -= len(line)
    return kept


def _bounds(blocks: Sequence[Block], kept: Sequence[bool], title: str) -> tuple[int, int]:
    """Where the article begins and ends: after its heading and before "Read also", if that leaves the better part of what was kept."""
    weights = [len(block.text) if keep else 0 for block, keep in zip(blocks, kept, strict=True)]
    total, head = sum(weights), words(title)
    first, last = 0, len(blocks)
    for index, block in enumerate(blocks):
        if (block.tag == "h1" or (head and words(block.text) == head)) and sum(weights[index:]) >= max(_AFTER_HEADING * total, 200):
            first = index
    for index in range(first, len(blocks)):
        if is_stop(blocks[index].text) and sum(weights[first:index]) >= max(_BETTER_PART * total, 150):
            last = index
            break
    return first, last


def _votes(root: html.HtmlElement, tree: html.HtmlElement, blocks: Sequence[Block], meta: Metadata) -> dict[str, list[bool]]:
    """What each reader says of each block; a reader that found nothing abstains."""
    votes = {"structure": choose(blocks, meta.title)}
    texts = {"declared": _declared(root, meta)}
    if not _is_heavy(root):
        texts |= {
            "trafilatura": _quietly(_trafilatura, root),
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
        inner = parse_html(meta.body) if "<" in meta.body else None
        return block_text(inner) if inner is not None else meta.body
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
