"""Waiting for something or for the end, whichever comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def until(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What the work gives, or None if `stop` came first: then the work is cancelled. What the work raises is raised."""

    async def run() -> T:
        return await work

    async with asyncio.TaskGroup() as group:
        stopping = group.create_task(stop.wait())
        working = group.create_task(_caught(run()))
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        working.cancel()
    if working.cancelled():
        return None
    result, error = working.result()
    if error is not None:
        raise error
    return result


async def _caught(work: Awaitable[T]) -> tuple[T | None, Exception | None]:
    """The result or the error as a value: a task group would wrap the error in a group of its own."""
    try:
        return await work, None
    except Exception as error:
        return None, error
