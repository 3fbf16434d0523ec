"""Says what is new in a story that was told before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.digest import labels
from bot.locales import Words
from bot.model import Development

_ORDER: Final = ("correction", "stage", "effective_date", "penalty", "official", "disagreement", "revision", "source")


def line(news: Iterable[Development], say: Words) -> str:
    """All changes that the headline does not carry, in one sentence, the gravest first, each once; empty if there is none."""
    news = [*news]
    if labels.headline_news(news):
        news = [item for item in news if item.kind != "stage"]
    ordered = sorted(news, key=lambda item: _ORDER.index(item.kind) if item.kind in _ORDER else len(_ORDER))
    parts = list(dict.fromkeys(part for part in (phrase(item, say) for item in ordered) if part))
    text = "; ".join(parts)
    return text if not text or text.endswith((".", "!", "?", "…")) else text + "."


def phrase(item: Development, say: Words) -> str:
    """One change in words; empty if it says nothing."""
    before, after = labels.change(item.kind, item.before, say), labels.change(item.kind, item.after, say)
    match item.kind:
        case "stage":
            return _either("news-stage", before, after, say)
        case "effective_date":
            return say.say("news-date-gone", before=before) if before and not after else _either("news-date", before, after, say)
        case "penalty":
            return _either("news-penalty", before, after, say)
        case "correction" if item.after == "retracted":
            return say.say("news-retracted")
        case "correction":
            return _either("news-correction", before, after, say)
        case "official":
            return say.say("news-official", after=after) if after else say.say("news-official-plain")
        case "revision":
            return say.say("news-revision", after=after) if after else say.say("news-revision-plain")
        case "disagreement":
            return say.say("news-disagreement", after=labels.field(after, say))
        case "source" if item.after.isdecimal():
            return say.say("news-sources", count=int(item.after))
        case _:
            return say.say("news-source", after=after) if after else ""


def _either(key: str, before: str, after: str, say: Words) -> str:
    if not after or before == after:
        return ""
    return say.say(f"{key}-before", before=before, after=after) if before else say.say(key, after=after)
