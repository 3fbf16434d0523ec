"""`vestnik backup` and `vestnik restore`: everything in the store in one file, and back."""

from __future__ import annotations

import asyncio
import gzip
import os
import zlib
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.errors import BadInput
from bot.settings import read_settings
from bot.store import copy, open_store, repair, schema


def _bar() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:.0f} keys"), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Writes everything in the store to FILE, while the bot goes on working.

    The file holds who is subscribed: it is readable by its owner alone. It appears under its name when it is whole.

    \b
    Example:
      vestnik backup vestnik-$(date +%F).backup
    """
    click.echo(f"{asyncio.run(_backup(file))} keys written to {file}")


async def _backup(file: Path) -> int:
    part = file.with_name(file.name + ".part")
    async with open_store(read_settings()) as store:
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as raw:
                with gzip.open(raw, "wb", compresslevel=3) as packed, _bar() as bar:
                    task = bar.add_task("Writing")
                    number = await copy.dump(store.client, packed, lambda done: bar.update(task, completed=done))
                raw.flush()
                os.fsync(raw.fileno())
            part.replace(file)
        except OSError as error:
            raise BadInput(f"{file} cannot be written: {error.strerror}") from error
    return number


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Into a store that holds something: keys of the same names are replaced, others stay.")
def restore(file: Path, force: bool) -> None:
    """Puts what `vestnik backup` wrote into an empty store. Stop the bot first.

    The file is checked to its end before anything is written.

    \b
    Example:
      vestnik restore vestnik-2026-02-10.backup
    """
    click.echo(f"{asyncio.run(_restore(file, force=force))} keys restored from {file}")


async def _restore(file: Path, *, force: bool) -> int:
    try:
        with gzip.open(file, "rb") as packed, _bar() as bar:
            task = bar.add_task("Checking")
            copy.check(packed, lambda done: bar.update(task, completed=done))
        async with open_store(read_settings()) as store:
            if not force and not await copy.is_empty(store.client):
                raise BadInput("the store is not empty; use --force to restore into it all the same")
            with gzip.open(file, "rb") as packed, _bar() as bar:
                task = bar.add_task("Restoring")
                number = await copy.restore(store.client, packed, lambda done: bar.update(task, completed=done))
            await repair.settle_subscribers(store.client)
            await schema.migrate(store.client)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BadInput(f"{file} is no backup, or is cut short: {error}") from error
    return number


COMMANDS = (backup, restore)
