"""Packs what a story was told from, for an auditor: each text as it was read, its hash, address and time."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence

from bot.model import Article, Story


def pack(story: Story, texts: Sequence[Article], *, at: dt.datetime, missing: Sequence[str] = ()) -> bytes:
    """A zip with one text file a revision of each article and `manifest.json` that names and hashes them. Equal input gives equal bytes.

    `missing` are the ids of articles that the retention has removed; the manifest says so.
    """
    target = io.BytesIO()
    entries = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for article in sorted(texts, key=lambda one: (one.outlet, one.id, one.revision)):
            data = f"{article.title}\n\n{article.text}\n".encode()
            name = f"{article.id}.{article.revision}.txt"
            _add(archive, name, data, at)
            entries.append(_entry(article, name, data))
        manifest = {
            "story": story.id,
            "headline": story.headline,
            "made": at.isoformat(),
            "sources": [
                {"article": one.article_id, "outlet": one.outlet, "url": one.url, "official": one.official} for one in story.sources
            ],
            "facts": [
                {"field": one.field, "value": one.value, "sentence": one.sentence, "article": one.article_id} for one in story.evidence
            ],
            "texts": entries,
            "missing": sorted(missing),
        }
        _add(archive, "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2).encode(), at)
    return target.getvalue()


def _entry(article: Article, name: str, data: bytes) -> dict[str, object]:
    return {
        "file": name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "article": article.id,
        "revision": article.revision,
        "url": article.url,
        "addresses": list(article.addresses),
        "outlet": article.outlet,
        "official": article.official,
        "title": article.title,
        "text_hash": article.text_hash,
        "published": article.published.isoformat() if article.published else None,
        "fetched": article.fetched.isoformat() if article.fetched else None,
        "teaser_only": article.teaser_only,
    }


def _add(archive: zipfile.ZipFile, name: str, data: bytes, at: dt.datetime) -> None:
    info = zipfile.ZipInfo(name, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
