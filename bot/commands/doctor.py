"""`vestnik doctor`: looks at everything the bot needs, and says what to do about what is wrong."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict

import click

from bot.errors import BotError
from bot.settings import read_settings

_MARKS = {"ok": "✓", "warning": "!", "failed": "✗", "skipped": "·"}


class Unwell(BotError):
    """Something the bot needs does not work."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@click.option("--requeue", is_flag=True, help="Queue the mailings again that were given up.")
def doctor(as_json: bool, requeue: bool) -> None:
    """Checks tokens and rights, webhooks, port and links, proxies, store, disk, clock, queues and sources; says what to do about each.

    Exit status 1 if something does not work.

    \b
    Examples:
      vestnik doctor
      vestnik doctor --requeue      once the cause of dead letters is removed
    """
    from bot.doctor import examine  # the clients of everything: not for --help

    findings = asyncio.run(examine(read_settings(), requeue=requeue))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            click.echo(f"{_MARKS[one.status]} {one.check}: {one.says}" + (f"\n    → {one.todo}" if one.todo else ""))
    if failed := [one.check for one in findings if one.status == "failed"]:
        raise Unwell(f"does not work: {', '.join(failed)}")


COMMANDS = (doctor,)
