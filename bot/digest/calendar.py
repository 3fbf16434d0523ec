"""Writes the calendar: what comes into force, and when; what is under discussion without a date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.digest import builder, labels
from bot.digest.marks import marked
from bot.digest.render.document import Block, Button, Document, Kind, Span, block, bold, italic
from bot.locales import Words, words
from bot.model import Filter, Measure, Stage, Story

_DISCUSSED: Final = (Stage.PLANNED, Stage.PASSING)
_NO_PLAN: Final = frozenset({Measure.STATEMENT, Measure.EASING})
_REFUSED: Final = re.compile(
    r"не поддерж|не планир|не будут|не стан\w+ |отклон|отверг|отказ(?!\w* от иностр)|раскритик|против(?! мошен|\w)|"
    r"неадекват|вброс|опроверг|"
    r"reject|oppos|critici|no plans|denie[sd]|den(?:y|ies)\b|against",
    re.IGNORECASE,
)
"""A headline that tells of a refusal or of criticism: what is not to be is not under discussion."""
_MOST: Final = 10
"""Stories under discussion that are named."""
_SILENT: Final = dt.timedelta(days=183)
"""What nobody has spoken of for so long is no longer under discussion."""
_ROW: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A measure that takes effect on a day, or some time in a month (`whole` is False, `day` is its first)."""

    day: dt.date
    whole: bool
    story: Story


def entries(stories: Iterable[Story], *, since: dt.date, until: dt.date, filter: Filter = builder.EVERYTHING) -> tuple[Due, ...]:  # noqa: A002
    """What takes effect in [since, until), the soonest first; a thread's date is the one that its newest story gives."""
    found: dict[str, Due] = {}
    for story in sorted(stories, key=lambda story: (story.updated, story.id)):
        date, thread = story.facts.effective_date, story.thread or story.id
        if story.retracted:
            continue
        if _stage(story) is Stage.CANCELLED:
            found.pop(thread, None)
        elif _stage(story) is Stage.STATEMENT:
            continue  # words bring nothing into force, whatever day they name
        elif date and labels.is_date(date) and builder.wanted(story, filter):
            whole = len(date) > len("YYYY-MM")
            found[thread] = Due(day=dt.date.fromisoformat(date if whole else date + "-01"), whole=whole, story=story)
    near = [due for due in found.values() if since <= last_day(due) and due.day < until]
    return tuple(sorted(near, key=lambda due: (due.day, not due.whole, -due.story.importance, due.story.id)))


