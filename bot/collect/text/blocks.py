"""Cuts a page into blocks of text and finds, by structure alone, those of the article."""

from __future__ import annotations

import copy
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree, html

from bot.collect.text.lines import is_furniture, is_sentence, words
from bot.collect.text.tree import BLOCKS, SILENT, block_text

_NEVER: Final = frozenset(["nav", "aside", "footer", "button", "select", "textarea", "input", "option", "label", "form", "figcaption"])
_BAD_NAME: Final = re.compile(
    r"(^|[-_\s])(comments?|comment-?list|disqus|respond|reply|replies|share|sharing|social|soc|likes?|related|relap|recommend\w*|similar|see-?also|read-?also|also|more-?news|"
    r"banners?|advert\w*|adv|ads?|promo|sponsor\w*|teasers?|partners?|sidebar|side|aside|right-?col\w*|left-?col\w*|menu|navi?|navigation|nav-?bar|breadcrumbs?|crumbs|footer|foot|"
    r"copyright|subscri\w+|newsletter|popular|most-?\w+|top-?news|hot-?news|news-?list|news-?line|lenta|feed-?list|rating|votes?|voting|poll|opros|captcha|login|auth|cookies?|gdpr|consent|"
    r"tags?|tag-?list|keywords|rubrics?|pager|pagination|prev-?next|toolbar|print|counters?|informers?|weather|currency|covid|search|popup|modal|overlay|hidden|captions?|"
    r"photo-?(caption|author|sign)\w*|podpis|author-?(box|info|bio)|byline|meta|date|time|views?|skip|sr-only|noprint|widget|informer|disclaimer|legal|foreign-?agent)($|[-_\s\d])",
    re.IGNORECASE,
)
_GOOD_NAME: Final = re.compile(
    r"article(_{0,2}|-)?(body|text|content)|(news|post|entry|story|material|doc|page|single|full|detail|item)[-_]*(text|body|content|full|detail)|"
    r"(text|body|content)[-_]*(article|news|post)|fulltext|full-?story|js-mediator-article|b-text|b-article|maintext|detail[-_]?text|(article|news|material|story)[-_]+view($|\s)|^text$|^article$|^news_text$",
    re.IGNORECASE,
)
_LARGE_PART: Final = 0.3
"""An element with more of the page's prose than this is no furniture, whatever it is called, but for what readers write."""
_SURELY: Final = re.compile(
    r"(^|[-_\s])(comments?|disqus|respond|replies|footer|sidebar|related|recommend\w*|popular|cookies?)($|[-_\s\d])", re.IGNORECASE
)
_LONGEST_NAME: Final = 300
_SEARCHED: Final = 5000
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page."""

    text: str
    linked: float
    """Which part of its characters stand in links."""
    path: tuple[int, ...]
    """Serial numbers of the elements around it, outermost first."""
    tag: str
    """Of the innermost of them."""
    mark: str = ""
    """Tag and class of the innermost of them: elements of one role on a page share it."""

    @property
    def good(self) -> bool:
        """True if it reads as prose of its own."""
        return (
            len(self.text) >= 45
            and self.linked < 0.35
            and not is_furniture(self.text)
            and (is_sentence(self.text) or len(self.text) >= 100)
        )


def prune(root: html.HtmlElement, title: str = "") -> html.HtmlElement:
    """A copy of the page without what can be told for furniture by its markup; what holds the article's heading is none."""
    tree = copy.deepcopy(root)
    held = _around_heading(tree, title)
    # A site may call its news what others call their list of news: words in the names around the heading say nothing within.
    excused = frozenset(match[2].lower() for element in held for match in _BAD_NAME.finditer(_names(element)))
    prose = _prose(tree)
    total = max(1, prose[tree])
    dropped = []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or element is tree or element.tag == "body":
            continue
        small = prose[element] < _LARGE_PART * total or (held and _SURELY.search(_names(element)))
        if element.tag in SILENT or (small and element not in held and _is_marked(element, excused)):
            dropped.append(element)
            walk.skip_subtree()
    for element in dropped:
        _drop(element)
    return tree


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page, and of each element that a `path` names: the number of its parent and its mark."""

    blocks: tuple[Block, ...]
    parents: tuple[int, ...]
    marks: tuple[str, ...]
    nodes: tuple[html.HtmlElement, ...]

    def keep_only(self, blocks: Sequence[Block]) -> None:
        """Removes from the tree every element that holds none of these blocks."""
        kept = {number for block in blocks for number in block.path}
        for number, (node, parent) in enumerate(zip(self.nodes, self.parents, strict=True)):
            if number not in kept and (parent in kept or parent < 0) and node.tag not in {"html", "body"}:
                _drop(node)


def cut(root: html.HtmlElement, limit: int) -> Layout:
    """The first `limit` blocks of a page in their order."""
    blocks: list[Block] = []
    parents: list[int] = []
    marks: list[str] = []
    nodes: list[html.HtmlElement] = []
    path: list[int] = []
    tags: list[str] = []
    parts: list[str] = []
    links, linked = 0, 0

    def flush() -> None:
        nonlocal linked
        text = " ".join("".join(parts).split())
        if text:
            mark = marks[path[-1]] if path else ""
            blocks.append(Block(text, min(1.0, linked / len(text)), tuple(path), tags[-1] if tags else "", mark))
        parts.clear()
        linked = 0

    def add(text: str | None) -> None:
        nonlocal linked
        if text:
            parts.append(text)
            linked += len(" ".join(text.split())) if links else 0

    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in BLOCKS:
                flush()
                parents.append(path[-1] if path else -1)
                marks.append(f"{tag}.{_name(node, 'class')}")
                nodes.append(node)
                path.append(len(marks) - 1)
                tags.append(tag)
            elif tag == "br":
                flush()
            links += tag == "a"
            add(node.text)
        else:
            links -= tag == "a"
            if tag in BLOCKS:
                flush()
                path.pop()
                tags.pop()
            if node is not root:
                add(node.tail)
        if len(blocks) >= limit:
            break
    flush()
    return Layout(tuple(blocks[:limit]), tuple(parents), tuple(marks), tuple(nodes))


def choose(blocks: Sequence[Block], title: str) -> list[bool]:
    """For each block whether it belongs to the article, by where prose gathers."""
    scores: dict[int, float] = defaultdict(float)
    lines = Counter(number for block in blocks for number in block.path)
    for block in blocks:
        if block.good:
            weight = min(len(block.text), 500) * (1.0 - block.linked)
            depth, held = 0, 0
            for number in reversed(block.path):
                # Elements that hold the same lines are one: some builders wrap each paragraph six times.
                depth += 0 < held < lines[number]
                held = lines[number]
                if depth > 4:
                    break
                scores[number] += weight * (1.0, 0.85, 0.6, 0.3, 0.15)[depth]
    if not scores:
        return [False] * len(blocks)
    best = max(scores, key=lambda number: scores[number])
    inside = [best in block.path for block in blocks]
    good = [index for index, block in enumerate(blocks) if inside[index] and block.good]
    if not good:
        return [False] * len(blocks)
    first = _with_lead(blocks, good[0], title)
    return [
        first <= index <= good[-1] and (inside[index] or (index < good[0] and block.good)) and _fits(block)
        for index, block in enumerate(blocks)
    ]


def favoured(root: html.HtmlElement) -> list[str]:
    """Texts of the elements that the markup itself calls the article's body."""
    found = root.xpath("//*[@itemprop='articleBody'] | //article | //*[@class or @id]")
    named = (
        element
        for element in found
        if element.get("itemprop") == "articleBody" or _GOOD_NAME.search(_name(element, "class")) or _GOOD_NAME.search(_name(element, "id"))
    )
    return [block_text(element) for element in itertools.islice(named, 5)]


