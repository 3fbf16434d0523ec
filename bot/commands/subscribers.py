"""`vestnik subscribers`: import, export and count."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from typing import IO, Annotated, Any, Final
from zoneinfo import available_timezones

import click
import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn, TransferSpeedColumn

from bot.errors import BadInput
from bot.model import TIME, Filter, Group, Length, Platform, Preferences, Recipient, Schedule, Subscriber
from bot.settings import Settings, read_settings
from bot.store import open_store

_ZONES: Final = available_timezones()
_DAYS: Final = frozenset(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
_CHUNK: Final = 4000
COMPLAINTS: Final = 20
"""Bad lines that are told one by one; the rest are only counted."""


def _zone(name: str) -> str:
    if name not in _ZONES:
        raise ValueError(f"{name!r} is no IANA timezone")
    return name


def _hours(times: tuple[str, ...]) -> tuple[str, ...]:
    if not times or any(not TIME.fullmatch(one) for one in times):
        raise ValueError("times are written HH:MM")
    return tuple(sorted(set(times)))


def _weekdays(days: str) -> str:
    if days not in ("daily", "weekdays", "weekends", "monthly") and not set(days.split(",")) <= _DAYS:
        raise ValueError("days are daily, weekdays, weekends, monthly, or mon…sun with commas")
    return days


class _ScheduleLine(BaseModel):
    times: Annotated[tuple[str, ...], AfterValidator(_hours)] = ("09:00",)
    days: Annotated[str, AfterValidator(_weekdays)] = "daily"
    timezone: Annotated[str, AfterValidator(_zone)] | None = None


class Line(BaseModel):
    """One line of an import or export; unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore")

    platform: Platform
    id: int = Field(gt=-(2**53), lt=2**53)
    thread: int = Field(default=0, ge=0)
    schedule: _ScheduleLine = Field(default_factory=_ScheduleLine)
    audiences: tuple[Group, ...] = ()
    messengers: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    importance: float = Field(default=0.0, ge=0.0, le=1.0)
    language: Annotated[str, Field(pattern="^(ru|en)$")] = "ru"
    length: Length = Length.SHORT
    alerts: bool = False
    quiet: tuple[Annotated[str, Field(pattern=TIME.pattern)], Annotated[str, Field(pattern=TIME.pattern)]] | None = None
    tell_when_empty: bool = False
    active: bool | None = None
    """None: active, unless the subscriber is known and has left or is refused."""
    gone: str = ""

    def subscriber(self, timezone: str) -> Subscriber:
        """What the line says; `timezone` where it names none."""
        schedule = Schedule(times=self.schedule.times, days=self.schedule.days, timezone=self.schedule.timezone or timezone)
        chosen = Filter(audiences=self.audiences, messengers=self.messengers, muted=self.muted, importance=self.importance)
        return Subscriber(
            recipient=Recipient(platform=self.platform, id=self.id, thread=self.thread),
            preferences=Preferences(
                schedule=schedule,
                filter=chosen,
                language=self.language,
                length=self.length,
                alerts=self.alerts,
                quiet=self.quiet,
                tell_when_empty=self.tell_when_empty,
            ),
            active=self.active is not False,
            gone=self.gone,
        )


def written(subscriber: Subscriber) -> dict[str, Any]:
    """A subscriber as `import` reads it."""
    chosen, preferences = subscriber.preferences.filter, subscriber.preferences
    return {
        "platform": subscriber.recipient.platform,
        "id": subscriber.recipient.id,
        **({"thread": subscriber.recipient.thread} if subscriber.recipient.thread else {}),
        "schedule": dataclasses.asdict(preferences.schedule),
        **dataclasses.asdict(chosen),
        "language": preferences.language,
        "length": preferences.length,
        "alerts": preferences.alerts,
        "quiet": preferences.quiet,
        "tell_when_empty": preferences.tell_when_empty,
        "active": subscriber.active,
        "gone": subscriber.gone,
    }


@dataclasses.dataclass
class Tally:
    """What became of the lines of an import."""

    good: int = 0
    bad: int = 0
    changed: int = 0


