"""A copy of everything in the store, taken while it is in use, and put back into an empty one."""

from __future__ import annotations

import re
import struct
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from redis.exceptions import ResponseError

from bot.errors import BadInput
from bot.store import keys

MAGIC: Final = b"vestnik backup 1\n"
_HEAD: Final = struct.Struct(">IqI")
"""Bytes of the key, time left in ms (0: for ever), bytes of the value; then key, value and a checksum of both."""
_SUM: Final = struct.Struct(">I")
_BATCH: Final = 200
_BIGGEST: Final = 2**29
"""Bytes that a key or a value may have: the server's own limit for a string."""
OURS: Final = ("vestnik:", "{pacer:", "{outbox:", "{edition:", "{agenda}", "audience:{")
"""What our keys begin with; a shared server may hold others."""
_TAG: Final = re.compile(rb"\{([^}]+)\}")
_STORY: Final = re.compile(r"vestnik:\{t:([^}]+)\}")
_EDITION: Final = re.compile(r"\{edition:([^}]+)\}")
_LISTS: Final = (b"{agenda}", b"audience:{", b"vestnik:{stories}")
_QUEUES: Final = (b"vestnik:{audiences}", b"{outbox:", b"vestnik:{a:", b"vestnik:{u:", b"vestnik:{x:")
_RECORDS: Final = (b"{edition:", b"vestnik:{t:", b"vestnik:{w:", b"vestnik:{k:", b"vestnik:{v:", b"vestnik:{th:")
_SIBLINGS: Final = (keys.EDITION, keys.EDITION_BATCHES, keys.EDITION_STATES, keys.EDITION_OWNERS, keys.EDITION_REASONS, keys.EDITION_POSTS)

Progress = Callable[[int], None]


class Writes(Protocol):
    """What a copy is written to."""

    def write(self, data: bytes, /) -> object: ...


class Reads(Protocol):
    """What a copy is read from."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One key as the server serialises it. `left` is in milliseconds, 0 for ever."""

    key: bytes
    left: int
    value: bytes


@dataclass(slots=True)
class Restored:
    """What was put back: how many keys, and the names of what `repair` looks after."""

    keys: int = 0
    stories: list[str] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)


# ── taking it ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def dump(client: Any, file: Writes, progress: Progress = lambda _: None) -> int:
    """Writes every key of ours; returns how many. The server goes on working.

    Keys that share a hash tag are what one step of the program changes: they are read at one moment. Lists are read before what they
    list, queues before what is queued, so that whatever changes meanwhile is at worst listed too little, never promised and absent;
    `repair` lists it when the copy is put back. What is there from the beginning to the end is in the copy.
    """
    file.write(MAGIC)
    number = 0
    async for entry in _entries(client):
        file.write(_HEAD.pack(len(entry.key), entry.left, len(entry.value)))
        file.write(entry.key + entry.value + _SUM.pack(zlib.crc32(entry.key + entry.value)))
        number += 1
        progress(number)
    file.write(_HEAD.pack(0, number, 0))
    return number


async def _entries(client: Any) -> AsyncIterator[Entry]:
    groups: defaultdict[bytes, set[bytes]] = defaultdict(set)
    async for key in client.scan_iter(count=500):
        if _is_ours(key):
            found = _TAG.search(key)
            groups[found[1] if found else key].add(key)
    single: list[bytes] = []
    for group in sorted(groups.values(), key=_turn):
        if len(group) == 1 and not next(iter(group)).startswith(b"{edition:"):
            single += group
            if len(single) < _BATCH:
                continue
            together = False
        else:
            for entry in await _read(client, single):
                yield entry
            single, together = sorted(group | _siblings(group)), True
        for entry in await _read(client, single, together=together):
            yield entry
        single = []
    for entry in await _read(client, single):
        yield entry


def _turn(group: set[bytes]) -> int:
    """When a group is read: lists, then queues and articles, then editions and stories."""
    key = next(iter(group))
    return next((turn for turn, names in ((1, _LISTS), (2, _QUEUES), (3, _RECORDS)) if key.startswith(names)), 0)


def _siblings(group: set[bytes]) -> set[bytes]:
    """What an edition may have been given since its keys were looked for."""
    found = _EDITION.match(next(iter(group)).decode(errors="replace"))
    return {key(found[1]).encode() for key in _SIBLINGS} if found else set()


def _is_ours(key: bytes) -> bool:
    return key.decode(errors="replace").startswith(OURS)


