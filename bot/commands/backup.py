"""`vestnik backup` and `vestnik restore`: everything in the store in one file, and back."""

from __future__ import annotations

import asyncio
import gzip
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Final

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.errors import BadInput
from bot.settings import read_settings
from bot.store import copy, keys, open_store, repair, schema

_PIPE: Final = Path("-")


def _bar() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:.0f} keys"), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Writes everything in the store to FILE (- is a pipe), while the bot goes on working.

    The file holds who is subscribed: it is readable by its owner alone. It appears under its name when it is whole.

    \b
    Examples:
      vestnik backup vestnik-$(date +%F).backup
      docker compose run --rm -T scheduler backup - > vestnik.backup
    """
    if file == _PIPE and sys.stdout.isatty():
        raise BadInput("a backup is not for a terminal: send it to a file, vestnik backup - > FILE")
    number = asyncio.run(_backup(file))
    click.echo(f"{number} keys written to {'the pipe' if file == _PIPE else file}", err=file == _PIPE)


async def _backup(file: Path) -> int:
    async with open_store(read_settings()) as store:
        try:
            with _target(file) as raw, gzip.open(raw, "wb", compresslevel=3) as packed, _bar() as bar:
                task = bar.add_task("Writing")
                return await copy.dump(store.client, packed, lambda done: bar.update(task, completed=done))
        except BrokenPipeError:
            raise
        except OSError as error:
            raise BadInput(f"{file} cannot be written: {error.strerror or error}") from error


@contextmanager
def _target(file: Path) -> Iterator[IO[bytes]]:
    """The pipe, or a file that appears under its name once it is whole and on the disk, and leaves nothing behind if it never is."""
    if file == _PIPE:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = file.with_name(file.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True))
@click.option("--force", is_flag=True, help="Into a store that holds something: all of it is replaced.")
def restore(file: Path, force: bool) -> None:
    """Puts what `vestnik backup` wrote into an empty store. Stop the bot first.

    The file is checked to its end before anything is written; - is a pipe.

    \b
    Examples:
      vestnik restore vestnik-2026-02-10.backup
      docker compose run --rm -T scheduler restore - < vestnik.backup
    """
    click.echo(f"{asyncio.run(_restore(file, force=force))} keys restored from {'the pipe' if file == _PIPE else file}")


async def _restore(file: Path, *, force: bool) -> int:
    with _source(file) as raw:
        with _unpacked(raw, file) as packed, _bar() as bar:
            task = bar.add_task("Checking")
            checked = copy.check(packed, lambda done: bar.update(task, completed=done))
        async with open_store(read_settings(), migrated=False) as store:
            client = store.client
            if not force and not await copy.is_empty(client):
                raise BadInput("the store is not empty; --force replaces all that it holds")
            if (shape := await copy.shape_of(client, checked)) > schema.CURRENT:
                raise BadInput(f"a newer version wrote this backup (shape {shape}, this one knows {schema.CURRENT}); upgrade the program")
            # from here on until the end the store opens for nobody else: half of a backup looks like a whole store
            await client.set(keys.RESTORING(), file.name)
            await copy.empty(client)
            with _unpacked(raw, file) as packed, _bar() as bar:
                task = bar.add_task("Restoring")
                done = await copy.restore(client, packed, lambda number: bar.update(task, completed=number))
            await repair.settle_subscribers(client)
            await repair.settle_stories(client, done.stories)
            await repair.settle_editions(client, done.editions)
            await client.delete(keys.RESTORING())
            await schema.migrate(client)
    return done.keys


@contextmanager
def _source(file: Path) -> Iterator[BinaryIO]:
    """A file that can be read twice: a pipe is laid aside first, readable by nobody else."""
    if file != _PIPE:
        with file.open("rb") as raw:
            yield raw
        return
    with tempfile.TemporaryFile() as aside:
        shutil.copyfileobj(sys.stdin.buffer, aside)
        yield aside


@contextmanager
def _unpacked(raw: BinaryIO, file: Path) -> Iterator[gzip.GzipFile]:
    raw.seek(0)
    try:
        with gzip.open(raw, "rb") as packed:
            yield packed
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BadInput(f"{'this' if file == _PIPE else file} is no backup, or is cut short: {error}") from error


COMMANDS = (backup, restore)
