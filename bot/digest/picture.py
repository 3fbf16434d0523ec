"""Pictures to share, as SVG and as PNG: a week with its weightiest stories, one story, or nothing but the name."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import jinja2
import resvg_py

from bot.digest import labels
from bot.digest.compose import local_days, period_words
from bot.digest.lettering import Face, faces
from bot.digest.marks import notes
from bot.digest.render.document import Kind, block
from bot.digest.render.safe import clean
from bot.locales import Words, words
from bot.locales.words import sentence
from bot.model import LADDER, Digest, Facts, Measure, Story

WIDTH: Final = 1200
LEAST_HEIGHT: Final = 630
SHOWN: Final = 5
"""Stories told in a picture."""
MARGIN: Final = 64
_INDENT: Final = 62
"""Room for a story's number."""
HEADLINE: Final = 41
_LINE: Final = 51
_LARGE: Final = 60
"""A headline that has the picture to itself."""
_LARGE_LINE: Final = 74
_META: Final = 30
_NOTE: Final = 22
_NOTE_LINE: Final = 30
_TOP: Final = 278
"""The first story's first baseline."""
_BELOW: Final = 50
"""From a headline to the line of facts under it."""
_BETWEEN: Final = 82
"""From a line of facts to the next headline."""
_STEPS: Final = 160
"""The width of the ladder's four rungs with the room after them."""
_GAP: Final = 40
"""From the stage to the date."""
_MOST_NOTES: Final = 3
_NO_XML: Final = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The picture. `alt` says the same in words."""

    svg: str
    height: int
    alt: str
    caption: str
    """What it is, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A story in the picture: `y` is its first baseline, `reached` how many rungs of the ladder are behind; 0 is no number."""

    number: int
    x: int
    y: int
    size: int
    line: int
    lines: tuple[str, ...]
    reached: int
    standing: str
    since: str
    after: float
    """Where the date begins."""

    @property
    def meta(self) -> int:
        return self.y + self.line * (len(self.lines) - 1) + _BELOW + self.size - HEADLINE


def draw(digest: Digest) -> Card | None:
    """The card of a digest; None if there is nothing in it. Titles are cut to three lines or, beside many others, to two."""
    if not digest.entries:
        return None
    say = words(digest.language)
    serif, sans, _ = faces()
    # the heaviest: sections order a digest for reading, a picture shows what matters most
    stories = sorted((entry.story for entry in digest.entries), key=lambda story: -story.importance)[:SHOWN]
    items: list[Item] = []
    y = _TOP
    for number, story in enumerate(stories, start=1):
        lines = serif.wrap(headline(story, serif, say), HEADLINE, WIDTH - 2 * MARGIN - _INDENT, _most_lines(number, len(stories)))
        item = _item(lines, story, say, number=number, x=MARGIN + _INDENT, y=y, size=HEADLINE, line=_LINE)
        items.append(item)
        y = (item.meta if item.standing or item.since else item.meta - _BELOW) + _BETWEEN
    total = len(digest.entries) + digest.omitted
    rest = total - len(stories)
    marks = _marks(digest.language, stories, sans)
    first, last = local_days(digest.period, digest.timezone)
    title = say.say("digest-title", period=period_words(digest.period, digest.timezone, say))
    when = say.days(first, last) + ("" if first.year != last.year else f" {last.year}")
    return _card(
        say,
        items,
        bottom=y - _BETWEEN + 56,
        name=say.say("web-title"),
        title=title,
        when=when,
        count=say.say("count-stories", count=total),
        rest=say.say("digest-omitted", count=rest) if rest else "",
        marks=marks,
        alt=_alt(title, when, total, stories, say),
    )


def portrait(story: Story, *, language: str, timezone: str) -> Card:
    """The card of one story: its headline, how far it has come and from when it holds."""
    say = words(language)
    serif, sans, _ = faces()
    facts = story.facts
    lines = serif.wrap(headline(story, serif, say), _LARGE, WIDTH - 2 * MARGIN, 4)
    item = _item(lines, story, say, number=0, x=MARGIN, y=_TOP + 24, size=_LARGE, line=_LARGE_LINE)
    measure = say.say(f"measure-{facts.measure}") if facts.measure not in (None, Measure.OTHER) else ""
    title = ": ".join(part for part in (serif.drawable(", ".join(facts.messengers[:3])), measure) if part) or say.say("web-title")
    told = ", ".join(part for part in (labels.standing(facts, say), labels.since(facts.effective_date, say)) if part)
    said = _NO_XML.sub("", clean(story.headline)).strip().rstrip(".")
    return _card(
        say,
        [item],
        bottom=item.meta + 26,
        name=say.say("web-title"),
        title=title,
        when=say.date(story.updated.astimezone(ZoneInfo(timezone)).date()),
        count=say.say("count-sources", count=len(story.sources)),
        rest="",
        marks=_marks(language, [story], sans),
        alt=said + (f" ({told})." if told else "."),
    )


def plate(language: str) -> Card:
    """The name and what it is, for pages that have no picture of their own."""
    say = words(language)
    serif, _, _ = faces()
    motto = serif.wrap(sentence(say.say("web-motto")), _LARGE, WIDTH - 2 * MARGIN, 4)
    item = Item(number=0, x=MARGIN, y=_TOP + 60, size=_LARGE, line=_LARGE_LINE, lines=motto, reached=0, standing="", since="", after=0)
    name = say.say("web-title")
    return _card(
        say,
        [item],
        bottom=LEAST_HEIGHT - 90,
        name=name,
        title="",
        when="",
        count="",
        rest="",
        marks=(),
        alt=f"{name}: {say.say('web-motto')}",
    )


def _card(
    say: Words,
    items: Sequence[Item],
    *,
    bottom: int,
    name: str,
    title: str,
    when: str,
    count: str,
    rest: str,
    marks: tuple[str, ...],
    alt: str,
) -> Card:
    """Puts everything in its place; `bottom` is where the stories end."""
    _, sans, bold = faces()
    height = max(LEAST_HEIGHT, bottom + 56 + (len(marks) * _NOTE_LINE if marks else 0) + 20)
    frame = {
        "width": WIDTH,
        "height": height,
        "margin": MARGIN,
        "gap": _GAP,
        "steps": _STEPS,
        "meta": _META,
        "note": _NOTE,
        "note_line": _NOTE_LINE,
        "name": name,
        "title": bold.fit(title.upper(), 27, (WIDTH - 2 * MARGIN) / 1.08),
        "when": bold.fit(when, 34, 640),
        "count": sans.fit(count, 30, 640),
        "items": items,
        "end": height - 20 - len(marks) * _NOTE_LINE - 56,
        "rest": rest,
        "marks": marks,
        "alt": alt,
        "language": say.language,
    }
    return Card(svg=_template().render(frame), height=height, alt=alt, caption=f"{title} · {when}" if when else name)


def png(card: Card) -> bytes:
    """The card as PNG, 1200 pixels wide. Takes a tenth of a second of a processor: not for an event loop."""
    image: bytes = resvg_py.svg_to_bytes(
        svg_string=card.svg, skip_system_fonts=True, font_files=[str(face.path) for face in faces()], font_family="PT Sans"
    )
    return image


def headline(story: Story, face: Face, say: Words) -> str:
    """The headline, if the face has letters for most of it; else what the facts say."""
    letters = [char for char in clean(story.headline) if char.isalpha()]
    known = sum(ord(char) in face.advances for char in letters)
    if letters and known * 2 > len(letters):
        return story.headline
    facts = story.facts
    measure = say.say(f"measure-{facts.measure}") if facts.measure not in (None, Measure.OTHER) else ""
    names = face.drawable(", ".join(facts.messengers[:3]))
    return (
        sentence(": ".join(part for part in (names, measure) if part))
        or face.drawable(labels.outlets(story)[0].outlet if story.sources else "")
        or "—"
    )


def _most_lines(number: int, stories: int) -> int:
    """The first story has room for its whole headline; so has each where there are few."""
    return 3 if number == 1 or stories < 4 else 2


def _item(lines: tuple[str, ...], story: Story, say: Words, *, number: int, x: int, y: int, size: int, line: int) -> Item:
    bold = faces()[2]
    room = WIDTH - MARGIN - x - _STEPS
    standing = bold.fit(sentence(labels.standing(story.facts, say)), _META, room)
    since = bold.fit(sentence(labels.since(story.facts.effective_date, say)), _META, room)
    reached = _reached(story.facts)
    left = x + (_STEPS if reached else 0)
    after = left + (bold.width(standing, _META) + _GAP if standing else 0)
    return Item(
        number=number, x=x, y=y, size=size, line=line, lines=lines, reached=reached, standing=standing, since=since, after=round(after, 1)
    )


def _reached(facts: Facts) -> int:
    stage = facts.status.stage if facts.status else facts.stage
    return LADDER.index(stage) + 1 if stage in LADDER else 0


def _marks(language: str, stories: list[Story], face: Face) -> tuple[str, ...]:
    said = [block(Kind.STORY, story.headline) for story in stories]
    text = [line for note in notes(said, language) for line in face.wrap(note.text, _NOTE, WIDTH - 2 * MARGIN, _MOST_NOTES)]
    return tuple(text)


def _alt(title: str, when: str, total: int, stories: list[Story], say: Words) -> str:
    """«Мессенджеры: что изменилось за неделю, 1–7 декабря 2024: 12 сюжетов. 1. Заголовок: проект, с 1 сентября 2026. …»"""
    told = []
    for number, story in enumerate(stories, start=1):
        facts = ", ".join(part for part in (labels.standing(story.facts, say), labels.since(story.facts.effective_date, say)) if part)
        told.append(f"{number}. {_NO_XML.sub('', clean(story.headline)).strip().rstrip('.')}" + (f" ({facts})" if facts else "") + ".")
    return f"{title}, {when}: {say.say('count-stories', count=total)}. " + " ".join(told)


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.digest"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("card.svg")
