"""Writes what does not wait for an edition: alerts, corrections, retractions; and the summary of a week."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.digest import compose, labels
from bot.digest import news as changes
from bot.digest.builder import news_of
from bot.digest.calendar import Due
from bot.digest.marks import marked
from bot.digest.render.document import Block, Button, Document, Kind, block, bold, italic
from bot.locales import Words, words
from bot.locales.words import sentence
from bot.model import Development, Digest, Entry, Length, Period, Section, Story

_APART: Final = frozenset({Kind.STORY, Kind.SECTION, Kind.FOOTER, Kind.NOTE})
"""What ends a story in a document."""
_NUMBER: Final = re.compile(r"(\d{1,3})\. ")
"""What a headline among several begins with."""
_NONE: Final[Mapping[str, tuple[Development, ...]]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A date that readers were told of and that holds no longer."""

    story: Story
    before: str
    """`YYYY-MM-DD` or `YYYY-MM`."""
    after: str = ""
    """The new date; empty if there is none."""
    cancelled: bool = False


def alert(
    stories: Sequence[Story],
    *,
    news: Mapping[str, tuple[Development, ...]] = _NONE,
    language: str = "ru",
    buttons: bool = True,
    followed: bool = False,
) -> Document:
    """What cannot wait for the next edition. `news` says what is new, by story id, in the stories that the reader knows or follows.

    `followed`: it comes to who follows its one story, and may let it go.
    """
    say = words(language)
    developed = bool(stories) and all(news.get(story.id) for story in stories)
    blocks = [block(Kind.TITLE, bold(say.say("alert-developed" if developed else "alert-title")))]
    entries = [
        Entry(number=number, story=story, section=Section.DEVELOPMENTS, news=news.get(story.id, ()))
        for number, story in enumerate(stories, start=1)
    ]
    for entry in entries:
        shown = compose.story_blocks(entry, say, length=Length.SHORT, first=entry.number == 1)
        blocks += [_unnumbered(shown[0], entry.story), *shown[1:]] if len(entries) == 1 else shown
    if not buttons or not entries:
        rows: tuple[tuple[Button, ...], ...] = ()
    elif len(entries) == 1:
        rows = (compose.story_buttons(entries[0].story.id, say, followed=followed),)
    else:
        rows = compose.keyboard(entries, say)[:-1]
    return marked(Document(blocks=tuple(blocks), buttons=rows), language)


def correction(story: Story, corrections: Iterable[Development], *, language: str = "ru") -> Document:
    """Tells those who read a story what was wrong in it. `corrections` have the wrong words in `before` and the right ones in `after`."""
    say = words(language)
    blocks = [block(Kind.TITLE, bold(say.say("correction-title")), labels.SEPARATOR + story.headline)]
    blocks += [block(Kind.TEXT, _correction(item, say), gap=False) for item in corrections]
    blocks.append(block(Kind.TEXT, story.text))
    if line := labels.facts_line(story, say):
        blocks.append(block(Kind.FACTS, line, gap=False))
    if spans := labels.sources_spans(story, say, shown=2):
        blocks.append(block(Kind.SOURCES, *spans, gap=False))
    row = (Button(text=say.say("button-details"), action=f"card:{story.id}"),)
    return marked(Document(blocks=tuple(item for item in blocks if item.text.strip()), buttons=(row,)), language)


def retraction(story: Story, *, language: str = "ru") -> Document:
    """Tells those who read a story that it was withdrawn."""
    say = words(language)
    blocks = (
        block(Kind.TITLE, bold(say.say("retraction-title")), labels.SEPARATOR + story.headline),
        block(Kind.TEXT, say.say("retraction-body"), gap=False),
    )
    return marked(Document(blocks=blocks), language)


def retold(
    document: Document,
    place: int,
    story: Story,
    news: tuple[Development, ...],
    *,
    language: str = "ru",
    length: Length = Length.SHORT,
) -> Document:
    """The document with its story at `place` (from 0) told as it stands now, and what is new in it said first."""
    if (found := _span(document, place)) is None:
        return document
    first, last = found
    number = _NUMBER.match(document.blocks[first].text)
    entry = Entry(number=int(number[1]) if number else place + 1, story=story, section=Section.DEVELOPMENTS, news=news)
    told = compose.story_blocks(entry, words(language), length=length, first=not document.blocks[first].gap)
    if number is None:
        told[0] = _unnumbered(told[0], story)
    blocks = (*document.blocks[:first], *told, *document.blocks[last:])
    return marked(dataclasses.replace(document, blocks=blocks), language)


def amended(
    document: Document,
    place: int,
    story: Story,
    revision: int,
    period: Period,
    *,
    language: str = "ru",
    length: Length = Length.SHORT,
) -> Document:
    """The document in which the story at `place` (from 0) was told at `revision`, with what was corrected in it in the period since then.

    One that was withdrawn keeps its headline and says so; a mere development is for later editions and changes nothing.
    """
    news = news_of(story, revision, period)
    if not story.retracted and not any(item.kind == "correction" for item in news):
        return document
    if place == 0:  # what the main point was taken from is no longer so
        document = dataclasses.replace(document, blocks=tuple(one for one in document.blocks if one.kind is not Kind.LEAD))
    if story.retracted:
        return _withdrawn(document, place, words(language))
    return retold(document, place, story, news, language=language, length=length)


