"""JSON: a document as its blocks, and a digest as its stories with their facts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

from bot.digest.render.document import Document
from bot.digest.render.safe import cleaned
from bot.model import Digest, Entry, Story


def render(document: Document) -> str:
    """`{"blocks": [{"kind", "gap", "spans": [{"text", …}]}], "buttons": [[{"text", "action"|"url"}]]}`."""
    blocks = [
        {"kind": item.kind, "gap": item.gap, "spans": [_set(dataclasses.asdict(span)) for span in item.spans]}
        for item in cleaned(document).blocks
    ]
    return _dump({"blocks": blocks, "buttons": [[_set(dataclasses.asdict(button)) for button in row] for row in document.buttons]})


def render_digest(digest: Digest) -> str:
    """The digest for programs: period, language, `entries` in the order of reading, how many were omitted."""
    return _dump(
        {
            "period": {"since": digest.period.since.isoformat(), "until": digest.period.until.isoformat()},
            "language": digest.language,
            "timezone": digest.timezone,
            "entries": [_entry(entry) for entry in digest.entries],
            "omitted": digest.omitted,
        }
    )


def _entry(entry: Entry) -> dict[str, Any]:
    news = [_plain(item) for item in entry.news]
    return {"number": entry.number, "section": entry.section, "touches": list(entry.touches), "news": news} | story(entry.story)


def story(told: Story) -> dict[str, Any]:
    """A story as JSON-able values, without the sentences that prove it."""
    return {
        "story": told.id,
        "thread": told.thread,
        "headline": told.headline,
        "summary": told.text,
        "facts": _plain(told.facts),
        "confirmed": told.confirmed,
        "importance": round(told.importance, 3),
        "language": told.language,
        "first_seen": told.first_seen.isoformat(),
        "updated": told.updated.isoformat(),
        "revision": told.revision,
        "disagreements": [_plain(item) for item in told.disagreements],
        "sources": [_plain(item) for item in told.sources],
    }


def _plain(value: Any) -> dict[str, Any]:
    return {key: item.isoformat() if isinstance(item, dt.date) else item for key, item in dataclasses.asdict(value).items()}


def _set(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
