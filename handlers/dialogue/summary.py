"""Retelling on request: a link, a text, a file, a forwarded post."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from bot import digest
from bot.collect import read_file, read_page, read_text
from bot.collect.text.files import MAX_FILE
from bot.digest.reading import body
from bot.digest.render.document import Document
from bot.errors import AddressRefused, BadInput, NotAnArticle, SourceBroken
from bot.model import Article, Platform, Reading, Story
from handlers.dialogue.request import File, Reply
from handlers.dialogue.retold import recall, remember
from handlers.dialogue.talk import MEMORY, Talk

A_MINUTE: Final = 5
"""Pieces that one person may have retold within a minute."""
A_DAY: Final = 200
LARGEST: Final = MAX_FILE
"""Bytes of an attached file that are read."""
SHORTEST: Final = 80
"""Characters below which a pasted text tells nothing."""
KEPT: Final = 20_000
"""Characters of an irrelevant text that are kept for a while, in case the person wants it retold anyway."""
PATIENCE: Final = 10.0
"""Seconds that a person waits for a page."""
_SHUT: Final = ("refused", "captcha", "paywall")
"""Why a page that is there is not shown to us."""
_KINDS: Final = (".txt", ".html", ".htm", ".pdf", ".md")


async def links(talk: Talk, addresses: tuple[str, ...]) -> AsyncIterator[Reply]:
    """Each link in turn, at once with a line that says it is being read."""
    for address in addresses:
        if enough := await _enough(talk):
            yield enough
            return
        yield Reply(typing=True)
        try:
            await talk.desk.fetcher.look(address, allow_private=_trusted(talk, address))  # refused before a word of reading it
        except AddressRefused as error:
            if address == addresses[-1]:
                raise
            yield talk.reply(error.key)  # the other links are read all the same
            continue
        async for reply in _retell(talk, partial(_page, talk, address), _host(address)):
            yield reply


def _trusted(talk: Talk, address: str) -> bool:
    return address.startswith(talk.desk.trusted or ("\0",))


async def _page(talk: Talk, address: str) -> Article:
    """The article at an address. Only what the operator trusts may stand on a private network. Raises SourceBroken."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await read_page(talk.desk.fetcher, address, allow_private=_trusted(talk, address))
    except TimeoutError:
        raise SourceBroken(f"no answer within {PATIENCE:g} s", problem="timeout") from None


async def text(talk: Talk, written: str) -> AsyncIterator[Reply]:
    """A pasted or forwarded text."""
    if len(written.strip()) < SHORTEST:
        await talk.expect("summary")
        yield talk.reply("summary-ask")
        return
    if enough := await _enough(talk):
        yield enough
        return

    async def read() -> Article:
        return await asyncio.to_thread(read_text, written)

    async for reply in _retell(talk, read, ""):
        yield reply