async def _read(client: Any, batch: Sequence[bytes], *, together: bool = False) -> list[Entry]:
    """The keys of a batch as they stand; `together` reads them at one moment: they share a hash tag."""
    if not batch:
        return []
    pipe = client.pipeline(transaction=together)
    for key in batch:
        pipe.pttl(key)
        pipe.dump(key)
    answers = await pipe.execute()
    found = zip(batch, answers[::2], answers[1::2], strict=True)
    return [Entry(key, max(0, left), value) for key, left, value in found if value is not None and left != -2]


# ── putting it back ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Checked:
    """A copy that is whole: how many keys it holds, and the number of its shape as the server serialises it."""

    keys: int
    shape: bytes


def check(file: Reads, progress: Progress = lambda _: None) -> Checked:
    """Reads a copy to its end. Raises BadInput if it is damaged, cut short, or holds what is not ours."""
    number, shape = 0, b""
    for number, entry in enumerate(_parts(file), 1):
        if not _is_ours(entry.key):
            raise BadInput(f"this is no backup of Vestnik: it holds a key {entry.key[:40].decode(errors='replace')!r}")
        if entry.key.decode() == keys.SCHEMA():
            shape = entry.value
        progress(number)
    if not shape:
        raise BadInput("this is no whole backup: it does not say which shape its data have")
    return Checked(number, shape)


def _parts(file: Reads) -> Iterator[Entry]:
    if file.read(len(MAGIC)) != MAGIC:
        raise BadInput("this is no backup of Vestnik")
    number = 0
    while True:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise BadInput(f"the backup is cut short after {number} keys")
        size, left, length = _HEAD.unpack(head)
        if size == 0:
            if left != number:
                raise BadInput(f"the backup holds {number} keys and says {left}")
            if file.read(1):  # to the very end: what packs it has a checksum there
                raise BadInput("something follows the end of the backup")
            return
        if max(size, length) > _BIGGEST or left < 0:
            raise BadInput(f"the backup is damaged at key {number + 1}")
        body = file.read(size + length)
        checksum = file.read(_SUM.size)
        if len(body) < size + length or len(checksum) < _SUM.size:
            raise BadInput(f"the backup is cut short after {number} keys")
        if _SUM.unpack(checksum)[0] != zlib.crc32(body):
            raise BadInput(f"the backup is damaged at key {number + 1}")
        number += 1
        yield Entry(body[:size], left, body[size:])


async def is_empty(client: Any) -> bool:
    """Whether the store holds nothing but the number of its shape."""
    async for key in _own(client):
        if key.decode() != keys.SCHEMA():
            return False
    return True


async def shape_of(client: Any, checked: Checked) -> int:
    """The number of the shape that a copy's data have. Raises BadInput if this server cannot read what the copy's server wrote."""
    probe = keys.SCHEMA_PROBE()
    try:
        await client.restore(probe, 60_000, checked.shape, replace=True)
        return int(await client.get(probe) or 0)
    except (ResponseError, ValueError) as error:
        raise BadInput(f"this server cannot read what the backup's wrote; restore into one as new as that was: {error}") from error
    finally:
        await client.delete(probe)


async def empty(client: Any) -> None:
    """Takes everything of ours away."""
    batch: list[bytes] = []
    async for key in _own(client):
        if key.decode() != keys.RESTORING():
            batch.append(key)
        if len(batch) == _BATCH:
            await _unlink(client, batch)
            batch = []
    await _unlink(client, batch)


async def _unlink(client: Any, batch: Sequence[bytes]) -> None:
    if batch:
        pipe = client.pipeline(transaction=False)
        for key in batch:
            pipe.execute_command("UNLINK", key)  # the library's own method of that name does nothing in a cluster's pipeline
        await pipe.execute()


async def _own(client: Any) -> AsyncIterator[bytes]:
    async for key in client.scan_iter(count=1000):
        if _is_ours(key):
            yield key


async def restore(client: Any, file: Reads, progress: Progress = lambda _: None) -> Restored:
    """Puts a copy back, in place of the keys of the same names; may be repeated. Raises BadInput."""
    done, batch = Restored(), 0
    pipe = client.pipeline(transaction=False)
    for entry in _parts(file):
        pipe.restore(entry.key, entry.left, entry.value, replace=True)
        done.keys, batch = done.keys + 1, batch + 1
        name = entry.key.decode(errors="replace")
        if found := _STORY.fullmatch(name):
            done.stories.append(found[1])
        elif found := _EDITION.fullmatch(name):
            done.editions.append(found[1])
        if batch == _BATCH:
            await pipe.execute()
            pipe, batch = client.pipeline(transaction=False), 0
            progress(done.keys)
    if batch:
        await pipe.execute()
    progress(done.keys)
    return done