def _with_lead(blocks: Sequence[Block], first: int, title: str) -> int:
    """Where the article begins: a lead may stand between the heading and the container of the rest."""
    head = words(title)
    for index in range(first - 1, max(-1, first - 12), -1):
        if head and (blocks[index].tag == "h1" or words(blocks[index].text) == head):
            return index + 1
    return first


def _fits(block: Block) -> bool:
    """A short line between paragraphs stays if it is no link and no furniture: a subheading, a line of a dialogue."""
    if is_furniture(block.text):
        return False
    return block.linked < (0.6 if is_sentence(block.text) else 0.35)


def _is_marked(element: html.HtmlElement, excused: frozenset[str]) -> bool:
    if (
        element.tag in _NEVER
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "")
    ):
        return True
    if element.tag in {"p", "a", "b", "strong", "em", "i", "h1", "article", "main"}:
        return element.tag == "p" and bool(_BAD_NAME.search(_name(element, "class"))) and len(element.text_content()) < 200
    names = _names(element)
    return any(match[2].lower() not in excused for match in _BAD_NAME.finditer(names)) and not _GOOD_NAME.search(names)


def _names(element: html.HtmlElement) -> str:
    return f"{_name(element, 'class')} {_name(element, 'id')} {_name(element, 'role')}"


def _around_heading(tree: html.HtmlElement, title: str) -> set[html.HtmlElement]:
    head, found = set(words(title)), set[html.HtmlElement]()
    for element in itertools.islice(tree.iter("h1", "h2", "div", "span", "b"), _SEARCHED):
        if (element.tag == "h1" or len(element) == 0) and head:
            own = set(words(" ".join(element.itertext())[:1000]))
            both = len(own & head)
            if both >= 0.8 * len(own) and both >= 0.6 * len(head):
                found.update(element.iterancestors())
    return found


def _name(element: html.HtmlElement, attribute: str) -> str:
    return (element.get(attribute) or "")[:_LONGEST_NAME]


def _prose(tree: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """Characters outside of links and of what is not shown, for each element; one walk, however deep the page is."""
    sizes: dict[html.HtmlElement, int] = defaultdict(int)
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        mute = element.tag in SILENT or element.tag == "a" or not isinstance(element.tag, str)
        if event == "start":
            silent += mute
            sizes[element] += len(element.text or "") if not silent else 0
        else:
            silent -= mute
            parent = element.getparent()
            if parent is not None:
                sizes[parent] += sizes[element] + (len(element.tail or "") if not silent else 0)
    return sizes


def _drop(element: html.HtmlElement) -> None:
    """Removes an element but not what follows it, and leaves a gap so that words on both sides do not run together."""
    parent = element.getparent()
    if parent is None:
        return
    gap = html.Element("br") if element.tag in BLOCKS else html.Element("span")
    gap.tail = element.tail
    parent.replace(element, gap)
