"""`vestnik sources`: lists, checks, tries and edits the sources."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.errors import BadInput, BotError
from bot.settings import Settings, read_settings

if TYPE_CHECKING:  # trafilatura and the rest are not loaded for --help
    from bot.collect.check import Finding
    from bot.collect.sources import SourceSpec


class ChecksFailed(BotError):
    """Some sources do not work."""


@click.group()
def sources() -> None:
    """The feeds, pages and channels that are polled.

    \b
    Examples:
      vestnik sources list
      vestnik sources check                 fetch each once and say what to do
      vestnik sources try interfax          what would be taken from it, and why not
      vestnik sources export > sources.opml
    """


@sources.command("list")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON a source.")
def list_sources(as_json: bool) -> None:
    """Lists the sources and their settings."""
    from bot.collect.sources import format_duration

    specs = _load(read_settings())
    if as_json:
        for spec in specs:
            click.echo(json.dumps(_as_json(spec), ensure_ascii=False))
        return
    table = Table("id", "name", "kind", "every", "official", "state", "address")
    for spec in specs:
        state = "on" if spec.enabled else f"off: {spec.reason or 'paused'}"
        table.add_row(spec.id, spec.name, spec.kind, format_duration(spec.interval), "yes" if spec.official else "", state, spec.url)
    _console().print(table)
    click.echo(f"{len(specs)} sources, {sum(spec.enabled for spec in specs)} of them on")


@sources.command()
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Those that are off, too.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON a source.")
def check(ids: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Fetches each source once: status, items, newest, encoding, time, and what to do. Exit 1 if one does not work."""
    specs = [spec for spec in _load(read_settings()) if (spec.id in ids if ids else spec.enabled or everything)]
    _know(ids, specs)
    findings = asyncio.run(_check(specs, quiet=as_json))
    if as_json:
        for finding in findings:
            click.echo(json.dumps(_finding(finding), ensure_ascii=False))
    else:
        _console().print(_table(findings))
    broken = [finding.source_id for finding in findings if finding.status not in {"ok", "moved"}]
    if broken:
        raise ChecksFailed(
            f"{len(broken)} of {len(findings)} sources do not work: {', '.join(broken[:10])}{'…' if len(broken) > 10 else ''}"
        )


@sources.command("try")
@click.argument("target", metavar="ID|URL")
@click.option("--kind", type=click.Choice(["rss", "page", "telegram", "sitemap"]), default="rss", show_default=True, help="Of an address.")
@click.option("--selector", default="", help="CSS, for kind page.")
@click.option("--pages", type=click.IntRange(0, 50), default=3, show_default=True, help="How many pages to read.")
@click.option("--json", "as_json", is_flag=True)
def try_source(target: str, kind: str, selector: str, pages: int, as_json: bool) -> None:
    """A dry run: shows what would be taken from a source and why not. Nothing is kept."""
    from bot.collect.sources import read_table

    if "://" in target:
        spec = read_table({"source": [{"id": "tried", "name": target, "url": target, "kind": kind, "selector": selector}]}, target)[0]
    else:
        spec = _one(target)
    rows = asyncio.run(_try(spec, pages))
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    table = Table("published", "title", "would be taken", "text", "why not", title=spec.name)
    for row in rows:
        table.add_row(row["published"] or "", row["title"], row["taken"], str(row["length"] or ""), row["reason"])
    _console().print(table)


@sources.command("export")
@click.option("--format", "form", type=click.Choice(["opml", "toml"]), default="opml", show_default=True)
def export(form: str) -> None:
    """Prints the sources as OPML or TOML."""
    from bot.collect.opml import to_opml, to_toml

    specs = _load(read_settings())
    click.echo(to_opml(specs) if form == "opml" else to_toml(specs), nl=False)


