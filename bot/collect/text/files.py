"""Reads saved files: text, HTML and PDF."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from bot.collect.text.article import article_from_html
from bot.collect.text.encoding import decode
from bot.collect.text.pdf import raw_lines
from bot.collect.text.plain import read_text
from bot.errors import BadInput
from bot.model import Article

MAX_FILE: Final = 10 * 1024 * 1024
"""Bytes."""
_FOREIGN: Final = (b"PK", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{\\rtf", b"\xd0\xcf\x11\xe0")
"""How archives and documents of Word, pictures and RTF begin, whatever their name says."""


def read_file(name: str, data: bytes) -> Article:
    """The article in a file, by its content rather than its name. Raises BadInput or NotAnArticle."""
    if len(data) > MAX_FILE:
        raise BadInput(f"{name} is larger than {MAX_FILE:,} bytes", key="summary-large", most=MAX_FILE // 1024 // 1024)
    if not data.strip():
        raise BadInput(f"{name} is empty", key="error-text-short")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return read_text("\n".join(pdf_lines(data)))
    if data.startswith(_FOREIGN):
        raise BadInput(f"{name} is no text, HTML or PDF", key="error-file-kind")
    text, _ = decode(data)
    if text.count("\ufffd") + sum(text.count(char) for char in "\x00\x01\x02\x03\x04\x05") > len(text) / 50:
        raise BadInput(f"{name} is no text, HTML or PDF", key="error-file-kind")
    if PurePath(name).suffix.lower() in {".html", ".htm", ".xhtml"} or re.search(
        r"<(html|body|article|!doctype html)\b", text[:5000], re.IGNORECASE
    ):
        return article_from_html(text, "https://file.invalid/" + PurePath(name).name.replace(" ", "-"))
    return read_text(text)


def pdf_lines(data: bytes) -> list[str]:
    """The lines of a PDF, those of one paragraph joined. Raises BadInput if it holds no text."""
    lines = raw_lines(data)
    if lines is None:
        raise BadInput("the PDF cannot be read", key="error-pdf-broken")
    joined = _join([line.strip() for line in lines])
    if not joined:
        raise BadInput("the PDF holds no text, only pictures", key="error-pdf-pictures")
    return joined


def _join(lines: list[str]) -> list[str]:
    """Joins the lines of a paragraph: one that ends in mid-sentence goes on in the next."""
    joined: list[str] = []
    for line in lines:
        if joined and line and joined[-1] and not re.search(r"[.!?…:]$", joined[-1]) and (line[0].islower() or len(joined[-1]) > 60):
            joined[-1] = joined[-1][:-1] + line if re.search(r"\w-$", joined[-1]) else f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return [line for line in joined if line]
