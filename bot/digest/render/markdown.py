"""Markdown (CommonMark): headings, bold, links; nothing in a text is taken for markup."""

from __future__ import annotations

import re
from typing import Final

from bot.digest.render import layout
from bot.digest.render.document import Block, Document, Kind, Span
from bot.digest.render.safe import cleaned

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LINE_START: Final = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
_HEADING: Final = {Kind.TITLE: "# ", Kind.SECTION: "## ", Kind.STORY: "### "}


def render(document: Document) -> str:
    """The document as Markdown that ends with a line break; an empty document gives an empty string."""
    lines = [_block(item) for _, item in layout.join(cleaned(document).blocks)]
    return "\n\n".join(lines) + "\n" if lines else ""


def _block(item: Block) -> str:
    heading = _HEADING.get(item.kind, "")
    text = "".join(_span(span, plain=bool(heading)) for span in item.spans)
    if heading:
        return heading + text
    text = _LINE_START.sub(lambda found: found[1] + (found[2] + "\\" if found[2].isdigit() else "\\" + found[2]), text)
    return "\n".join("> " + line for line in text.split("\n")) if item.kind is Kind.QUOTE else text.replace("\n", "\\\n")


def _span(span: Span, *, plain: bool) -> str:
    text = _SPECIAL.sub(r"\\\1", span.text)
    core = text.strip()
    if not core:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if span.italic and not plain:
        core = f"*{core}*"
    if span.bold and not plain:
        core = f"**{core}**"
    if span.url:
        core = f"[{core}](<{span.url}>)"
    return before + core + after