def _read(lines: IO[bytes], tally: Tally, read: Callable[[int], None]) -> Iterator[Line]:
    for number, raw in enumerate(lines, 1):
        read(len(raw))
        if not raw.strip():
            continue
        try:
            yield Line.model_validate(orjson.loads(raw))
            tally.good += 1
        except (orjson.JSONDecodeError, ValidationError) as error:
            tally.bad += 1
            if tally.bad <= COMPLAINTS:
                click.echo(f"vestnik: line {number}: {_why(error)}", err=True)


def _why(error: orjson.JSONDecodeError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc']) or 'the line'}: {first['msg'].removeprefix('Value error, ')}"
    return "it is no JSON"


async def _import(settings: Settings, lines: IO[bytes], tally: Tally, read: Callable[[int], None]) -> None:
    async with open_store(settings) as store:
        known: list[Subscriber] = []
        stated: list[Subscriber] = []
        for line in _read(lines, tally, read):
            (known if line.active is None else stated).append(line.subscriber(settings.timezone))
            if len(known) + len(stated) == _CHUNK:
                tally.changed += await store.subscribers.put_many(known, keep_state=True) + await store.subscribers.put_many(stated)
                known, stated = [], []
        tally.changed += await store.subscribers.put_many(known, keep_state=True) + await store.subscribers.put_many(stated)


@click.group()
def subscribers() -> None:
    """Who gets the digests."""


@subscribers.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="The counts as JSON.")
def import_(file: IO[bytes], as_json: bool) -> None:
    """Reads subscribers from FILE (`-`: standard input), JSON Lines; may be repeated.

    A bad line is reported with its number and the rest go on. Whoever has unsubscribed stays so unless the line says "active": true.

    \b
    Examples:
      vestnik subscribers import people.jsonl
      vestnik subscribers export | ssh other vestnik subscribers import -
    """
    tally = Tally()
    size = file.seek(0, 2) if file.seekable() else None
    if size is not None:
        file.seek(0)
    console = Console(stderr=True)
    columns: tuple[ProgressColumn, ...] = (
        TextColumn("Importing"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=size)
        asyncio.run(_import(read_settings(), file, tally, lambda more: bar.advance(task, more)))
    if tally.bad > COMPLAINTS:
        click.echo(f"vestnik: {tally.bad - COMPLAINTS} more lines could not be read", err=True)
    if tally.bad and not tally.good:
        raise BadInput(f"none of the {tally.bad} lines could be read")
    counts = {"read": tally.good, "changed": tally.changed, "bad": tally.bad}
    click.echo(json.dumps(counts) if as_json else f"{tally.good} read, {tally.changed} new or changed, {tally.bad} bad")


@subscribers.command("export")
def export_() -> None:
    """Writes all subscribers to standard output, JSON Lines that `import` reads."""
    asyncio.run(_export(read_settings(), sys.stdout.buffer))


async def _export(settings: Settings, out: IO[bytes]) -> None:
    async with open_store(settings) as store:
        async for subscriber in store.subscribers.each():
            out.write(orjson.dumps(written(subscriber), option=orjson.OPT_APPEND_NEWLINE))
    out.flush()


@subscribers.command()
@click.option("--json", "as_json", is_flag=True, help="The counts as JSON.")
def count(as_json: bool) -> None:
    """Says how many there are, by platform: active, unsubscribed, and refused by the platform."""
    counts = asyncio.run(_count(read_settings()))
    if as_json:
        click.echo(json.dumps(counts))
        return
    click.echo(f"total: {counts.pop('total')}, audiences: {counts.pop('audiences')}")
    for platform, states in counts.items():
        click.echo(f"{platform}: " + ", ".join(f"{state} {number}" for state, number in states.items()))


async def _count(settings: Settings) -> dict[str, Any]:
    async with open_store(settings) as store:
        found = await store.subscribers.count()
        audiences = sum([1 async for _ in store.subscribers.audiences()])
    states = {
        platform.value: {"active": found.active[platform], "inactive": found.inactive[platform], "gone": found.gone[platform]}
        for platform in Platform
    }
    return {"total": found.total, "audiences": audiences, **states}


COMMANDS = (subscribers,)
