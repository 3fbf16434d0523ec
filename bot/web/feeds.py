"""Atom, RSS and JSON Feed of all stories, or of those that pass a filter."""

from __future__ import annotations

import email.utils

import orjson
from aiohttp import web

from bot.digest.builder import wanted
from bot.digest.render.safe import clean
from bot.errors import BadInput
from bot.model import Filter, Story
from bot.web.site import Site
from bot.web.voice import Voice, filter_of, query_of

LENGTH = 50


async def atom(site: Site, request: web.Request) -> web.Response:
    """RFC 4287."""
    return await _xml(site, request, "atom.xml", "application/atom+xml")


async def rss(site: Site, request: web.Request) -> web.Response:
    """RSS 2.0."""
    return await _xml(site, request, "rss.xml", "application/rss+xml")


async def json_feed(site: Site, request: web.Request) -> web.Response:
    """JSON Feed 1.1."""
    chosen, stories = await _chosen(site, request)
    voice, base = site.voice(request.match_info["language"]), site.base(request)
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title(voice, chosen),
        "home_page_url": f"{base}{voice.path()}",
        "feed_url": f"{base}{voice.path('feed.json', **query_of(chosen))}",
        "description": voice.say("web-description"),
        "language": voice.language,
        "items": [
            {
                "id": f"{base}{voice.path('story', story.id)}",
                "url": f"{base}{voice.path('story', story.id)}",
                "title": clean(story.headline),
                "content_text": clean(story.text) or clean(story.headline),
                "date_published": story.first_seen.isoformat(),
                "date_modified": story.updated.isoformat(),
                "tags": [*story.facts.messengers, *(voice.say(f"group-{group}") for group in story.facts.audiences)],
                "language": story.language,
            }
            for story in stories
        ],
    }
    return web.Response(body=orjson.dumps(body), content_type="application/feed+json")


async def _xml(site: Site, request: web.Request, template: str, kind: str) -> web.Response:
    chosen, stories = await _chosen(site, request)
    voice = site.voice(request.match_info["language"])
    text = site.templates.get_template(template).render(
        v=voice,
        say=voice.say,
        base=site.base(request),
        title=title(voice, chosen),
        stories=stories,
        updated=max((story.updated for story in stories), default=site.library.now),
        here=voice.path(template, **query_of(chosen)),
        rfc822=email.utils.format_datetime,
    )
    return web.Response(text=text, content_type=kind, charset="utf-8")


async def _chosen(site: Site, request: web.Request) -> tuple[Filter, tuple[Story, ...]]:
    chosen = asked(request)
    stories = await site.library.recent()
    return chosen, tuple(story for story in stories if wanted(story, chosen))[:LENGTH]


def asked(request: web.Request) -> Filter:
    """The filter in a request's query. Raises BadInput."""
    try:
        return filter_of(dict(request.query))
    except ValueError as error:
        raise BadInput(f"the filter cannot be read: {error}") from None


def title(voice: Voice, chosen: Filter) -> str:
    """The feed's name with what it is narrowed to."""
    parts = [*chosen.messengers, *(voice.say(f"group-{group}") for group in chosen.audiences)]
    return voice.say("web-title") + (f": {', '.join(parts)}" if parts else "")
