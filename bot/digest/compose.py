"""Writes a digest as a document: what matters most first, then the sections, each story with its facts and sources."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from bot.digest import labels, news
from bot.digest.marks import marked
from bot.digest.render.document import Block, Button, Document, Kind, Span, block, bold
from bot.locales import Words, words
from bot.locales.words import sentence
from bot.model import Digest, Entry, Length, Measure, Period, Section, Stage, Story

_SHORT: Final = 320
"""Characters of a story's summary in a short digest, unless the first sentence alone is longer."""
_SENTENCES: Final = 2
_LEAD: Final = 240
_ROW: Final = 5
_LEANS: Final = re.compile(
    r"(?:(?:об|при|после|кроме|по|под|в|из-за|для) (?:эт\w+|т\w{1,2}|него|ней|них|его|её|их|нём)|эт\w+|он[аио]?|его|её|их|ему|ей|им|"
    r"там|так\w*|тогда|речь|также|однако|но|а|и|"
    r"it|its|he|she|they|this|that|these|those|his|her|their|but|and|however|also)\b",
    re.IGNORECASE,
)
"""How a sentence begins that cannot be understood without the one before it."""
_SAME: Final = 88
"""From how many per cent of likeness on two sentences say the same."""
_REPEATS: Final = 85
"""From how many per cent of common words on a text repeats another, unless it is longer by half."""
_LONGER: Final = 1.5
_WHOM: Final = 3
"""Groups or messengers named in a lead."""
_NO_OBJECT: Final = frozenset({Measure.OTHER, Measure.STATEMENT, Measure.COURT_RULING, Measure.NATIONAL_MESSENGER, Measure.EASING})
_OF_MESSENGERS: Final = frozenset({Measure.BLOCKING, Measure.SLOWDOWN, Measure.RESTRICTION})
"""Measures that are taken against a messenger itself."""


def write(digest: Digest, *, length: Length = Length.SHORT, next_at: dt.datetime | None = None, buttons: bool = True) -> Document:
    """The digest in the layout of an edition. `next_at` (aware) announces the next one; `buttons` adds the keyboard."""
    say = words(digest.language)
    if not digest.entries:
        return _empty(digest, say, next_at=next_at, buttons=buttons)
    blocks = [_title(digest, say)]
    top = digest.entries[0]  # the heaviest: what the lead names is what the reader meets first
    # A later page of a long digest has no main point of its own.
    lead, spent = _lead(top, say, alone=len(digest.entries) == 1) if digest.entries[0].number == 1 else ("", 0)
    if lead:
        blocks.append(block(Kind.LEAD, bold(say.say("digest-main")), " ", lead, gap=False))
    place = None
    for entry in digest.entries:
        if entry.section is not place:
            place = entry.section
            blocks.append(block(Kind.SECTION, bold(heading(digest, place, say))))
        blocks += story_blocks(entry, say, length=length, told=spent if entry is top else 0, first=blocks[-1].kind is Kind.SECTION)
    blocks += _footer(digest, say, next_at)
    return marked(Document(blocks=tuple(blocks), buttons=keyboard(digest.entries, say) if buttons else ()), digest.language)


def story_blocks(entry: Entry, say: Words, *, length: Length, told: int = 0, first: bool = False) -> list[Block]:
    """One story of a digest. `told` sentences of its summary were already said above; `first` stands right under its heading."""
    story = entry.story
    step = labels.headline_news(entry.news)
    was = labels.rung(step.before, say) if step else ""
    address = next((source.url for source in labels.outlets(story)), "") if length is Length.HEADLINES else ""
    head = Span(text=say.say("digest-of", number=str(entry.number), headline=story.headline), bold=True, url=address)
    blocks = [block(Kind.STORY, head, *([" " + say.say("digest-was", before=was)] if was else []), gap=not first)]
    if length is not Length.HEADLINES:
        if fresh := news.line(entry.news, say):
            blocks.append(block(Kind.TEXT, bold(say.say("digest-new")), " " + fresh, gap=False))
        if text := _summary(unrepeated(story)[told:], length):
            blocks.append(block(Kind.TEXT, text, gap=False))
    if facts := labels.facts_line(story, say, first=entry.touches, whole=length is Length.FULL):
        blocks.append(block(Kind.FACTS, facts, gap=False))
    if length is not Length.HEADLINES and (spans := labels.sources_spans(story, say, shown=5 if length is Length.FULL else 2)):
        blocks.append(block(Kind.SOURCES, *spans, gap=False))
    return blocks


