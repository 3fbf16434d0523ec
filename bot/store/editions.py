"""Editions: what is sent and to whom, made once, and what became of every recipient."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from bot.model import Message, Outcome, Part, Platform, Receipt, Recipient
from bot.store.keys import EDITION, EDITION_BATCHES, EDITION_OWNERS, EDITION_POSTS, EDITION_REASONS, EDITION_STATES, EDITIONS_MADE
from bot.store.lua import Script

BATCH: Final = 100
KEPT: Final = dt.timedelta(days=2)
"""How long receipts outlive a finished edition."""
_CREATE: Final = Script("edition_create")
_FILL: Final = Script("edition_fill")
_OPEN: Final = Script("edition_open")
_ATTEMPT: Final = Script("edition_attempt")
_SETTLE: Final = Script("edition_settle")
_FORGET: Final = Script("edition_forget")

WAITING, IN_FLIGHT, UNSURE, AGAIN = 0, 1, 2, 3
FINAL: Final = 10
OUTCOMES: Final = {10: Outcome.DELIVERED, 11: Outcome.GONE, 12: Outcome.REJECTED, 13: Outcome.UNKNOWN, 14: Outcome.FAILED}
REPEATED: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is sent to one audience for one slot (or as one alert). `told` maps the stories in it to their revisions."""

    id: str
    audience: str
    slot: dt.datetime
    message: Message
    told: Mapping[str, int] = field(default_factory=dict)

    @property
    def platform(self) -> Platform:
        """Where it is sent."""
        return self.message.platform