def _withdrawn(document: Document, place: int, say: Words) -> Document:
    if (found := _span(document, place)) is None:
        return document
    first, last = found
    said = block(Kind.TEXT, italic(say.say("card-retracted")), gap=False)
    return dataclasses.replace(document, blocks=(*document.blocks[: first + 1], said, *document.blocks[last:]))


def _span(document: Document, place: int) -> tuple[int, int] | None:
    """Where the blocks of the story at `place` begin and end; None if the document has no such story."""
    heads = [at for at, item in enumerate(document.blocks) if item.kind is Kind.STORY]
    if place >= len(heads):
        return None
    first = heads[place]
    return first, next((at for at in range(first + 1, len(document.blocks)) if document.blocks[at].kind in _APART), len(document.blocks))


def reminder(due: Sequence[Due], shifts: Sequence[Shift] = (), *, today: dt.date, language: str = "ru", buttons: bool = True) -> Document:
    """What takes effect soon, the soonest first, and which of the dates that were told have changed."""
    say = words(language)
    stories = [*(item.story for item in due), *(item.story for item in shifts)]
    numbers = [f"{number}. " if len(stories) > 1 else "" for number in range(1, len(stories) + 1)]
    blocks = [block(Kind.TITLE, bold(say.say("reminder-title" if due else "reminder-shifted")))]
    for number, item in zip(numbers, due, strict=False):
        left = (item.day - today).days
        when = f"{say.say('in-days', count=left)}, {say.date(item.day, today=today)}" if item.whole else say.since(f"{item.day:%Y-%m}")
        blocks.append(block(Kind.STORY, bold(number + sentence(when)), " — " + item.story.headline))
        if line := labels.facts_line(
            dataclasses.replace(item.story, facts=dataclasses.replace(item.story.facts, effective_date=None)), say
        ):
            blocks.append(block(Kind.FACTS, line, gap=False))
        if spans := labels.sources_spans(item.story, say, shown=2):
            blocks.append(block(Kind.SOURCES, *spans, gap=False))
    if due and shifts:
        blocks.append(block(Kind.SECTION, bold(say.say("reminder-shifted"))))
    for number, shift in zip(numbers[len(due) :], shifts, strict=True):
        blocks += [block(Kind.STORY, bold(number + shift.story.headline)), block(Kind.TEXT, _shift(shift, say), gap=False)]
    entries = [Entry(number=number, story=story, section=Section.DEVELOPMENTS) for number, story in enumerate(stories, start=1)]
    return marked(Document(blocks=tuple(blocks), buttons=compose.keyboard(entries, say) if buttons else ()), language)


def _shift(shift: Shift, say: Words) -> str:
    if shift.cancelled:
        return say.say("reminder-cancelled", before=labels.change("effective_date", shift.before, say))
    moved = Development(kind="effective_date", before=shift.before, after=shift.after, at=shift.story.updated)
    return sentence(changes.phrase(moved, say)) + "."


def weekly(digest: Digest, *, next_at: dt.datetime | None = None, buttons: bool = True) -> Document:
    """The week in figures and headlines: the digest of seven days, as short as it can be told. An empty one says so."""
    say = words(digest.language)
    whole = compose.write(digest, length=Length.HEADLINES, next_at=next_at, buttons=buttons)
    if not digest.entries:
        return whole
    first, last = compose.local_days(digest.period, digest.timezone)
    counts = {place: sum(entry.section is place for entry in digest.entries) for place in Section}
    parts = ", ".join(
        say.say("weekly-part", section=compose.heading(digest, place, say).lower(), count=count) for place, count in counts.items() if count
    )
    figures = say.say("weekly-figures", stories=say.say("count-stories", count=len(digest.entries) + digest.omitted), parts=parts)
    title = block(Kind.TITLE, bold(say.say("weekly-title")), labels.SEPARATOR + say.days(first, last))
    return Document(blocks=(title, block(Kind.LEAD, figures, gap=False), *whole.blocks[1:]), buttons=whole.buttons)


def _unnumbered(head: Block, story: Story) -> Block:
    first = dataclasses.replace(head.spans[0], text=story.headline)
    return dataclasses.replace(head, spans=(first, *head.spans[1:]))


def _correction(item: Development, say: Words) -> str:
    if item.kind != "correction":
        return sentence(changes.phrase(item, say)) + "."
    before, after = (labels.change("correction", raw, say).rstrip(".") for raw in (item.before, item.after))
    if not after:
        return say.say("correction-no-date", before=before)
    if not before:
        return sentence(say.say("news-correction", after=after)) + "."
    return say.say("correction-body", before=before, after=after)