def last_day(due: Due) -> dt.date:
    """The day itself, or the last of its month."""
    if due.whole:
        return due.day
    return (due.day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _stage(story: Story) -> Stage | None:
    return story.facts.status.stage if story.facts.status else story.facts.stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What a calendar holds, all of it: the dates ahead, and what is under discussion without one."""

    today: dt.date
    days: int
    due: tuple[Due, ...]
    discussed: tuple[Story, ...]

    @property
    def stories(self) -> tuple[Story, ...]:
        """In the order in which they are numbered."""
        return (*(due.story for due in self.due), *self.discussed)

    def told_whole(self, whole: Mapping[str, Story]) -> Agenda:
        """With these stories by their ids in place of their outlines."""
        due = tuple(replace(one, story=whole.get(one.story.id, one.story)) for one in self.due)
        return replace(self, due=due, discussed=tuple(whole.get(one.id, one) for one in self.discussed))


def agenda(stories: Iterable[Story], *, today: dt.date, days: int = 90, filter: Filter = builder.EVERYTHING) -> Agenda:  # noqa: A002
    """What takes effect within `days` from today on, and what is under discussion. Outlines of stories do, but for muted words."""
    listed, until = list(stories), today + dt.timedelta(days=days)
    due = entries(listed, since=today, until=until, filter=filter)
    return Agenda(today=today, days=days, due=due, discussed=discussed(listed, today=today, filter=filter))


def calendar(planned: Agenda, *, language: str = "ru", page: int = 0, size: int = 0, buttons: bool = True) -> Document:
    """What takes effect, by date, and what is under discussion without a date.

    Numbered on over all; `size` stories a page if it is not 0; a button a story opens its card.
    """
    say, today, days = words(language), planned.today, planned.days
    items: list[Due | Story] = [*planned.due, *planned.discussed]
    page, pages = _page(planned, page, size)
    first = page * size
    title = bold(say.say("calendar-title"))
    if planned.due:
        blocks = [block(Kind.TITLE, title, labels.SEPARATOR + say.say("calendar-until", date=say.date(today + dt.timedelta(days=days))))]
    else:
        blocks = [block(Kind.TITLE, title), block(Kind.TEXT, say.say("calendar-empty", days=days))]
    heading, shown = "", items[first : first + size] if size else items
    for number, item in enumerate(shown, start=first + 1):
        if (over := _heading(item, say, today)) != heading:
            blocks.append(block(Kind.SECTION, bold(over)))
            heading = over
        blocks += _due(item, number, say) if isinstance(item, Due) else [_talked(item, number, say, today)]
    numbers = [Button(text=str(at), action=f"card:{_story(item).id}") for at, item in enumerate(shown, start=first + 1)]
    turn = [Button(text=f"‹ {page}/{pages}", action=f"calendar:{days}:{page - 1}")] if page else []
    if page < pages - 1:
        turn.append(Button(text=f"{page + 2}/{pages} ›", action=f"calendar:{days}:{page + 1}"))
    last = (
        Button(text=say.say("button-ics"), action="ics"),
        Button(text=say.say("button-settings"), action="settings", spare=True),
    )
    rows = (*(tuple(numbers[at : at + _ROW]) for at in range(0, len(numbers), _ROW)), tuple(turn), last)
    return marked(Document(blocks=tuple(blocks), buttons=tuple(row for row in rows if row) if buttons else ()), language)


def shown_on(planned: Agenda, page: int, size: int) -> tuple[str, ...]:
    """The ids of the stories on a page of so many."""
    page, _ = _page(planned, page, size)
    return tuple(story.id for story in planned.stories[page * size : (page + 1) * size])


def _page(planned: Agenda, page: int, size: int) -> tuple[int, int]:
    """The page, the last if there are fewer, and how many there are."""
    pages = max(-(-len(planned.stories) // size), 1) if size else 1
    return min(max(page, 0), pages - 1), pages


def _story(item: Due | Story) -> Story:
    return item.story if isinstance(item, Due) else item


def _heading(item: Due | Story, say: Words, today: dt.date) -> str:
    """«1 сентября (через 7 дней)», or that no date is named."""
    if isinstance(item, Story):
        return say.say("calendar-discussed")
    left = (item.day - today).days
    near = f" ({say.say('in-days', count=left)})" if item.whole and 0 <= left <= 31 else ""
    return (say.date(item.day, today=today) if item.whole else say.month(item.day)) + near


def _due(item: Due, number: int, say: Words) -> list[Block]:
    blocks = [block(Kind.STORY, say.say("digest-of", number=str(number), headline=item.story.headline), gap=False)]
    facts = item.story.facts
    whom = labels.groups(facts, say)
    parts = [say.say("facts-whom", groups=whom) if whom else "", labels.standing(facts, say).capitalize()]
    if line := labels.SEPARATOR.join(part for part in parts if part):
        blocks.append(block(Kind.FACTS, line, gap=False))
    if spans := labels.sources_spans(item.story, say, shown=2):
        blocks.append(block(Kind.SOURCES, *spans, gap=False))
    return blocks


def discussed(stories: Iterable[Story], *, today: dt.date, filter: Filter = builder.EVERYTHING) -> tuple[Story, ...]:  # noqa: A002
    """What is on its way without a date, the heaviest first: the newest word of each thread, unless that is half a year old."""
    chosen: dict[str, Story] = {}
    for story in sorted(stories, key=lambda story: (story.updated, story.id)):
        if story.facts.effective_date or not _open(story) or not builder.wanted(story, filter):
            chosen.pop(story.thread or story.id, None)
        else:
            chosen[story.thread or story.id] = story
    fresh = [story for story in chosen.values() if today - story.updated.date() <= _SILENT]
    return tuple(sorted(fresh, key=lambda story: (-story.importance, story.id))[:_MOST])


def _talked(story: Story, number: int, say: Words, today: dt.date) -> Block:
    """«3. Минцифры готовит запрет · 9 декабря»: what it is and when it was last heard of."""
    when = labels.SEPARATOR + say.date(story.updated.date(), today=today)
    return block(Kind.STORY, say.say("digest-of", number=str(number), headline=story.headline), when, *_tongue(story, say), gap=False)


def _open(story: Story) -> bool:
    """True if a measure is on its way: neither mere words, nor refused, nor criticised, nor withdrawn."""
    planned = _stage(story) in _DISCUSSED and story.facts.measure not in _NO_PLAN
    return planned and not story.retracted and not _REFUSED.search(story.headline)


def _tongue(story: Story, say: Words) -> list[Span | str]:
    """«· на английском» after a headline that the reader's language does not explain."""
    return [labels.SEPARATOR, italic(labels.language(story.language, say))] if story.language != say.language else []
