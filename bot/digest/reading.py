"""Writes what one article says: the answer to a link, a file or a pasted text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.digest import compose, labels
from bot.digest.card import facts_blocks, positions, proofs, quote_block
from bot.digest.marks import marked
from bot.digest.render.document import Block, Button, Document, Kind, Span, block, bold, link
from bot.locales import Words, words
from bot.locales.words import sentence
from bot.model import Evidence, Reading, Story

_TEXT: Final = 320
_HEADLINE: Final = 120
"""Characters of a headline at most that is named beside why it is not about our subject; a longer one is a text's first sentence."""
_NOWHERE: Final = ".invalid"
"""The top-level domain that names nothing (RFC 2606); texts without an address are filed under it."""


def reading_card(
    reading: Reading, *, language: str = "ru", timezone: str = "Europe/Moscow", story: Story | None = None, quotes: bool = True
) -> Document:
    """The summary, facts and proofs of one article; `story` is the story that the feed already has of it."""
    say = words(language)
    blocks = [block(Kind.TITLE, bold(reading.headline or reading.title))]
    if reading.teaser_only:
        blocks.append(block(Kind.NOTE, say.say("reading-teaser"), gap=False))
    blocks.append(block(Kind.TEXT, body(reading), gap=False))
    blocks += facts_blocks(reading.facts, say)
    if reasons := why(reading, say):
        blocks.append(block(Kind.FACTS, bold(say.say("reading-why")), " " + labels.SEPARATOR.join(reasons), gap=False))
    blocks += positions(reading.positions, say)
    blocks += _source(reading, say, timezone)
    if story:
        blocks += _story(reading, story, say)
    if quotes and (quoted := quote_block(proofs(backing(reading), say), say)):
        blocks.append(quoted)
    rows = ((Button(text=say.say("button-details"), action=f"card:{story.id}"), *_follow(story, say)),) if story else ()
    return marked(Document(blocks=tuple(item for item in blocks if item.text.strip()), buttons=rows), language)


def reading_evidence(headline: str, evidence: Iterable[Evidence], *, language: str = "ru") -> Document:
    """Every fact of one article with the sentence it was taken from, as a document of its own."""
    say = words(language)
    quoted = quote_block(proofs(evidence, say), say)
    blocks = [block(Kind.TITLE, bold(headline)), quoted or block(Kind.TEXT, say.say("card-empty"), gap=False)]
    return marked(Document(blocks=tuple(blocks)), language)


def body(reading: Reading) -> str:
    """The summary and the sentences that say most, at most two and 320 characters: nothing that the headline above has just said."""
    headline = reading.headline or reading.title
    told: list[str] = []
    for text in (reading.summary, *reading.sentences):
        if text and not any(compose.repeats(text, known) for known in (headline, *told)):
            told.append(text)
    first = told[0] if told else reading.summary or " ".join(reading.sentences[:3])
    if len(told) > 1 and first == reading.summary and len(first) + len(told[1]) < _TEXT:
        return f"{first} {told[1]}"
    return first


def backing(reading: Reading) -> tuple[Evidence, ...]:
    """The evidence of what is told of an article: sentences of its summary that found no room are left out."""
    told = body(reading)
    return tuple(item for item in reading.evidence if item.field != "summary" or item.value in told)


def irrelevant(reading: Reading, *, language: str = "ru", action: str = "") -> Document:
    """Says that an article is not about our subject; `action` is the press that summarises it all the same."""
    say = words(language)
    parts: list[str | Span] = [bold(say.say("reading-irrelevant"))]
    parts.append(" " + _why_not(reading, say))
    blocks = [block(Kind.TEXT, *parts)]
    if not action:
        return marked(Document(blocks=tuple(blocks)), language)
    blocks.append(block(Kind.TEXT, say.say("reading-retell"), gap=False))
    return marked(Document(blocks=tuple(blocks), buttons=((Button(text=say.say("button-retell"), action=action),),)), language)


def retelling(reading: Reading, *, language: str = "ru", timezone: str = "Europe/Moscow") -> Document:
    """The bare summary of an article that is not about our subject."""
    say = words(language)
    headline = reading.headline or reading.title
    text = reading.summary or " ".join(reading.sentences[:3])
    blocks = [] if compose.repeats(headline, text) else [block(Kind.TITLE, bold(headline))]
    blocks.append(block(Kind.TEXT, text or say.say("card-empty"), gap=False))
    return marked(Document(blocks=(*blocks, *_source(reading, say, timezone))), language)


def why(reading: Reading, say: Words) -> list[str]:
    """What makes it ours: the messengers, the authorities, what is said of them."""
    named = []
    for reason in reading.reasons:
        match reason.code:
            case "messenger":
                named.append(reason.detail)
            case "authority":
                named.append(labels.regulators(reason.detail.split(", "), say))
            case _:
                named.append(say.say(f"reason-{reason.code}"))
    return named


def _why_not(reading: Reading, say: Words) -> str:
    """«Новые реакции в Telegram: это о функциях приложения, меры или решения властей в тексте нет.»"""
    against = [say.say(f"reason-{reason.code}") for reason in reading.reasons if reason.code.startswith("against-")]
    reasons, headline = ", ".join([*against, say.say("reason-no-measure")]), (reading.headline or reading.title).strip().rstrip(".")
    if not headline or len(headline) > _HEADLINE or compose.repeats(reading.summary, headline):
        return sentence(reasons) + "."
    return say.say("reading-of", headline=headline, reasons=reasons)


def _story(reading: Reading, story: Story, say: Words) -> list[Block]:
    """The story of the feed, and what it knows that this article does not say."""
    blocks = [block(Kind.TEXT, say.say("reading-story", headline=story.headline))]
    mine, theirs = reading.facts, story.facts
    known = [labels.since(theirs.effective_date, say)] if theirs.effective_date != mine.effective_date else []
    known += [labels.standing(theirs, say)] if theirs.status != mine.status else []
    for name in ("regulators", "penalties", "documents"):
        new = [labels.value(name, one, say) for one in getattr(theirs, name) if one not in getattr(mine, name)]
        known.append(", ".join(new))
    known += [say.say("card-confirmed")] if story.confirmed and not reading.official else []
    others = [source.outlet for source in labels.outlets(story) if source.outlet != reading.outlet]
    known += [say.say("reading-others", outlets=say.outlets(others))] if others else []
    if any(known):
        blocks.append(block(Kind.TEXT, bold(say.say("reading-known")), " " + labels.SEPARATOR.join(filter(None, known)), gap=False))
    return blocks


def _source(reading: Reading, say: Words, timezone: str) -> list[Block]:
    if not reading.outlet or (urlsplit(reading.url).hostname or "").endswith(_NOWHERE):
        return []  # a pasted text or a file: it has no address that could be opened
    spans: list[Span | str] = [link(reading.outlet, reading.url) if reading.url else reading.outlet]
    if reading.published:
        spans.append(labels.SEPARATOR + say.date(reading.published.astimezone(ZoneInfo(timezone)).date()))
    if reading.language != say.language:
        spans.append(labels.SEPARATOR + labels.language(reading.language, say))
    return [block(Kind.SOURCES, *spans)]


def _follow(story: Story, say: Words) -> tuple[Button, ...]:
    return (Button(text=say.say("button-follow"), action=f"follow:{story.id}"),)
