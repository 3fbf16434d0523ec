"""Articles by their canonical address; the same text at two addresses is one article; a changed text is a new revision."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final, Literal

from bot.errors import StoreUnavailable
from bot.model import Article
from bot.store import codec, keys
from bot.store.lua import Script

_SWAP: Final = Script("swap")
_TRIES: Final = 20
DISTINCT: Final = 200
"""Characters from which on a text is taken for one article wherever it stands; shorter ones may be a captcha's or a teaser's."""
REVISIONS: Final = 20
"""Old texts kept of one article."""

Verdict = Literal["new", "revised", "same"]


class Articles:
    """Articles, kept for the retention. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, retention: dt.timedelta) -> None:
        self._client = client
        self._seconds = int(retention.total_seconds())

    async def find(self, url: str) -> str | None:
        """The id of the article that stands at a canonical address, or None."""
        found = await self._client.get(keys.ADDRESS(_short(url)))
        return None if found is None else found.decode()

    async def get(self, article_id: str) -> Article | None:
        """The article as it was last read."""
        raw = await self._client.hget(keys.ARTICLE(article_id), "article")
        return None if raw is None else _unpack(raw)

    async def revisions(self, article_id: str) -> tuple[Article, ...]:
        """The article as it was before, the oldest first; the present text is not among them."""
        return tuple(_unpack(raw) for raw in await self._client.lrange(keys.ARTICLE_OLD(article_id), 0, -1))

    async def put(self, article: Article) -> Verdict:
        """Keeps an article: `new`; `revised` if its text has changed, the old one being kept too; `same` if nothing but addresses has."""
        article = replace(article, text_hash=article.text_hash or hashlib.sha256(article.text.encode()).hexdigest())
        for _ in range(_TRIES):
            own = await self.find(article.url)
            article_id = own or await self._twin(article) or article.id
            digest, raw = await self._client.hmget(keys.ARTICLE(article_id), "digest", "article")
            old = None if raw is None else _unpack(raw)
            kept, verdict = _decide(old, replace(article, id=article_id), twin=own is None)
            if old is not None and kept == old:
                return verdict
            if await self._swap(kept, digest or b""):
                if old is not None and verdict == "revised":
                    await self._keep_old(old)
                await self._point(kept)
                return verdict
        raise StoreUnavailable(f"the article {article.url} changes faster than it can be kept")

    async def seen(self, urls: Iterable[str]) -> frozenset[str]:
        """Those of these addresses that were read before, whether they were of interest or not."""
        asked = list(urls)
        pipe = self._client.pipeline(transaction=False)
        for url in asked:
            pipe.exists(keys.ADDRESS(_short(url)))
            pipe.exists(keys.SEEN(_short(url)))
        found = await pipe.execute() if asked else []
        return frozenset(url for number, url in enumerate(asked) if found[2 * number] or found[2 * number + 1])

    async def mark_seen(self, url: str) -> None:
        """Remembers for two months that an address was read and is of no interest; nothing of its text is kept."""
        await self._client.set(keys.SEEN(_short(url)), 1, ex=min(keys.SEEN.seconds, self._seconds))

    async def drop(self, article_id: str) -> None:
        """Forgets an article's texts, because it is of no interest after all; its addresses stay marked as seen."""
        article = await self.get(article_id)
        if article is None:
            return
        for url in {article.url, *article.addresses}:
            await self.mark_seen(url)
            await self._client.delete(keys.ADDRESS(_short(url)))
        await self._client.delete(keys.TEXT(article.text_hash))
        await self._client.delete(keys.ARTICLE(article_id), keys.ARTICLE_OLD(article_id))

    async def _twin(self, article: Article) -> str | None:
        if len(article.text) < DISTINCT:
            return None
        found = await self._client.get(keys.TEXT(article.text_hash))
        return None if found is None else found.decode()

    async def _swap(self, article: Article, digest: bytes) -> bool:
        packed = zlib.compress(codec.dump(article))
        fields: list[str | bytes] = ["digest", hashlib.sha1(packed, usedforsecurity=False).hexdigest(), "article", packed]
        return bool(await _SWAP(self._client, [keys.ARTICLE(article.id)], [digest, self._seconds, *fields]))

    async def _keep_old(self, old: Article) -> None:
        pipe = self._client.pipeline(transaction=False)
        pipe.rpush(keys.ARTICLE_OLD(old.id), zlib.compress(codec.dump(old)))
        pipe.ltrim(keys.ARTICLE_OLD(old.id), -REVISIONS, -1)
        pipe.expire(keys.ARTICLE_OLD(old.id), self._seconds)
        await pipe.execute()

    async def _point(self, article: Article) -> None:
        pipe = self._client.pipeline(transaction=False)
        for url in article.addresses:
            pipe.set(keys.ADDRESS(_short(url)), article.id, ex=self._seconds)
        if len(article.text) >= DISTINCT:
            pipe.set(keys.TEXT(article.text_hash), article.id, ex=self._seconds)
        await pipe.execute()


def _decide(old: Article | None, new: Article, *, twin: bool) -> tuple[Article, Verdict]:
    """What to keep. `twin`: the old one was found by its text, at another address."""
    addresses = tuple(dict.fromkeys((*(old.addresses if old else ()), *new.addresses, new.url)))
    if old is None:
        return replace(new, addresses=addresses), "new"
    if twin or old.text_hash == new.text_hash:
        return replace(old, addresses=addresses), "same"
    if new.teaser_only and not old.teaser_only:
        return replace(old, addresses=addresses), "same"  # the page could not be read this time
    return replace(new, url=old.url, addresses=addresses, revision=old.revision + 1), "revised"


def _short(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:24]


def _unpack(raw: bytes) -> Article:
    return codec.load(Article, zlib.decompress(raw))