def keyboard(entries: Iterable[Entry], say: Words) -> tuple[tuple[Button, ...], ...]:
    """Under up to five stories the three actions of each; under more a row of their numbers, which open the cards; then settings, calendar.

    Where the platform has no room for the actions it keeps the numbers.
    """
    listed = list(entries)
    last = (Button(text=say.say("button-settings"), action="settings"), Button(text=say.say("button-calendar"), action="calendar"))
    if len(listed) == 1:
        return (story_buttons(listed[0].story.id, say), last)
    if len(listed) <= _ROW:
        return (*(story_buttons(entry.story.id, say, number=entry.number) for entry in listed), last)
    numbers = [Button(text=str(entry.number), action=f"card:{entry.story.id}") for entry in listed]
    return (*(tuple(numbers[start : start + _ROW]) for start in range(0, len(numbers), _ROW)), last)


def story_buttons(story: str, say: Words, *, details: bool = True, followed: bool = False, number: int = 0) -> tuple[Button, ...]:
    """What can be done with a story: `card:`, `follow:` or `unfollow:`, `mute:` and its id; among several with its number."""
    follow = ("button-unfollow", "unfollow") if followed else ("button-follow", "follow")
    named = say.say("button-details-of", number=str(number)) if number else say.say("button-details")
    card = [Button(text=named, action=f"card:{story}", short=str(number or ""))] if details else []
    acts = (Button(text=say.say(key), action=f"{verb}:{story}", spare=bool(number)) for key, verb in (follow, ("button-mute", "mute")))
    return (*card, *acts)


def period_words(period: Period, timezone: str, say: Words) -> str:
    """«за сутки», «за неделю», «за месяц», «за 3 дня», «с 1 по 7 декабря»."""
    hours = round((period.until - period.since).total_seconds() / 3600)
    if hours < 23:
        return say.say("period-hours", count=max(hours, 1))
    days = round(hours / 24)
    if days <= 1:
        return say.say("period-day")
    if days == 7:
        return say.say("period-week")
    if 28 <= days <= 31:
        return say.say("period-month")
    first, last = local_days(period, timezone)
    return say.from_to(first, last) if days > 3 else say.say("period-days", count=days)


def local_days(period: Period, timezone: str) -> tuple[dt.date, dt.date]:
    """The first and the last day that a period touches, in a reader's timezone."""
    zone = ZoneInfo(timezone)
    last = period.until - dt.timedelta(microseconds=1)
    return period.since.astimezone(zone).date(), max(last, period.since).astimezone(zone).date()


def _title(digest: Digest, say: Words) -> Block:
    """«Мессенджеры: что изменилось за сутки · 10 декабря»: a day's edition is dated by the day on which it is read."""
    text = say.say("digest-title", period=period_words(digest.period, digest.timezone, say))
    first, last = local_days(digest.period, digest.timezone)
    if (digest.period.until - digest.period.since) <= dt.timedelta(hours=25):
        first = last
    elif say.from_to(first, last) in text:
        return block(Kind.TITLE, bold(text))
    return block(Kind.TITLE, bold(text), labels.SEPARATOR + say.days(first, last))


def _lead(top: Entry, say: Words, *, alone: bool) -> tuple[str, int]:
    """The one line that says what matters most, and how many sentences of the top story it used up.

    A story's first sentence says it best, if what is left of the summary stands without it; otherwise the facts say it. A single story
    of one sentence keeps it: its headline is the main point.
    """
    story = top.story
    texts = unrepeated(story)
    if story.language == say.language and texts and len(texts[0]) <= _LEAD:
        whole = not alone if len(texts) == 1 else not _LEANS.match(texts[1])
        if whole:
            return texts[0], 1
    return _fact_lead(top, say) or ("" if alone else sentence(story.headline)), 0


def _fact_lead(top: Entry, say: Words) -> str:
    """«с 1 сентября 2026 хотят ввести запрет для банков и операторов связи (Минцифры).»; empty if the facts are too few to say so.

    Who decides stands beside what is done: that it was they who did it the facts do not say.
    """
    facts = top.story.facts
    stage = facts.status.stage if facts.status else facts.stage
    if facts.measure is None or stage in (None, Stage.STATEMENT, Stage.CANCELLED) or facts.measure in _NO_OBJECT:
        return ""
    whom = [say.say(f"group-of-{group}") for group in labels.ordered(facts.audiences, top.touches)[:_WHOM]]
    if facts.messengers and (facts.measure in _OF_MESSENGERS or (facts.measure is Measure.FINE and facts.penalties)):
        penalty = labels.money(facts.penalties[0], say) if facts.penalties else ""
        what = say.say(
            "digest-lead-messengers",
            measure=facts.measure,
            names=say.list(labels.messenger(name, say) for name in facts.messengers[:_WHOM]),
            penalty=penalty,
        )
    elif whom:
        what = say.say("digest-lead-whom", measure=facts.measure, label=say.say(f"measure-{facts.measure}"), whom=say.list(whom))
    else:
        return ""
    text = say.say("digest-lead-done", stage=stage, measure=facts.measure, what=what, since=labels.since(facts.effective_date, say))
    who = labels.regulators(facts.regulators[:2], say)
    return re.sub(" +", " ", text).strip().replace(" :", ":") + (f" ({who})." if who else ".")


