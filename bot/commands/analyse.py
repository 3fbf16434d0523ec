"""`vestnik analyse`: JSON Lines in, facts and stories out; `vestnik evaluate`: how well that is done."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO

import click

from bot.analyse import Analyst
from bot.analyse.stories.together import settle
from bot.errors import BadInput, BotError
from bot.locales.words import Words, words
from bot.model import Article, Facts, Reading

_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: an article, or why it is none."""

    id: Any
    article: Article | None
    error: str = ""
    doubt: str = ""
    """What could not be understood of a line that is read all the same."""


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--language", type=click.Choice(["ru", "en"]), default="ru", help="The language of the reasons.")
def analyse(file: BinaryIO, language: str) -> None:
    """Reads articles as JSON Lines from FILE (or stdin) and prints one JSON object a line, in the same order.

    \b
    In:  id, title, text (or html); if known url, outlet, published, language
    Out: id, relevant, relevance, reasons, story, summary, facts, evidence, or error on a bad line

    \b
    Examples:
      vestnik analyse articles.jsonl > analysed.jsonl
      echo '{"id": 1, "title": "…", "text": "…"}' | vestnik analyse
    """
    lines = list(read_lines(file))
    if not any(line.article for line in lines):
        raise BadInput("no line could be read: " + (lines[0].error if lines else "the input is empty"))
    for line in lines:
        if line.doubt:
            click.echo(f"{line.id}: {line.doubt}", err=True)
    for row in analysed(Analyst(), lines, words(language)):
        click.echo(_json(row))


@click.command()
@click.option("--resamples", default=1000, show_default=True, help="Bootstrap resamples of the stories for the confidence intervals.")
@click.option("--worst", default=20, show_default=True, help="How many of the worst cases are listed.")
@click.option("--json", "as_json", is_flag=True, help="Figures as JSON.")
def evaluate(resamples: int, worst: int, *, as_json: bool) -> None:
    """Measures the analysis on the labelled articles by cross-validation over stories; see docs/evaluation.md."""
    module = importlib.import_module("bot.analyse.evaluate")
    click.echo(module.report(resamples=resamples, worst=worst, as_json=as_json))


def read_lines(file: Iterable[bytes]) -> Iterator[Line]:
    """Reads JSON Lines; empty lines are passed over, bad ones become errors."""
    for raw in file:
        if raw.strip():
            yield _line(raw)


def _line(raw: bytes) -> Line:
    try:
        row = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_json)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        return Line(None, None, f"no JSON: {error}")
    if not isinstance(row, dict):
        return Line(None, None, "no JSON object")
    text, title = _string(row.get("text")), _string(row.get("title"))
    if not text.strip() and _string(row.get("html")).strip():
        text, title = _from_html(_string(row["html"]), title)
    if not text.strip():
        return Line(row.get("id"), None, "no text")
    url = _string(row.get("url"))
    published = _moment(row.get("published"))
    doubt = f"published {row['published']!r} is no date, taken as unknown" if row.get("published") and published is None else ""
    article = Article(
        id=str(row.get("id", "")),
        url=url,
        source_id="",
        outlet=_string(row.get("outlet")),
        title=title.strip(),
        text=text,
        published=published,
        language=_string(row.get("language")),
    )
    return Line(row.get("id"), article, doubt=doubt)


def analysed(analyst: Analyst, lines: Sequence[Line], say: Words) -> Iterator[dict[str, Any]]:
    """The answer to each line; all are clustered together."""
    articles = [line.article for line in lines if line.article]
    readings = [analyst.read(article) for article in articles]
    stories = analyst.cluster(readings)
    readings = settle(analyst, articles, readings, stories)
    told = iter(zip(readings, stories, strict=True))
    for line in lines:
        if line.article is None:
            yield {"id": line.id, "error": line.error}
        else:
            reading, story = next(told)
            yield answer(line.id, reading, story, say)


def answer(id_: Any, reading: Reading, story: str | None, say: Words) -> dict[str, Any]:
    """One line of output."""
    return {
        "id": id_,
        "relevant": reading.relevant,
        "relevance": reading.relevance,
        "reasons": [say.say(f"reason-{reason.code}", detail=reason.detail) for reason in reading.reasons],
        "story": story,
        "summary": reading.summary,
        "facts": facts_row(reading.facts),
        "positions": [{"who": said.who, "role": said.role, "stance": said.stance, "sentence": said.sentence} for said in reading.positions],
        "evidence": [{"field": item.field, "value": item.value, "sentence": item.sentence} for item in reading.evidence],
    }


def facts_row(facts: Facts) -> dict[str, Any]:
    """Facts as the interface gives them."""
    return {
        "regulators": list(facts.regulators),
        "messengers": list(facts.messengers),
        "measure": facts.measure,
        "audiences": list(facts.audiences),
        "status": facts.status,
        "stage": facts.stage,
        "effective_date": facts.effective_date,
        "documents": list(facts.documents),
        "penalties": list(facts.penalties),
        "territory": facts.territory,
    }


def _json(row: dict[str, Any]) -> str:
    """One line of output; half a character of UTF-16, which JSON can say and UTF-8 cannot, stays escaped as it came."""
    said = json.dumps(row, ensure_ascii=False)
    return json.dumps(row) if _HALVES.search(said) else said


def _no_json(constant: str) -> Any:
    """Refuses NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError(f"{constant} is no JSON value")


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> dt.datetime | None:
    """A date, an RFC 3339 moment, or one as feeds give it (RFC 2822); None where it is none of them."""
    if not isinstance(value, str) or not value.strip():
        return None
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        with contextlib.suppress(ValueError, OverflowError):
            found = read(value.strip())
            return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
    return None


def _from_html(page: str, title: str) -> tuple[str, str]:
    """Text and title of a page as the collector reads it; nothing where it finds no article."""
    from bot.collect import article_from_html

    try:
        article = article_from_html(page, "https://example.org/")
    except BotError:
        return "", title
    return article.text, title or article.title


COMMANDS = [analyse, evaluate]
