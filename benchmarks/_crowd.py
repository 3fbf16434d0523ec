"""The subscribers and stories that delivery is measured with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bot.model import Cluster, Facts, Filter, Group, Platform, Preferences, Recipient, Schedule, Story, Subscriber, SummarySentence
from bot.store import Store

TG, VK = Platform.TELEGRAM, Platform.VK


def people(count: int, settings: int) -> Iterator[Subscriber]:
    """Subscribers of both platforms in so many different settings, all due at 09:00."""
    groups = list(Group)
    made = [
        Preferences(
            schedule=Schedule(timezone="Europe/Moscow"),
            filter=Filter(audiences=(groups[number % 13],), muted=(f"слово{number}",)),
        )
        for number in range(settings // 2)
    ]
    for number in range(count):
        yield Subscriber(
            recipient=Recipient(platform=TG if number % 2 else VK, id=number + 1), preferences=made[number // 2 % len(made)], active=True
        )


async def stories(store: Store, at: dt.datetime) -> None:
    """Thirteen stories, one for each group."""
    for number, group in enumerate(Group):
        one = Story(
            id=f"story{number}",
            thread=f"t{number}",
            headline=f"Ведомство предложило меру {number}",
            summary=(SummarySentence(text="Проект опубликован на портале.", article_id="a", source="Проект опубликован на портале."),),
            facts=Facts(audiences=(group,)),
            importance=0.5,
            first_seen=at,
            updated=at,
        )
        await store.stories.put(Cluster(story=one, readings=()))
