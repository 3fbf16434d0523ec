"""Collecting: the safe HTTP client, sources, kinds of feeds, the text of pages, polling."""

from bot.collect.address import article_id, canonical, identity
from bot.collect.collector import Collector
from bot.collect.fetch import Fetcher, Limits, Page
from bot.collect.intake import Report
from bot.collect.sources import SourceSpec, load_sources
from bot.collect.text.article import article_from_html, article_of, read_page
from bot.collect.text.files import read_file
from bot.collect.text.plain import read_text

__all__ = [
    "Collector",
    "Fetcher",
    "Limits",
    "Page",
    "Report",
    "SourceSpec",
    "article_from_html",
    "article_id",
    "article_of",
    "canonical",
    "identity",
    "load_sources",
    "read_file",
    "read_page",
    "read_text",
]