def unrepeated(story: Story) -> list[str]:
    """The sentences of a summary without what the headline above them has just said."""
    headline, texts = _folded(story.headline), []
    for item in story.summary:
        clauses = item.text.split("; ")
        kept = [clause for clause in clauses if not _says(clause, headline) and not _says(clause.partition(": ")[2], headline)]
        if len(kept) == len(clauses):
            texts.append(item.text)
        elif kept:
            text = sentence("; ".join(kept))
            texts.append(text if text.endswith((".", "!", "?", "…", "»")) else text + ".")
    return texts


def repeats(text: str, known: str) -> bool:
    """True if a text says little but what is known: the same words in another order, or hardly any more."""
    said, before = _folded(text), _folded(known)
    return bool(said) and fuzz.token_set_ratio(said, before) >= _REPEATS and len(said) <= _LONGER * len(before)


def _says(clause: str, headline: str) -> bool:
    return bool(clause) and fuzz.ratio(_folded(clause), headline) >= _SAME


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _summary(texts: list[str], length: Length) -> str:
    """All sentences in full; otherwise one, and the second if it fits."""
    if length is Length.FULL:
        return " ".join(texts)
    chosen: list[str] = []
    for text in texts[:_SENTENCES]:
        if chosen and len(" ".join([*chosen, text])) > _SHORT:
            break
        chosen.append(text)
    return " ".join(chosen)


def heading(digest: Digest, place: Section, say: Words) -> str:
    """A section's name, the nearest to what stands in it."""
    inside = [entry.story.facts for entry in digest.entries if entry.section is place]
    stages = {facts.status.stage if facts.status else facts.stage for facts in inside}
    fines = [facts.measure in (Measure.FINE, Measure.COURT_RULING) for facts in inside]
    key = f"section-{place}"
    if place is Section.IN_FORCE and stages == {Stage.ACTIVE}:
        key = "section-in-force-active"
    elif place is Section.PROPOSED and Stage.PASSING in stages:
        key = "section-passing" if stages == {Stage.PASSING} else "section-proposed-passing"
    elif place is Section.BLOCKING and any(fines):
        key = "section-fines" if all(fines) else "section-blocking-fines"
    elif place is Section.STATEMENTS and Stage.CANCELLED in stages:
        key = "section-cancelled" if stages == {Stage.CANCELLED} else "section-statements-cancelled"
    return say.say(key)


def _footer(digest: Digest, say: Words, next_at: dt.datetime | None) -> list[Block]:
    lines = [say.say("digest-omitted", count=digest.omitted)] if digest.omitted else []
    if next_at:
        lines.append(say.say("digest-next", when=say.moment(next_at, now=digest.period.until, timezone=digest.timezone)))
    return [block(Kind.FOOTER, " ".join(lines))] if lines else []


def _empty(digest: Digest, say: Words, *, next_at: dt.datetime | None, buttons: bool) -> Document:
    """Says that nothing happened, and offers a longer period."""
    hours = (digest.period.until - digest.period.since).total_seconds() / 3600
    known = {"day": hours <= 25, "week": 25 < hours <= 24 * 7 + 1, "month": 24 * 28 - 1 <= hours <= 24 * 31 + 1}
    name = next((name for name, true in known.items() if true and _usual(hours, name)), "")
    if name:
        text = say.say(f"digest-empty-{name}")
    else:
        text = say.say("digest-empty-period", period=_raised(period_words(digest.period, digest.timezone, say), say))
    blocks = [block(Kind.TEXT, text)]
    if digest.filter.audiences or digest.filter.messengers or digest.filter.muted or digest.filter.importance:
        blocks.append(block(Kind.TEXT, say.say("digest-empty-profile"), gap=False))
    blocks += _footer(digest, say, next_at)
    wider = {"day": ("button-show-week", "digest:7d"), "week": ("button-show-month", "digest:30d")}.get(name)
    row = (Button(text=say.say(wider[0]), action=wider[1]),) if wider else ()
    settings = Button(text=say.say("button-settings"), action="settings")
    return Document(blocks=tuple(blocks), buttons=((*row, settings),) if buttons else ())


def _usual(hours: float, name: str) -> bool:
    return name == "month" or abs(hours - {"day": 24, "week": 24 * 7}[name]) <= 1


def _raised(text: str, say: Words) -> str:
    """In Russian the period begins the sentence."""
    return sentence(text) if say.language == "ru" else text
