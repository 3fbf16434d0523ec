"""Markup as trees, and trees as lines of text."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree, html

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "title",
        "option",
        "button",
        "select",
        "textarea",
    ]
)
"""Elements that begin and end a line."""
_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")
_MOST_TAGS: Final = 40_000
_LONGEST_NAME: Final = 500
SILENT: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "video",
        "audio",
        "map",
        "head",
        "link",
        "meta",
    ]
)
"""Elements whose text nobody reads."""


def parse_html(text: str) -> html.HtmlElement | None:
    """The tree of a page, however broken or large: what is too much of it is cut off. None if there is nothing in it.

    No entity is expanded, nothing is loaded.
    """
    data = _bounded(_CONTROL.sub("", _REFERENCE.sub(_allowed, text)))
    if not data.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(data.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    if not isinstance(root, html.HtmlElement) or not isinstance(root.tag, str):
        return None
    for element in root.xpath(f"//*[string-length(@class) > {_LONGEST_NAME} or string-length(@id) > {_LONGEST_NAME}]"):
        element.attrib.pop("class", None)
        element.attrib.pop("id", None)
    return root


def _allowed(match: re.Match[str]) -> str:
    """A reference to a character that XML forbids would come back as that character, which a tree gives out but does not take."""
    code = int(match[1], 16) if match[1] else int(match[2])
    return match[0] if code <= 0x10FFFF and not _CONTROL.match(chr(code)) else ""


def _bounded(text: str) -> str:
    """The text up to the point where it has more tags than any page that people read."""
    if text.count("<") <= _MOST_TAGS:
        return text
    at = -1
    for _ in range(_MOST_TAGS):
        at = text.index("<", at + 1)
    return text[:at]


def parse_xml(text: str) -> etree._Element | None:
    """The tree of an XML document, repaired where it is broken; None if that fails. No entity is expanded, nothing is loaded."""
    data = _CONTROL.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text)).strip()
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data.encode("utf-8"), parser=parser) if data else None
    except (etree.LxmlError, ValueError):
        return None


def block_text(element: html.HtmlElement) -> str:
    """The element's text, a line a block or `<br>`; blanks collapsed, empty lines dropped."""
    lines: list[str] = [""]
    for event, node in etree.iterwalk(element, events=("start", "end")):
        silent = not isinstance(node.tag, str) or node.tag in SILENT
        if event == "start":
            if isinstance(node.tag, str) and (node.tag in BLOCKS or node.tag == "br"):
                lines.append("")
            if not silent and node.text:
                lines[-1] += node.text
        else:
            if isinstance(node.tag, str) and node.tag in BLOCKS:
                lines.append("")
            if node is not element and node.tail and not _inside_silent(node, element):
                lines[-1] += node.tail
    return "\n".join(line for line in (" ".join(raw.split()) for raw in lines) if line)


def _inside_silent(node: html.HtmlElement, top: html.HtmlElement) -> bool:
    parent = node.getparent()
    while parent is not None and parent is not top:
        if parent.tag in SILENT:
            return True
        parent = parent.getparent()
    return False