@sources.command("import")
@click.argument("file", type=click.File("rb"))
def import_sources(file: Any) -> None:
    """Adds the sources of an OPML file to the file that VESTNIK_SOURCES names."""
    from bot.collect.opml import from_opml, to_toml

    path = _own_file(read_settings())
    known = _load_file(path)
    addresses = {spec.url for spec in known}
    found, refused = from_opml(file.read(5_000_001)[:5_000_000], taken=[spec.id for spec in known])
    new = [spec for spec in found if spec.url not in addresses]
    _append(path, to_toml(new))
    for line in refused:
        click.echo(f"left out: {line}", err=True)
    click.echo(f"{len(new)} added, {len(found) - len(new)} known already, {len(refused)} left out")


@sources.command()
@click.argument("url")
@click.option("--name", required=True)
@click.option("--id", "id_", default="", help="Made of the name by default.")
@click.option("--kind", type=click.Choice(["rss", "page", "telegram", "sitemap"]), default="rss", show_default=True)
@click.option("--selector", default="", help="CSS, for kind page.")
@click.option("--official", is_flag=True, help="It is an authority's own.")
@click.option("--language", default="ru", show_default=True)
@click.option("--interval", default="10m", show_default=True)
def add(url: str, name: str, id_: str, **options: Any) -> None:
    """Adds a source to the file that VESTNIK_SOURCES names."""
    from bot.collect.opml import free_id, to_toml
    from bot.collect.sources import read_table

    path = _own_file(read_settings())
    known = _load_file(path)
    entry = {"id": id_ or free_id(name, [spec.id for spec in known]), "name": name, "url": url, "checked": False, **options}
    spec = read_table({"source": [entry]}, "the new source")[0]
    if any(spec.id == other.id for other in known):
        raise BadInput(f"there is a source {spec.id} already")
    _append(path, to_toml([spec]))
    click.echo(f"{spec.id} added; `vestnik sources try {spec.id}` shows what it gives")


@sources.command()
@click.argument("id_", metavar="ID")
@click.option("--reason", default="", help="Shown in the list.")
def pause(id_: str, reason: str) -> None:
    """Stops polling a source."""
    _switch(id_, on=False, reason=reason)


@sources.command()
@click.argument("id_", metavar="ID")
def resume(id_: str) -> None:
    """Polls a source again."""
    _switch(id_, on=True, reason="")


def _load(settings: Settings) -> tuple[SourceSpec, ...]:
    from bot.collect.sources import load_sources

    return load_sources(settings.sources)


def _load_file(path: Path) -> tuple[SourceSpec, ...]:
    from bot.collect.sources import load_sources

    return load_sources(path) if path.exists() else ()


def _one(id_: str) -> SourceSpec:
    specs = _load(read_settings())
    _know((id_,), specs)
    return next(spec for spec in specs if spec.id == id_)


def _know(ids: tuple[str, ...], specs: Any) -> None:
    unknown = sorted(set(ids) - {spec.id for spec in specs})
    if unknown:
        raise BadInput(f"there is no source {unknown[0]!r}; `vestnik sources list` shows all")


def _own_file(settings: Settings) -> Path:
    if settings.sources is None:
        raise BadInput("the packaged list is not edited: `vestnik sources export --format toml > my.toml` and set VESTNIK_SOURCES=my.toml")
    return settings.sources


def _append(path: Path, text: str) -> None:
    old = path.read_text("utf-8") if path.exists() else ""
    _write(path, f"{old.rstrip()}\n\n{text}".lstrip() if text else old)


def _write(path: Path, text: str) -> None:
    """Replaces the file in one step, so that a running collector never reads half of it."""
    draft = path.with_name(path.name + ".new")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from None