@dataclass(frozen=True, slots=True)
class State:
    """How far delivery to one recipient has come: parts done, and the phase of the next."""

    done: int
    phase: int

    @property
    def final(self) -> bool:
        """Nothing more will be sent."""
        return self.phase % 32 >= FINAL

    @property
    def unsure(self) -> bool:
        """The next part may have been sent already."""
        return self.phase % 32 == UNSURE


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as its new owner finds it. `stuck` counts how often it was opened without any progress since."""

    recipients: tuple[Recipient, ...]
    states: tuple[State, ...]
    stuck: int
    unsure: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform said about one part for one recipient: `event` is one letter of `edition_settle.lua`."""

    index: int
    part: int
    event: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How an edition stands. `recipients` = the five outcomes + `waiting`."""

    recipients: int
    outcomes: Mapping[Outcome, int]
    unsure: int
    """How often an outcome was unknown, so that a message was sent again and may have come twice."""
    reasons: Mapping[str, int]
    queued: bool
    finished: dt.datetime | None

    @property
    def waiting(self) -> int:
        """Recipients without an outcome yet."""
        return self.recipients - sum(self.outcomes.values())


def write_recipient(recipient: Recipient) -> str:
    """A recipient as batches keep them."""
    return f"{recipient.id}:{recipient.thread}" if recipient.thread else str(recipient.id)


def _read(platform: Platform, text: str) -> tuple[Recipient, ...]:
    pairs = (item.partition(":") for item in text.split(" "))
    return tuple(Recipient(platform=platform, id=int(number), thread=int(thread or 0)) for number, _, thread in pairs)


class Editions:
    """All editions. Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def create(self, edition: Edition, owner: str) -> bool:
        """Stores the edition if there is none with its id, and makes `owner` the one who fills it. Returns whether it is new.

        Two schedulers that make the same edition get the same one: the first wording stays.
        """
        parts = orjson.dumps([part.payload for part in edition.message.parts])
        told = orjson.dumps(dict(edition.told))
        made = edition.slot.timestamp()
        args = (owner, EDITION.seconds, edition.platform, edition.audience, f"{made:.0f}", parts, told, edition.message.source)
        # listed first: what is queued must be found by those who correct or forget it
        await self._client.zadd(EDITIONS_MADE(), {edition.id: made})
        await self._client.zremrangebyscore(EDITIONS_MADE(), "-inf", made - EDITION.seconds)
        return bool(await _CREATE(self._client, (EDITION(edition.id),), args))

    async def fill(self, edition: str, owner: str, first: int, batches: Sequence[Sequence[Recipient]]) -> bool:
        """Adds batches, at most 100 recipients each, numbered from `first`. Returns False if another scheduler fills it by now."""
        texts = [" ".join(map(write_recipient, batch)) for batch in batches]
        return bool(
            await _FILL(self._client, (EDITION(edition), EDITION_BATCHES(edition)), (owner, first, EDITION_BATCHES.seconds, *texts))
        )

    async def filled(self, edition: str) -> tuple[int, frozenset[str]]:
        """How many batches it has, and who is in them (as `write_recipient` writes them): for going on where a scheduler stopped."""
        raw = await self._client.hgetall(EDITION_BATCHES(edition))
        return len(raw), frozenset(item for text in raw.values() for item in text.decode().split(" "))

    async def seal(self, edition: str, now: dt.datetime) -> None:
        """All recipients are in their batches."""
        await self._client.hset(EDITION(edition), "state", "queued")
        await self.settle(edition, 0, 0, (), now)

    async def get(self, edition: str) -> Edition | None:
        """The edition, without its recipients."""
        names = ("platform", "audience", "slot", "parts", "told", "source")
        raw = await self._client.hmget(EDITION(edition), names)
        if raw[0] is None:
            return None
        platform, audience, slot = (value.decode() for value in raw[:3])
        parts = tuple(Part(payload=payload) for payload in orjson.loads(raw[3]))
        return Edition(
            id=edition,
            audience=audience,
            slot=dt.datetime.fromtimestamp(int(slot), dt.UTC),
            message=Message(platform=Platform(platform), parts=parts, source=raw[5] or b""),
            told=orjson.loads(raw[4]),
        )

    async def telling(self, story: str) -> tuple[tuple[str, str], ...]:
        """The editions of the last week that told a story, and their audiences."""
        names = [name.decode() for name in await self._client.zrange(EDITIONS_MADE(), 0, -1)]
        found: list[tuple[str, str]] = []
        for start in range(0, len(names), 500):
            pipe = self._client.pipeline(transaction=False)
            for name in names[start : start + 500]:
                pipe.hmget(EDITION(name), ("told", "audience"))
            for name, (told, audience) in zip(names[start : start + 500], await pipe.execute(), strict=True):
                if told and story in orjson.loads(told):
                    found.append((name, audience.decode()))
        return tuple(found)

    async def recipients(self, edition: str) -> AsyncIterator[tuple[Recipient, ...]]:
        """Those who were told it or will be, in batches: whoever could not be reached is left out."""
        platform = await self._client.hget(EDITION(edition), "platform")
        states = await self._client.get(EDITION_STATES(edition)) or b""
        async for batch, text in self._client.hscan_iter(EDITION_BATCHES(edition), count=20):
            people = _read(Platform(platform.decode()), text.decode()) if platform else ()
            first = int(batch) * BATCH * 2 + 1
            phases = [states[at] % 32 if (at := first + index * 2) < len(states) else WAITING for index in range(len(people))]
            lost = (FINAL + 1, FINAL + 2, FINAL + 4)
            yield tuple(one for one, phase in zip(people, phases, strict=True) if phase not in lost and one.id)

    async def forget(self, recipient: Recipient, now: dt.datetime) -> int:
        """Takes a recipient out of every edition of the last week, sent or not; returns out of how many."""
        names = await self._each_made(recipient, "take")
        for name in names:
            await self.settle(name, 0, 0, (), now)  # they may have been the last who was waited for
        return len(names)

    async def holding(self, recipient: Recipient) -> tuple[str, ...]:
        """The editions of the last week that were sent to a recipient or are to be."""
        return tuple(await self._each_made(recipient, "look"))

    async def _each_made(self, recipient: Recipient, what: str) -> list[str]:
        """Looks for a recipient in all editions of the last week; the editions in which they are, or were."""
        names = [name.decode() for name in await self._client.zrange(EDITIONS_MADE(), 0, -1)]
        args = (recipient.platform, write_recipient(recipient), EDITION_REASONS.seconds, what)

        async def one(name: str) -> bool:
            keys = (EDITION(name), EDITION_BATCHES(name), EDITION_STATES(name), EDITION_REASONS(name), EDITION_POSTS(name))
            return bool(await _FORGET(self._client, keys, args))

        found: list[str] = []
        for start in range(0, len(names), 50):
            part = names[start : start + 50]
            found += [name for name, there in zip(part, await asyncio.gather(*map(one, part)), strict=True) if there]
        return found

    async def sealed(self, edition: str) -> bool:
        """Whether all its recipients are in their batches."""
        return bool(await self._client.hget(EDITION(edition), "state") == b"queued")

    async def open(self, edition: str, batch: int, worker: str, platform: Platform, *, repeatable: bool) -> Batch | None:
        """Makes the worker the batch's owner; None if the edition is no longer kept.

        What was in flight when an earlier owner died is unsure from now on, unless the platform drops repeats.
        """
        keys = (EDITION(edition), EDITION_BATCHES(edition), EDITION_STATES(edition), EDITION_OWNERS(edition))
        answer = await _OPEN(self._client, keys, (worker, batch, "1" if repeatable else "0", EDITION_STATES.seconds))
        if not answer:
            return None
        recipients = _read(platform, answer[0].decode())
        states = tuple(State(answer[1][at], answer[1][at + 1]) for at in range(0, len(recipients) * 2, 2))
        return Batch(recipients, states, int(answer[2]), int(answer[3]))

    async def attempt(self, edition: str, batch: int, worker: str, indexes: Iterable[int]) -> frozenset[int] | None:
        """Records that these recipients are about to be sent to. None if the batch has another owner: then send nothing.

        Otherwise those of them who may not be sent to, since they are done with: they asked to be forgotten.
        """
        answer = await _ATTEMPT(self._client, (EDITION_STATES(edition), EDITION_OWNERS(edition)), (worker, batch, *indexes))
        return None if answer == 0 else frozenset() if answer == 1 else frozenset(map(int, answer))

    async def settle(
        self, edition: str, batch: int, parts: int, answers: Iterable[Answer], now: dt.datetime
    ) -> tuple[bool, frozenset[int]]:
        """Records answers. Returns whether a refusal is the edition's first, and the parts that the platform refuses for everybody."""
        keys = (EDITION(edition), EDITION_STATES(edition), EDITION_OWNERS(edition), EDITION_REASONS(edition))
        flat = (value for answer in answers for value in (answer.index, answer.part, answer.event, answer.reason))
        args = (batch, parts, f"{now.timestamp():.0f}", int(KEPT.total_seconds()), *flat)
        first, *refused = await _SETTLE(self._client, keys, args)
        return bool(first), frozenset(int(part) for part in refused)

    async def counts(self, edition: str) -> Counts | None:
        """How the edition stands; None if it is not kept."""
        raw = {key.decode(): value for key, value in (await self._client.hgetall(EDITION(edition))).items()}
        if not raw:
            return None
        reasons = await self._client.hgetall(EDITION_REASONS(edition))
        finished = raw.get("finished")
        return Counts(
            recipients=int(raw.get("recipients", 0)),
            outcomes={outcome: int(raw.get(outcome.value, 0)) for outcome in Outcome},
            unsure=int(raw.get("unsure", 0)),
            reasons={key.decode(): int(value) for key, value in reasons.items()},
            queued=raw.get("state") == b"queued",
            finished=dt.datetime.fromtimestamp(int(finished), dt.UTC) if finished else None,
        )

    async def receipts(self, edition: str) -> AsyncIterator[Receipt]:
        """What became of every recipient who has an outcome, batch by batch. The time is the slot's."""
        found = await self.get(edition)
        states = await self._client.get(EDITION_STATES(edition)) or b""
        if found is None:
            return
        async for batch, text in self._client.hscan_iter(EDITION_BATCHES(edition)):
            for index, recipient in enumerate(_read(found.platform, text.decode())):
                at = (int(batch) * BATCH + index) * 2
                phase = states[at + 1] if at + 1 < len(states) else 0
                if phase % 32 >= FINAL:
                    attempts = 2 if phase & REPEATED else 1
                    yield Receipt(edition=edition, recipient=recipient, outcome=OUTCOMES[phase % 32], at=found.slot, attempts=attempts)
