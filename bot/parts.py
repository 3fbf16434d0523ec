"""The parts of one process, each built from the settings when it is first asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry

from bot.analyse import Analyst
from bot.clock import Clock, SystemClock
from bot.collect import Collector, Fetcher, SourceSpec, load_sources
from bot.deliver.admin import Administrators
from bot.deliver.alerts import Alerts
from bot.deliver.announcing import Announcer
from bot.deliver.correcting import Corrector
from bot.deliver.following import Following
from bot.deliver.handover import Handover
from bot.deliver.metrics import Metrics
from bot.deliver.posts import LivePosts
from bot.deliver.reminding import Reminding
from bot.deliver.scheduler import Scheduler
from bot.deliver.sender import Mailer
from bot.llm import LanguageModel
from bot.model import Platform, Story
from bot.newsroom import Newsroom
from bot.platforms import Sender
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkClient, VkSender
from bot.settings import Settings
from bot.store import Store, open_store
from bot.store.outages import Outages
from bot.store.outbox import Age
from bot.store.pictures import Pictures
from bot.store.polls import PollState
from bot.store.posts import Posts
from bot.store.retellings import Retellings
from bot.store.troubles import Troubles
from bot.web.health import Probe, SourceLister
from bot.web.probes import lister, memory_probe, queues_probe, slots_probe, sources_probe, store_probe
from bot.web.watch import Watch

if TYPE_CHECKING:
    from bot.platforms.telegram import Bot


@dataclass
class Parts:
    """What roles and commands are made of. Open it with `open_parts`."""

    settings: Settings
    clock: Clock
    store: Store
    fetcher: Fetcher
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    """What must be closed at the end."""

    @cached_property
    def analyst(self) -> Analyst:
        """The reader of news; it loads its models when it is first used."""
        return Analyst()

    @cached_property
    def newsroom(self) -> Newsroom:
        """Where articles become stories, and the important ones alerts."""
        return Newsroom(
            self.store, self.analyst, self.clock, heard=self._heard, retell=self.model.retell if self.model.configured else None
        )

    @cached_property
    def model(self) -> LanguageModel:
        """The optional writer of summaries."""
        store = self.store
        memory = Retellings(store.client, store.sessions)
        return LanguageModel(self.settings, self.clock, memory, memory)

    async def _heard(self, story: Story) -> None:
        """Posts of the day first, then those who want alerts, then those who follow a story."""
        edited = await self.live_posts.hear(story)
        alerted = await self.alerts.hear(story, without=edited)
        await self.following.hear(story, without=edited, alerted=alerted)

    @cached_property
    def following(self) -> Following:
        """Tells what is new in a story to those who follow it."""
        return Following(self.store, clock=self.clock, metrics=self.metrics)

    @cached_property
    def live_posts(self) -> LivePosts:
        """Edits the posts of the day whose stories develop."""
        return LivePosts(self.store, clock=self.clock, metrics=self.metrics)

    @cached_property
    def announcer(self) -> Announcer:
        """Sends an administrator's words to everybody."""
        return Announcer(self.store, clock=self.clock, metrics=self.metrics)

    @cached_property
    def handover(self) -> Handover:
        """Takes over for a platform that fails a person who reads us on both."""
        return Handover(self.store, clock=self.clock, metrics=self.metrics)

    @cached_property
    def corrector(self) -> Corrector:
        """Corrects and withdraws stories, and tells their readers."""
        return Corrector(self.store, clock=self.clock, metrics=self.metrics)

    @cached_property
    def metrics(self) -> Metrics:
        """What delivery counts in this process."""
        return Metrics(self.registry)

    @cached_property
    def admins(self) -> Administrators:
        """Those who hear of trouble."""
        return Administrators(self.store, self.settings.admins, clock=self.clock, metrics=self.metrics, senders=lambda: self.senders)

    @cached_property
    def alerts(self) -> Alerts:
        """Tells important stories at once."""
        settings = self.settings
        return Alerts(self.store, clock=self.clock, metrics=self.metrics, important=settings.alert_importance, most=settings.alerts_a_day)

    @cached_property
    def reminding(self) -> Reminding:
        """Reminds of dates ahead."""
        return Reminding(self.store, clock=self.clock, metrics=self.metrics)

    @cached_property
    def scheduler(self) -> Scheduler:
        """Makes the editions that are due."""
        return Scheduler(self.store, clock=self.clock, metrics=self.metrics)

    @cached_property
    def sources(self) -> tuple[SourceSpec, ...]:
        """What is polled. Raises ConfigurationError if the file cannot be used."""
        return load_sources(self.settings.sources)

    @cached_property
    def collector(self) -> Collector:
        """Polls the sources and hands their articles to the newsroom."""
        store, take = self.store, self.newsroom.take
        return Collector(
            store.polls, store.articles, self.fetcher, self.sources, self.clock, take, visits=store.visits, tell=self.admins.tell
        )

    @cached_property
    def telegram_bot(self) -> Bot:
        """The bot for replies."""
        from bot.platforms.telegram import make_bot  # the SDK takes 120 MB: not for roles that only send, schedule or collect

        bot = make_bot(self.settings, self.store.pacer(Platform.TELEGRAM))
        self.stack.push_async_callback(bot.session.close)
        return bot

    @cached_property
    def vk_client(self) -> VkClient:
        """The community's API for replies."""
        client = VkClient(self.settings, self.store.pacer(Platform.VK))
        self.stack.push_async_callback(client.close)
        return client

    @cached_property
    def senders(self) -> tuple[Sender, ...]:
        """The mailing path of each platform that has a token."""
        found: list[Sender] = []
        if self.settings.telegram_token is not None:
            telegram = TelegramSender(self.settings, pictures=Pictures(self.store.client))
            self.stack.push_async_callback(telegram.close)
            found.append(telegram)
        if self.settings.vk_token is not None:
            vk = VkSender(VkClient(self.settings), pictures=Pictures(self.store.client))
            self.stack.push_async_callback(vk.close)
            found.append(vk)
        return tuple(found)

    @cached_property
    def mailers(self) -> tuple[Mailer, ...]:
        """One for each sender."""
        store = self.store
        return tuple(
            Mailer(
                store.editions,
                store.outbox,
                store.subscribers,
                sender,
                store.pacer(sender.platform),
                seals=store.seals,
                outages=Outages(store.client, sender.platform),
                clock=self.clock,
                metrics=self.metrics,
                refused=self.admins.refused,
                elsewhere=self.handover,
                posts=Posts(store.client),
            )
            for sender in self.senders
        )

    @cached_property
    def probes(self) -> Sequence[Probe]:
        """What readiness looks at."""
        return (
            store_probe(self.store.ping),
            sources_probe(self._polled, self.clock),
            slots_probe(self.store.agenda.soonest, self.clock),
            queues_probe(self._ages),
        )

    async def _polled(self) -> dict[str, PollState]:
        """What is remembered of the sources, without those that an administrator paused: they are silent on purpose."""
        paused = await self.store.polls.paused()
        return {name: state for name, state in (await self.store.polls.states()).items() if name not in paused}

    async def _ages(self) -> dict[str, Age | None]:
        lanes = [(platform, urgent) for platform in Platform for urgent in (True, False)]
        found = [await self.store.outbox.age(platform, urgent=urgent) for platform, urgent in lanes]
        return {f"{platform}{' urgent' if urgent else ''}": age for (platform, urgent), age in zip(lanes, found, strict=True)}

    @cached_property
    def watch(self) -> Watch:
        """Tells the administrators of missed slots, aged queues, dark sources and a full store."""
        probes = (*self.probes, memory_probe(self.store.memory))
        return Watch(
            probes, self.admins.tell, Troubles(self.store.client) if self.settings.admins else None, self.clock, registry=self.registry
        )

    @cached_property
    def source_states(self) -> SourceLister:
        """The sources and their health, for the pages."""
        return lister(self.sources, self.store.polls.states)


@asynccontextmanager
async def open_parts(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Parts]:
    """Opens the store and the HTTP client, and closes all at the end. Raises ConfigurationError, StoreUnavailable."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack, open_store(settings, clock) as store, Fetcher(settings) as fetcher:
        parts = Parts(settings=settings, clock=clock, store=store, fetcher=fetcher)
        stack.push_async_exit(parts.stack)
        yield parts
