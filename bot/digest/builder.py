"""Chooses the stories of a period for one audience, ranks them and lays them out in sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.digest import match, rank
from bot.locales import LANGUAGES, words
from bot.model import Development, Digest, Entry, Filter, Measure, Period, Section, Story

EVERYTHING: Final = Filter()
_QUIET: Final = frozenset({"source", "revision"})
"""What changes a story without being news to a reader: one more outlet, an edited text."""


def build(
    stories: Iterable[Story],
    *,
    period: Period,
    filter: Filter = EVERYTHING,  # noqa: A002 - it is the reader's filter everywhere
    told: Mapping[str, int] = {},
    language: str = "ru",
    timezone: str = "Europe/Moscow",
    limit: int = 20,
) -> Digest:
    """A digest of the stories updated in [since, until).

    `told` maps the stories that this audience has read to the revision it read: what is new in them goes to the developments, and
    what is not new is left out. At most `limit` stories stay, the heaviest; the rest are counted in `omitted`. `timezone` is an IANA name.
    """
    chosen: list[tuple[Story, tuple[Development, ...], Section]] = []
    for story in stories:
        if story.retracted or not period.since <= story.updated < period.until or not wanted(story, filter):
            continue
        if story.id not in told:
            chosen.append((story, (), rank.section(story, period, timezone)))
        elif news := news_of(story, told[story.id], period):
            chosen.append((story, news, Section.DEVELOPMENTS))
    chosen.sort(key=lambda item: rank.order(item[0], filter))
    kept = chosen[: max(limit, 0)]
    places = list(Section)
    first = kept[0][2] if kept else None  # the heaviest story opens the digest, so its section stands first
    kept.sort(key=lambda item: (item[2] is not first, places.index(item[2])))  # stable: within a section the order by weight stays
    return Digest(
        period=period,
        filter=filter,
        entries=tuple(
            Entry(number=number, story=story, section=place, touches=rank.touches(story, filter.audiences), news=news)
            for number, (story, news, place) in enumerate(kept, start=1)
        ),
        omitted=len(chosen) - len(kept),
        language=language,
        timezone=timezone,
    )


def wanted(story: Story, filter: Filter) -> bool:  # noqa: A002
    """True if a story passes a reader's filter; an empty part of the filter lets everything pass."""
    facts = story.facts
    if filter.audiences and not rank.touches(story, filter.audiences):
        return False
    if filter.messengers and not _named(filter.messengers) & _named(facts.messengers):
        return False
    if story.importance < filter.importance:
        return False
    if not filter.muted:
        return True
    said = match.tokens("\n".join((story.headline, story.text, *facts.messengers, *facts.regulators, *_measures(facts.measure))))
    return not any(match.mentions(said, phrase) for phrase in filter.muted)


def _measures(measure: Measure | None) -> tuple[str, ...]:
    """What stands under the headline: «штраф» where the headline says «оштрафован»."""
    if measure in (None, Measure.OTHER, Measure.STATEMENT):
        return ()
    return tuple(words(language).say(f"measure-{measure}") for language in LANGUAGES)


def news_of(story: Story, revision: int, period: Period) -> tuple[Development, ...]:
    """What is new in a story for those who read it at `revision`; empty if nothing is that a reader would call news."""
    if story.revision <= revision:
        return ()
    loud = [development for development in story.developments if development.kind not in _QUIET]
    return tuple(development for development in loud if period.since <= development.at < period.until)


def _named(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)
