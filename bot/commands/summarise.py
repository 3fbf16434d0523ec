"""`vestnik summarise`: what one page, file or text says."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import click

from bot import digest
from bot.commands.analyse import answer
from bot.digest.render import text
from bot.errors import BadInput
from bot.locales import words
from bot.model import Article
from bot.settings import read_settings


async def _page(url: str) -> Article:
    from bot.collect import Fetcher, read_page

    async with Fetcher(read_settings()) as fetcher:
        return await read_page(fetcher, url)


def _article(target: str) -> Article:
    """The article at an address, in a file, or on stdin. Raises BadInput, SourceBroken, AddressRefused."""
    from bot.collect import read_file, read_text  # trafilatura: not for --help

    if target.startswith(("http://", "https://")):
        return asyncio.run(_page(target))
    if target == "-":
        return read_text(sys.stdin.buffer.read().decode("utf-8", "replace"))
    try:
        data = Path(target).read_bytes()
    except OSError as error:
        raise BadInput(f"{target}: {error.strerror}") from None
    return read_file(Path(target).name, data)


@click.command()
@click.argument("target", metavar="[URL|FILE|-]", default="-")
@click.option("--json", "as_json", is_flag=True, help="The line that `vestnik analyse` would give.")
@click.option("--language", type=click.Choice(["ru", "en"]), default="ru", show_default=True, help="Of the labels.")
def summarise(target: str, as_json: bool, language: str) -> None:
    """Says of one page, file (txt, html, pdf) or text whether it is about the regulation of messengers, and what it says.

    \b
    Examples:
      vestnik summarise https://example.org/news/1
      vestnik summarise article.html --json
      pbpaste | vestnik summarise
    """
    from bot.analyse import Analyst  # loads the models: not for --help

    article = _article(target)
    if not article.text.strip():
        raise BadInput(f"{target}: there is no text in it")
    reading = Analyst().read(article)
    if as_json:
        row = answer(target, reading, None, words(language))
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
    elif reading.relevant:
        click.echo(text.render(digest.reading_card(reading, language=language)))
    else:
        click.echo(text.render(digest.irrelevant(reading, language=language)))


COMMANDS = [summarise]
