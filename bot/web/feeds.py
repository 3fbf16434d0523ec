"""Atom, RSS and JSON Feed of all stories, or of those that pass a filter: whom it touches, messenger, stage, weight, words."""

from __future__ import annotations

import asyncio
import email.utils
from dataclasses import dataclass, field, replace

import orjson
from aiohttp import web

from bot.digest.builder import wanted
from bot.digest.render.safe import clean
from bot.errors import BadInput
from bot.model import Filter, Stage, Story
from bot.web.library import DRAWN, LISTED
from bot.web.site import Site
from bot.web.voice import Voice, filter_of, parts, query_of

LENGTH = 50
_LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a feed is narrowed to; empty means everything."""

    filter: Filter = field(default_factory=Filter)
    stages: tuple[Stage, ...] = ()
    words: str = ""
    """Searched for in any form."""

    def query(self) -> dict[str, str]:
        """As it stands in the feed's address."""
        named = {"stage": ",".join(self.stages), "without": ",".join(self.filter.muted), "q": self.words}
        return query_of(self.filter) | {name: value for name, value in named.items() if value}


async def atom(site: Site, request: web.Request) -> web.Response:
    """RFC 4287."""
    return await _xml(site, request, "atom.xml", "application/atom+xml")


async def rss(site: Site, request: web.Request) -> web.Response:
    """RSS 2.0."""
    return await _xml(site, request, "rss.xml", "application/rss+xml")


async def json_feed(site: Site, request: web.Request) -> web.Response:
    """JSON Feed 1.1."""
    wish, stories = await _chosen(site, request)
    voice, base = site.voice(request.match_info["language"]), site.base(request)
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title(voice, wish),
        "home_page_url": f"{base}{voice.path()}",
        "feed_url": f"{base}{voice.path('feed.json', **wish.query())}",
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
    wish, stories = await _chosen(site, request)
    voice = site.voice(request.match_info["language"])
    text = site.templates.get_template(template).render(
        v=voice,
        say=voice.say,
        base=site.base(request),
        title=title(voice, wish),
        stories=stories,
        updated=max((story.updated for story in stories), default=site.library.now),
        here=voice.path(template, **wish.query()),
        rfc822=email.utils.format_datetime,
    )
    return web.Response(text=text, content_type=kind, charset="utf-8")


async def _chosen(site: Site, request: web.Request) -> tuple[Wish, tuple[Story, ...]]:
    """What is wished and the newest stories that pass. Raises BadInput."""
    wish = _wished(request)
    stories = (
        await site.library.search(wish.words, LENGTH * 2) if wish.words else await site.library.recent(DRAWN if wish.query() else LISTED)
    )
    if not wish.filter.muted:
        return wish, _passing(stories, wish)
    # Words are told in any form: some tenths of a second, which nobody else waits for.
    return wish, await asyncio.to_thread(_passing, stories, wish)


def _passing(stories: tuple[Story, ...], wish: Wish) -> tuple[Story, ...]:
    passing = [story for story in stories if (not wish.stages or stage_of(story) in wish.stages) and wanted(story, wish.filter)]
    return tuple(passing[:LENGTH])


def _wished(request: web.Request) -> Wish:
    """Raises BadInput."""
    words = " ".join(request.query.get("q", "").replace("\0", " ").split())
    if len(words) > _LONGEST_QUERY:
        raise BadInput(f"q has at most {_LONGEST_QUERY} characters")
    try:
        stages = tuple(Stage(part) for part in parts(request.query.get("stage", "")))
        muted = parts(request.query.get("without", ""))
    except ValueError as error:
        raise BadInput(f"the filter cannot be read: {error}") from None
    return Wish(filter=replace(asked(request), muted=muted), stages=stages, words=words)


def stage_of(story: Story) -> Stage | None:
    """How far a story has come."""
    return story.facts.status.stage if story.facts.status else story.facts.stage


def asked(request: web.Request) -> Filter:
    """The filter in a request's query. Raises BadInput."""
    try:
        return filter_of(dict(request.query))
    except ValueError as error:
        raise BadInput(f"the filter cannot be read: {error}") from None


def title(voice: Voice, wish: Wish) -> str:
    """The feed's name with what it is narrowed to."""
    named = [
        *wish.filter.messengers,
        *(voice.say(f"group-{group}") for group in wish.filter.audiences),
        *(voice.say(f"stage-{stage}") for stage in wish.stages),
        *([wish.words] if wish.words else []),
    ]
    return voice.say("web-title") + (f": {clean(', '.join(named))}" if named else "")
