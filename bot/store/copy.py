"""A copy of everything in the store, taken while it is in use, and put back into an empty one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bot.errors import BadInput
from bot.store import keys

MAGIC: Final = b"vestnik backup 1\n"
_HEAD: Final = struct.Struct(">IqI")
"""Bytes of the key, time left in ms (0: for ever), bytes of the value; then key, value and a checksum of both."""
_SUM: Final = struct.Struct(">I")
_BATCH: Final = 200
FOREIGN: Final = ("vestnik:", "{pacer:", "{outbox:", "{edition:", "{agenda}", "audience:{")
"""What our keys begin with; a shared server may hold others."""

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


async def dump(client: Any, file: Writes, progress: Progress = lambda _: None) -> int:
    """Writes every key of ours; returns how many.

    The server goes on working: a key is written as it stands when its turn comes, and what is there from the beginning to
    the end is in the copy. What belongs together (a subscriber and the membership in an audience) is settled by `repair`.
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
    batch: list[bytes] = []
    seen: set[bytes] = set()
    async for key in client.scan_iter(count=500):
        if key.decode(errors="replace").startswith(FOREIGN) and key not in seen:
            seen.add(key)
            batch.append(key)
            if len(batch) == _BATCH:
                for entry in await _read(client, batch):
                    yield entry
                batch = []
    for entry in await _read(client, batch):
        yield entry


async def _read(client: Any, batch: list[bytes]) -> list[Entry]:
    pipe = client.pipeline(transaction=False)
    for key in batch:
        pipe.pttl(key)
        pipe.dump(key)
    answers = await pipe.execute() if batch else []
    found = zip(batch, answers[::2], answers[1::2], strict=True)
    return [Entry(key, max(0, left), value) for key, left, value in found if value is not None and left != -2]


def check(file: Reads, progress: Progress = lambda _: None) -> int:
    """Reads a copy to its end and returns how many keys it holds. Raises BadInput if it is damaged or cut short."""
    number = 0
    for number, _ in enumerate(_parts(file), 1):
        progress(number)
    return number


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
            return
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
    async for key in client.scan_iter(count=100):
        if key.decode(errors="replace").startswith(FOREIGN) and key.decode() != keys.SCHEMA():
            return False
    return True


async def restore(client: Any, file: Reads, progress: Progress = lambda _: None) -> int:
    """Puts a copy back, in place of the keys of the same names; may be repeated. Returns how many keys. Raises BadInput."""
    number, batch = 0, 0
    pipe = client.pipeline(transaction=False)
    for entry in _parts(file):
        pipe.restore(entry.key, entry.left, entry.value, replace=True)
        number, batch = number + 1, batch + 1
        if batch == _BATCH:
            await pipe.execute()
            pipe, batch = client.pipeline(transaction=False), 0
            progress(number)
    if batch:
        await pipe.execute()
    progress(number)
    return number
