"""A dense year of stories in both languages, kept as the newsroom keeps them: the sample edition as the analysis tells it, varied."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from benchmarks._rig import ROOT
from bot.analyse import Analyst
from bot.clock import SystemClock
from bot.collect.text.article import make_article
from bot.locales import LANGUAGES
from bot.model import Cluster, Evidence, Facts, Position, Reading, Story, SummarySentence
from bot.playground.site.edition import EDITION_DAY, Edition
from bot.settings import Settings
from bot.store import Store, open_store

Said = TypeVar("Said", Evidence, Position)

A_DAY = 270
"""Stories told in a day: a dense year has a hundred thousand."""
NAMES = 40_000
"""Different rare words, as the names of people and places are."""
ENGLISH = 0.2
"""How many of the stories are told in English."""
AT_ONCE = 48


def dictionary(count: int) -> list[str]:
    """So many words that look Russian."""
    draw = random.Random(5)
    syllables = [one + other + last for one in "бвгдзклмнпрстфхч" for other in "аеиоу" for last in ("", "н", "р", "ст")]
    return sorted({"".join(draw.choices(syllables, k=draw.randint(2, 4))) + "к" for _ in range(count)})


class Archive:
    """Makes the clusters; the same number gives the same one."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.names = dictionary(NAMES)
        self.told = _told()
        self._of = {language: [one for one in self.told if one.story.language == language] for language in LANGUAGES}
        self._said = {language: [said.text for one in self._of[language] for said in one.story.summary] for language in LANGUAGES}

    def cluster(self, number: int) -> Cluster:
        """The story of this number with its readings; number 0 was told a minute ago."""
        draw = random.Random(number)
        base = draw.choice(self._of["en" if draw.random() < ENGLISH else "ru"])
        moment = self.now - dt.timedelta(minutes=1 + number * 1440 / A_DAY)
        later = moment - base.story.updated
        articles = {one.article_id: f"{number:012x}{part:02x}" for part, one in enumerate(base.readings)}
        return Cluster(
            story=self._story(base.story, number, later, articles, draw),
            readings=tuple(_reading(one, articles[one.article_id], later) for one in base.readings),
        )

    def _story(self, base: Story, number: int, later: dt.timedelta, articles: dict[str, str], draw: random.Random) -> Story:
        said = self._said[base.language]
        texts = [*(one.text for one in base.summary[:1]), *draw.choices(said, k=max(len(base.summary) - 1, 1))]
        first = base.summary[0] if base.summary else None
        return replace(
            base,
            id=f"{number:012x}",
            thread=f"{number // 3 * 3:012x}",
            headline=self._with_names(base.headline, draw, 2),
            summary=tuple(
                SummarySentence(
                    text=self._with_names(text, draw, 2),
                    article_id=articles.get(first.article_id, "") if first else "",
                    source=first.source if first else text,
                )
                for text in texts
            ),
            facts=_facts(base.facts, later),
            evidence=_elsewhere(base.evidence, articles),
            positions=_elsewhere(base.positions, articles),
            timeline=tuple(replace(one, date=one.date and one.date + later, story_id=f"{number:012x}") for one in base.timeline),
            sources=tuple(
                replace(
                    one,
                    article_id=articles[one.article_id],
                    url=f"https://{number}.example/{part}",
                    published=one.published and one.published + later,
                )
                for part, one in enumerate(base.sources)
            ),
            developments=tuple(replace(one, at=one.at + later, article_id=articles.get(one.article_id, "")) for one in base.developments),
            first_seen=base.first_seen + later,
            updated=base.updated + later,
        )

    def _with_names(self, text: str, draw: random.Random, count: int) -> str:
        words = text.split()
        for name in draw.choices(self.names, k=count):
            words.insert(draw.randrange(1, len(words) + 1), name.capitalize())
        return " ".join(words)


async def keep(store: Store, archive: Archive, wanted: Iterable[int]) -> None:
    """Keeps the stories of these numbers, some dozens at a time."""
    numbers = iter(wanted)

    async def some() -> None:
        for number in numbers:
            await store.stories.put(archive.cluster(number))

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(some())


async def fill(url: str, count: int, now: dt.datetime) -> None:
    """Keeps so many stories in the store at that address, a process a core. Raises RuntimeError if one fails."""
    several = os.cpu_count() or 1
    arguments = [(url, now.isoformat(), str(first), str(count), str(several)) for first in range(several)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks._archive", *one, cwd=ROOT, env=environment)
        for one in arguments
    ]
    if any([await one.wait() for one in running]):
        raise RuntimeError("the archive could not be filled")


def _told() -> list[Cluster]:
    """The stories of the sample edition, each with the readings it was told from."""
    analyst, edition = Analyst(), Edition.dated(EDITION_DAY)
    readings = [
        analyst.read(
            make_article(
                url=f"https://{page.outlet.id}.example/{page.slug}",
                title=page.title,
                lines=page.text,
                source_id=page.outlet.id,
                outlet=page.outlet.name,
                official=page.outlet.official,
                published=page.published,
                fetched=page.published,
            )
        )
        for page in edition.pages
        if page.serves == "article"
    ]
    groups: dict[str, list[Reading]] = {}
    for reading, name in zip(readings, analyst.cluster(readings), strict=True):
        if name is not None:
            groups.setdefault(name, []).append(replace(reading, seen=reading.published))
    return [
        Cluster(
            story=analyst.tell(group, id=name, thread=name, now=max(one.published or EDITION_DAY for one in group)), readings=tuple(group)
        )
        for name, group in groups.items()
    ]


def _reading(base: Reading, article: str, later: dt.timedelta) -> Reading:
    return replace(
        base,
        article_id=article,
        url=f"https://{article}.example/",
        published=base.published and base.published + later,
        seen=base.seen and base.seen + later,
        facts=_facts(base.facts, later),
        evidence=_elsewhere(base.evidence, {base.article_id: article}),
        positions=_elsewhere(base.positions, {base.article_id: article}),
    )


def _elsewhere(found: Sequence[Said], articles: dict[str, str]) -> tuple[Said, ...]:
    return tuple(replace(one, article_id=articles.get(one.article_id, "")) for one in found)


def _facts(base: Facts, later: dt.timedelta) -> Facts:
    """The same, with the effective date as far from the story as it was."""
    if base.effective_date is None:
        return base
    whole = len(base.effective_date) > len("YYYY-MM")
    day = dt.date.fromisoformat(base.effective_date if whole else f"{base.effective_date}-01") + later
    return replace(base, effective_date=day.isoformat() if whole else day.isoformat()[:7])


async def _main(url: str, now: str, *numbers: str) -> None:
    settings = Settings(_env_file=None, redis_url=url)  # type: ignore[call-arg, arg-type]
    async with open_store(settings, SystemClock()) as store:
        await keep(store, Archive(dt.datetime.fromisoformat(now)), range(*map(int, numbers)))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
