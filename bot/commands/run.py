"""`vestnik run` and `vestnik collect`: the bot itself, or one round of its collector."""

from __future__ import annotations

import asyncio
import json

import click

from bot.errors import ConfigurationError
from bot.logs import configure_logs
from bot.settings import Settings, read_settings


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """What must never stand in a log."""
    kept = (
        settings.telegram_token,
        settings.telegram_webhook_secret,
        settings.vk_token,
        settings.vk_callback_secret,
        settings.llm_key,
    )
    return tuple(secret.get_secret_value() for secret in kept if secret is not None)


def logged_settings() -> Settings:
    """The settings, once the logs are set up by them. Raises ConfigurationError."""
    settings = read_settings()
    configure_logs(style=settings.log_format, level=settings.log_level, secrets=secrets_of(settings))
    return settings


@click.command()
@click.option("--only", default="", metavar="ROLE,…", help="telegram, vk, collector, scheduler, sender, web; by default all configured.")
@click.option("--or-demo", is_flag=True, help="Without any token, open the demonstration.")
@click.pass_context
def run(context: click.Context, only: str, or_demo: bool) -> None:
    """Runs the bot until SIGTERM or Ctrl-C, then finishes what is in flight.

    \b
    Examples:
      vestnik run
      vestnik run --only telegram,web
      vestnik run --only sender        one more process to send mailings
    """
    from bot import app  # the SDKs: not for --help

    settings = logged_settings()
    try:
        roles = app.chosen(settings, [part.strip() for part in only.split(",") if part.strip()])
    except ConfigurationError:
        if or_demo and settings.telegram_token is None and settings.vk_token is None:
            from bot.commands.demo import demo

            context.invoke(demo)
            return
        raise
    asyncio.run(app.run(settings, roles))


async def _collect(settings: Settings) -> dict[str, object]:
    from bot.parts import open_parts

    async with open_parts(settings) as parts:
        report = await parts.collector.once()
        return {"polled": report.polled, "new": report.new, "stories": await parts.store.stories.count(), "failed": dict(report.failed)}


@click.command()
@click.option("--once", is_flag=True, required=True, help="Poll every source once, then end.")
@click.option("--json", "as_json", is_flag=True)
def collect(once: bool, as_json: bool) -> None:
    """Polls every source once, analyses what is new, prints counts and failing sources.

    \b
    Examples:
      vestnik collect --once
      VESTNIK_SOURCES=mine.toml vestnik collect --once --json
    """
    counts = asyncio.run(_collect(logged_settings()))
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
        return
    failed = counts.pop("failed")
    click.echo(" · ".join(f"{name}: {value}" for name, value in counts.items()))
    assert isinstance(failed, dict)  # noqa: S101 - of our own making
    for source, reason in sorted(failed.items()):
        click.echo(f"  {source}: {reason}", err=True)


COMMANDS = [run, collect]
