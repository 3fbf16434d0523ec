"""The read-only JSON API: stories, threads, digests, the calendar; described by OpenAPI."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping
from importlib import resources
from typing import Final

import orjson
from aiohttp import web
from pydantic import TypeAdapter

from bot.digest.builder import wanted
from bot.errors import BadInput
from bot.locales import LANGUAGES
from bot.model import Digest, Period, Story
from bot.web.feeds import asked
from bot.web.library import DAY
from bot.web.site import Site

READABLE: Final = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After"}
"""Any page may read whatever is answered, refusals included."""
CORS: Final = {**READABLE, "Cross-Origin-Resource-Policy": "cross-origin"}
_MOST: Final = 100
"""How much of the past is read first; then twice that, and so on, until a page is full."""
_FURTHEST: Final = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)
_WORDS: Final = 200
"""Characters of a search."""
_YEARS: Final = (dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(9000, 1, 1, tzinfo=dt.UTC))
"""Days outside are no news and cannot be reckoned with: they count as the nearest one inside."""
_story = TypeAdapter(Story)
_digest = TypeAdapter(Digest)


async def preflight(_: web.Request) -> web.Response:
    """Any page may read."""
    allowed = {
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return web.Response(status=204, headers={**CORS, **allowed})


async def description(site: Site, request: web.Request) -> web.Response:
    """The OpenAPI description with this server's address."""
    document = orjson.loads(resources.files("bot.web").joinpath("openapi.json").read_bytes())
    document["servers"] = [{"url": site.base(request)}]
    return _json(document)


async def stories(site: Site, request: web.Request) -> web.Response:
    """Stories, newest first, a page at a time; `next` is the cursor of the following page or null."""
    limit = _number(request.query, "limit", 20, 1, _MOST)
    chosen = asked(request)
    edge = _cursor(request.query.get("cursor", ""))
    since = max(_day(request.query, "since", _FURTHEST), _FURTHEST)
    until = min(_day(request.query, "until", site.library.now + dt.timedelta(minutes=1)), site.library.now + dt.timedelta(minutes=1))
    if len(asked_for := request.query.get("q", "")) > _WORDS:
        raise BadInput(f"q has at most {_WORDS} characters")
    if words := " ".join(asked_for.split()):
        found = [one for one in await site.library.search(words, _MOST) if since <= one.updated < until and wanted(one, chosen)]
        return _json({"stories": [record(story) for story in found[:limit]], "next": None})
    listed: list[Story] = []
    end = min(until, edge[0] + dt.timedelta(microseconds=1)) if edge else until
    async for story in site.library.backwards(Period(since=since, until=end), limit + 1):
        if wanted(story, chosen) and (edge is None or (story.updated, story.id) < edge):
            listed.append(story)
            if len(listed) > limit:
                break
    page = listed[:limit]
    following = _mark(page[-1]) if len(listed) > limit else None
    return _json({"stories": [record(story) for story in page], "next": following})


async def story(site: Site, request: web.Request) -> web.Response:
    """One story in full."""
    found = await site.library.story(request.match_info["id"])
    if found is None or found.retracted:
        raise web.HTTPNotFound
    return _json(record(found))


async def thread(site: Site, request: web.Request) -> web.Response:
    """The stories of one thread in the order in which they were told."""
    found = await site.library.thread(request.match_info["id"])
    if not found:
        raise web.HTTPNotFound
    return _json({"thread": request.match_info["id"], "stories": [record(one) for one in found]})


async def digest(site: Site, request: web.Request) -> web.Response:
    """The digest of the last day, or of the days asked for (at most 31)."""
    language = request.query.get("language", "ru")
    if language not in LANGUAGES:
        raise BadInput(f"language is one of {', '.join(LANGUAGES)}")
    until = _day(request.query, "until", site.library.now + dt.timedelta(minutes=1))
    since = _day(request.query, "since", until - DAY)
    if not since < until or until - since > 31 * DAY:
        raise BadInput("since is before until, and at most 31 days")
    built = await site.library.digest(Period(since=since, until=until), language=language, filter=asked(request))
    return _json(orjson.Fragment(_digest.dump_json(built)))


async def calendar(site: Site, request: web.Request) -> web.Response:
    """What takes effect from today on, or in the days asked for (at most two years)."""
    try:
        since = _inside(dt.date.fromisoformat(request.query.get("since", site.library.today.isoformat())))
        until = _inside(dt.date.fromisoformat(request.query["until"])) if "until" in request.query else since + 365 * DAY
    except ValueError:
        raise BadInput("since and until are days, YYYY-MM-DD") from None
    if not since < until or until - since > 731 * DAY:
        raise BadInput("since is before until, and at most 731 days")
    chosen = asked(request)
    found = [one for one in await site.library.upcoming(since, until) if wanted(one, chosen)]
    return _json({"events": [{"date": one.facts.effective_date, "story": record(one)} for one in found]})


def record(one: Story) -> orjson.Fragment:
    """A story as the API gives it: its fields in the codes of the vocabulary."""
    # A list of stories is written as many pieces of JSON, not as a tree of objects that is walked once more.
    return orjson.Fragment(_story.dump_json(one)[:-1] + b',"text":' + orjson.dumps(one.text) + b"}")


def _json(body: object) -> web.Response:
    return web.Response(body=orjson.dumps(body), content_type="application/json", headers=CORS)


def _number(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and least <= int(text) <= most):
        raise BadInput(f"{name} is a number from {least} to {most}")
    return int(text)


def _day(query: Mapping[str, str], name: str, default: dt.datetime) -> dt.datetime:
    """A day (its beginning in UTC) or a moment of RFC 3339."""
    if name not in query:
        return default
    try:
        moment = dt.datetime.fromisoformat(query[name].replace(" ", "+"))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except ValueError:
        raise BadInput(f"{name} is a day or a moment of RFC 3339") from None
    return min(max(aware, _YEARS[0]), _YEARS[1]).astimezone(dt.UTC)


def _inside(day: dt.date) -> dt.date:
    return min(max(day, _YEARS[0].date()), _YEARS[1].date())


def _mark(last: Story) -> str:
    """Where a page ended, opaque to those who carry it."""
    return base64.urlsafe_b64encode(f"{last.updated.isoformat()} {last.id}".encode()).decode().rstrip("=")


def _cursor(text: str) -> tuple[dt.datetime, str] | None:
    if not text:
        return None
    try:
        moment, _, story_id = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode().partition(" ")
        edge = dt.datetime.fromisoformat(moment)
    except (binascii.Error, ValueError):
        raise BadInput("the cursor is not one of ours") from None
    if edge.tzinfo is None or edge < _FURTHEST:
        raise BadInput("the cursor is not one of ours")
    return edge, story_id
