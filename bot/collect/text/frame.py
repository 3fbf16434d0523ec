"""Where on a page the article stands: after its own heading, before the next article's, and not in a list of cards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from bot.collect.text.blocks import Block, Layout
from bot.collect.text.furniture import DATE
from bot.collect.text.lines import ends_sentence, is_furniture, is_stop, words

_A_LINE: Final = (15, 250)
"""Characters of a link that fills its line: the headline of another article."""
_LEVELS: Final = 4
"""How far around its headline a card reaches."""
_GROUP: Final = 3
"""So many alike elements, nearly each with such a link in it, are a list of cards."""
_NEARLY: Final = 0.7
_A_CARD: Final = 1500
"""Characters of prose; an element with more is no card."""
_SAME: Final = 0.8
_A_NOTICE: Final = 60
"""Characters of sentences after which the next heading is another article's."""
_AN_INSET: Final = 400
_A_REMARK: Final = 25
_A_THREAD: Final = 8
"""Lines of one reader's words at most."""
_A_NAME: Final = 40
_SUBHEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "dt"})
_SMALL_PART: Final = 0.3
"""An element of few lines with a headline in it is an inset, unless it holds more of the page's prose than this."""


def heading(blocks: Sequence[Block], title: str) -> int:
    """The line that is the article's heading; -1 if none is. A page may show its title twice, in a trail of crumbs first."""
    head = set(words(title))
    if not head:
        return -1
    prose = _prose_after(blocks)
    best, at = 0.0, -1
    for index, block in enumerate(blocks):
        own = set(words(block.text))
        both = len(own & head)
        if both < _SAME * len(own) or both < 0.6 * len(head) or block.linked > 0.5:
            continue
        score = both / len(own | head) + (0.3 if block.tag == "h1" else 0.1 if block.tag in {"h2", "h3"} else 0.0)
        if prose[index] >= 80 and score >= best:
            best, at = score, index
    return at


def end(blocks: Sequence[Block], start: int) -> int:
    """Where the next whole article begins, whose heading looks like this one's; the number of blocks if none does."""
    own = blocks[start]
    if own.tag != "h1" and own.mark.endswith("."):
        return len(blocks)
    prose = 0
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if block.mark == own.mark and prose >= _A_NOTICE and words(block.text) != words(own.text) and len(block.text) >= 20:
            return index
        prose += len(block.text) if block.linked < 0.35 and (block.good or _is_prose(block)) else 0
    return len(blocks)


def replies(layout: Layout, start: int) -> frozenset[int]:
    """The numbers of elements that readers wrote below the article: alike, each with a name or a button of its own beside its prose."""
    blocks = layout.blocks
    held: dict[int, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        for number in block.path:
            held[number].append(index)
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, indexes in sorted(held.items()):
        if indexes[0] > start:
            groups[layout.parents[number], layout.marks[number]].append(number)
    found: set[int] = set()
    for group in groups.values():
        rows = [[blocks[index] for index in held[number]] for number in group]
        first = held[group[0]][0]
        if len(group) >= _GROUP and all(map(_is_reply, rows)) and _is_over(blocks, max(start + 1, 0), first):
            found.update(group)
    return frozenset(found)


def _is_reply(row: Sequence[Block]) -> bool:
    """Few lines, prose among them, and a name before it or a button after it, which is neither a time nor a link to other news."""
    prose = [index for index, block in enumerate(row) if len(block.text) >= _A_REMARK and block.linked < 0.35]
    if not prose or len(row) > _A_THREAD or len(prose) == len(row):
        return False
    beside = [row[index] for index in (prose[0] - 1, prose[-1] + 1) if 0 <= index < len(row)]
    return any(len(block.text) <= _A_NAME and not ends_sentence(block.text) and not DATE.match(block.text) for block in beside)


def _is_over(blocks: Sequence[Block], start: int, first: int) -> bool:
    """True if prose stands before these lines, and between them something that ends an article: a button, a counter, a list of links."""
    prose = [index for index in range(start, first) if blocks[index].linked < 0.35 and _is_prose(blocks[index])]
    between = blocks[prose[-1] + 1 : first] if prose else ()
    return any(
        is_stop(block.text) or is_furniture(block.text) or (len(block.text) <= _A_NAME and block.tag not in _SUBHEADINGS)
        for block in between
    )


def _is_prose(block: Block) -> bool:
    return len(block.text) >= 20 and ends_sentence(block.text) and not is_furniture(block.text) and not is_stop(block.text)


def cards(layout: Layout, start: int) -> frozenset[int]:
    """The numbers of elements that are cards of other articles, menus and lists of headlines."""
    own = frozenset(layout.blocks[start].path) if start >= 0 else frozenset()
    carrying: set[int] = set()
    prose: Counter[int] = Counter()
    for block in layout.blocks:
        if block.linked > 0.85 and _A_LINE[0] <= len(block.text) <= _A_LINE[1]:
            carrying.update(block.path[-_LEVELS:])
        if block.good:
            for number in block.path:
                prose[number] += len(block.text)
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, (parent, mark) in enumerate(zip(layout.parents, layout.marks, strict=True)):
        groups[parent, mark].append(number)
    found: set[int] = set()
    for group in groups.values():
        if len(group) >= _GROUP and sum(number in carrying for number in group) >= _NEARLY * len(group):
            found.update(number for number in group if number not in own and prose[number] <= _A_CARD)
    rest = sum(len(block.text) for block in layout.blocks[max(start, 0) :] if block.good and not found.intersection(block.path))
    lines = Counter(number for block in layout.blocks for number in block.path)
    most = min(_AN_INSET, _SMALL_PART * rest)
    found.update(number for number in carrying if 2 <= lines[number] <= _LEVELS and number not in own and prose[number] <= most)
    return frozenset(found)


def _prose_after(blocks: Sequence[Block]) -> list[int]:
    after = [0] * len(blocks)
    for index in range(len(blocks) - 2, -1, -1):
        following = blocks[index + 1]
        after[index] = after[index + 1] + (len(following.text) if following.linked < 0.35 and len(following.text) >= 40 else 0)
    return after