def _switch(id_: str, *, on: bool, reason: str) -> None:
    """Changes the entry's own lines alone; comments and order of the file stay."""
    path = _own_file(read_settings())
    _know((id_,), _load_file(path))
    blocks = re.split(r"(?m)^(?=\s*\[\[source\]\])", path.read_text("utf-8"))
    for number, block in enumerate(blocks):
        if re.search(rf"(?m)^\s*id\s*=\s*[\"']{re.escape(id_)}[\"']\s*(#.*)?$", block):
            kept = re.sub(r"(?m)^\s*(enabled|reason)\s*=.*\n?", "", block)
            lines = "" if on else "enabled = false\n" + (f"reason = {json.dumps(reason, ensure_ascii=False)}\n" if reason else "")
            blocks[number] = re.sub(r"(?m)^(?=\s*id\s*=)", lines.replace("\\", r"\\"), kept, count=1)
    _write(path, "".join(blocks))
    click.echo(f"{id_} is {'on' if on else 'off'}")


async def _check(specs: list[SourceSpec], *, quiet: bool) -> list[Finding]:
    from bot.clock import SystemClock
    from bot.collect.check import check_sources
    from bot.collect.fetch import Fetcher

    with Progress(console=Console(stderr=True), transient=True, disable=quiet or not sys.stderr.isatty()) as progress:
        bar = progress.add_task("checking", total=len(specs))
        async with Fetcher(read_settings()) as fetcher:
            return await check_sources(fetcher, specs, SystemClock(), done=lambda _: progress.advance(bar))


async def _try(spec: SourceSpec, pages: int) -> list[dict[str, Any]]:
    from bot.analyse import Analyst
    from bot.clock import SystemClock
    from bot.collect.check import check_source
    from bot.collect.fetch import Fetcher
    from bot.collect.intake import is_news
    from bot.collect.politeness import Politeness
    from bot.collect.reading import Reader

    clock = SystemClock()
    rows: list[dict[str, Any]] = []
    unread: dict[str, str] = {}
    async with Fetcher(read_settings()) as fetcher:
        finding = await check_source(fetcher, spec, clock)
        if finding.error:
            raise ChecksFailed(f"{finding.error}; {finding.advice}")
        reader = Reader(fetcher, Politeness(fetcher, clock), clock, unread=lambda item, error: unread.update({item.url: str(error)}))
        analyst = Analyst() if pages and finding.found else None
        for number, item in enumerate(finding.found):
            row = {
                "url": item.url,
                "title": item.title,
                "published": item.published and f"{item.published:%Y-%m-%d %H:%M}",
                "length": 0,
                "reason": "",
            }
            if analyst is None or number >= pages:
                rows.append(row | {"taken": "not tried"})
                continue
            if not is_news(item, clock.now()):
                rows.append(row | {"taken": "no", "reason": "it is older than 30 days: an archive, not news"})
                continue
            try:
                article = await reader.read(item, spec)
                taken, reason = "teaser" if article.teaser_only else "page", unread.get(item.url, "")
                if not (await asyncio.to_thread(analyst.read, article)).relevant:
                    taken, reason = "no", "it is not about rules for messengers"
                rows.append(row | {"taken": taken, "length": len(article.text), "reason": reason})
            except BotError as error:
                rows.append(row | {"taken": "no", "reason": str(error)})
    return rows


def _table(findings: list[Finding]) -> Table:
    table = Table("id", "status", "items", "newest", "encoding", "time", "what to do")
    for finding in findings:
        newest = f"{finding.newest:%Y-%m-%d %H:%M}" if finding.newest else ""
        advice = f"{finding.error}; {finding.advice}" if finding.error else finding.advice
        style = "" if finding.status == "ok" else "yellow" if finding.status in {"moved", "empty"} else "red"
        table.add_row(
            finding.source_id, finding.status, str(finding.items), newest, finding.encoding, f"{finding.seconds:.1f} s", advice, style=style
        )
    return table


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.source_id,
        "status": finding.status,
        "items": finding.items,
        "newest": finding.newest.isoformat() if finding.newest else None,
        "encoding": finding.encoding,
        "seconds": round(finding.seconds, 3),
        "error": finding.error,
        "advice": finding.advice,
    }


def _as_json(spec: SourceSpec) -> dict[str, object]:
    from dataclasses import asdict

    from bot.collect.sources import format_duration

    return asdict(spec) | {"interval": format_duration(spec.interval)}


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 200)


COMMANDS = [sources]
