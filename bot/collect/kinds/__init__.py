"""The kinds of sources: a file a kind, each turning an answer into what it announces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.collect.fetch import Page
from bot.collect.kinds import feed, page, sitemap, telegram
from bot.collect.kinds.listing import Listing
from bot.collect.sources import SourceSpec
from bot.errors import SourceBroken

KINDS: Final[Mapping[str, Callable[[Page, SourceSpec], Listing]]] = {
    "rss": feed.parse,
    "page": page.parse,
    "telegram": telegram.parse,
    "sitemap": sitemap.parse,
}


def parse(answer: Page, spec: SourceSpec) -> Listing:
    """What a source announces, newest as the source has it. Synchronous, up to a second on a large answer. Raises SourceBroken."""
    if answer.status >= 400:
        raise SourceBroken(f"{spec.id} answers with status {answer.status}", status=answer.status, problem="status")
    return KINDS[spec.kind](answer, spec)


__all__ = ["KINDS", "Listing", "parse"]