async def file(talk: Talk, attached: File) -> AsyncIterator[Reply]:
    """An attached txt, html or pdf."""
    if not attached.name.lower().endswith(_KINDS):
        yield talk.reply("summary-kind")
        return
    if attached.size > LARGEST:
        yield talk.reply("summary-large", most=LARGEST // 1024 // 1024)
        return
    if enough := await _enough(talk):
        yield enough
        return

    async def read() -> Article:
        data = await attached.load()
        if len(data) > LARGEST:
            raise BadInput("the file is too large", key="summary-large", most=LARGEST // 1024 // 1024)
        return await asyncio.to_thread(read_file, attached.name, data)

    async for reply in _retell(talk, read, attached.name[:60], file=True):
        yield reply


async def again(talk: Talk, code: str) -> AsyncIterator[Reply]:
    """«Пересказать»: an irrelevant text is retold all the same. `retell:<code>`."""
    kept = await talk.desk.store.sessions.get(talk.request.person, "retell") or ""
    saved, _, written = kept.partition("\n")
    if not saved or not secrets.compare_digest(saved.encode(), code.encode()):
        raise BadInput("an old or a foreign button", key="stale-button")
    yield Reply(typing=True)
    article = await asyncio.to_thread(read_text, written)
    reading = await asyncio.to_thread(talk.desk.newsroom.analyst.read, article)
    timezone = talk.preferences.schedule.timezone
    yield Reply(document=digest.retelling(reading, language=talk.words.language, timezone=timezone), edit=True)


async def _enough(talk: Talk) -> Reply | None:
    """Counts one piece more against the person's limits; a friendly word once they are reached."""
    sessions = talk.desk.store.sessions
    if await sessions.count(talk.request.person, "minute", window=dt.timedelta(minutes=1)) > A_MINUTE:
        return talk.reply("summary-limit", count=A_MINUTE)
    if await sessions.count(talk.request.person, "day", window=dt.timedelta(days=1)) > A_DAY:
        return talk.reply("summary-limit-day", count=A_DAY)
    return None


async def _retell(talk: Talk, read: Callable[[], Awaitable[Article]], name: str, *, file: bool = False) -> AsyncIterator[Reply]:
    """Reads, says so meanwhile, and puts the answer in the place of that line."""
    yield Reply(typing=True)
    yield replace(talk.reply("summary-reading", name=name) if name else talk.reply("summary-reading-text"), passing=True)
    try:
        article = await read()
    except (SourceBroken, BadInput) as error:
        yield Reply(document=talk.document(_why_not(talk, error, file=file)), edit=True)
        return
    reading = await asyncio.to_thread(talk.desk.newsroom.analyst.read, article)
    if not reading.relevant:
        yield Reply(document=await _irrelevant(talk, article, reading), edit=True)
        return
    folded = talk.recipient.platform is Platform.TELEGRAM  # elsewhere the sentences would be a wall: there they have a button
    document = digest.reading_card(
        reading,
        language=talk.words.language,
        timezone=talk.preferences.schedule.timezone,
        story=await _known(talk, reading),
        quotes=folded,
    )
    code = await remember(talk, reading, body(reading))
    proof = [talk.button("button-facts", f"proofs:{code}")] if not folded and reading.evidence else []
    row = (*proof, talk.button("button-wrong", f"doubt:{code}"))
    yield Reply(document=replace(document, buttons=(*document.buttons, row)), edit=True)


async def proofs(talk: Talk, code: str) -> AsyncIterator[Reply]:
    """«Факты и цитаты» of what was retold a while ago: `proofs:<code>`."""
    kept = await recall(talk, code)
    document = digest.reading_evidence(kept.headline, kept.evidence, language=talk.words.language)
    yield Reply(document=replace(document, buttons=((talk.button("button-wrong", f"doubt:{code}"),),)))


async def _known(talk: Talk, reading: Reading) -> Story | None:
    """The story of the feed that a reading belongs to. Nothing is stored: what one person sends must not become news for all."""
    stories = talk.desk.store.stories
    article_id = await talk.desk.store.articles.find(reading.url) or reading.article_id
    story_id = await stories.of_article(article_id)
    if story_id is None:
        candidates = await stories.candidates(reading.keys)
        story_id = (await asyncio.to_thread(talk.desk.newsroom.analyst.place, reading, candidates)).story
    story = await stories.get(story_id) if story_id else None
    return None if story is None or story.retracted else story


async def _irrelevant(talk: Talk, article: Article, reading: Reading) -> Document:
    """Why it is not about the regulation of messengers, and the offer to retell it anyway."""
    code = secrets.token_hex(4)
    kept = f"{code}\n{article.title}\n{article.text}"[:KEPT]
    await talk.desk.store.sessions.put(talk.request.person, "retell", kept, lifetime=MEMORY)
    return digest.irrelevant(reading, language=talk.words.language, action=f"retell:{code}")


def _why_not(talk: Talk, error: SourceBroken | BadInput, *, file: bool) -> str:
    """Why it could not be read, in a person's words."""
    problem = str(error.params.get("problem", ""))
    if file and isinstance(error, SourceBroken):
        return talk.say("error-file-no-article" if isinstance(error, NotAnArticle) else "error-file-lost")
    if isinstance(error, SourceBroken) and (not isinstance(error, AddressRefused | NotAnArticle) or problem in _SHUT):
        return talk.say("summary-unreadable", problem=problem)
    return talk.say(error.key) if not error.params.get("most") else talk.say(error.key, most=str(error.params["most"]))


def _host(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return host.removeprefix("www.")[:60]
