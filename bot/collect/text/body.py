"""Finds the main text of a page."""

from __future__ import annotations

import copy
import logging

import trafilatura
from lxml import html

from bot.collect.text.lines import clean
from bot.collect.text.metadata import Metadata

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs an error for every page without a text


def main_text(root: html.HtmlElement, meta: Metadata) -> list[str]:
    """The paragraphs of the article; empty if the page has none."""
    found = trafilatura.extract(
        copy.deepcopy(root),
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_links=False,
        with_metadata=False,
        deduplicate=False,
    )
    return clean((found or "").splitlines(), meta.title)
