"""Stories by messenger, by audience and by words, and the pictures of the whole."""

from __future__ import annotations

import asyncio
from collections import Counter

from aiohttp import web

from bot.analyse.language.lexicon import table
from bot.digest.builder import wanted
from bot.model import Filter, Group, Story
from bot.web import pictures
from bot.web.library import DAY, KNOWN
from bot.web.site import Site
from bot.web.voice import named

_LONGEST_QUERY = 200
_SHOWN = 60
_AHEAD = 5


async def messengers(site: Site, request: web.Request) -> web.Response:
    """Every messenger that was in the news lately."""
    counts = Counter(name for story in await site.library.recent(KNOWN) for name in story.facts.messengers)
    quiet = [name for name in table("messengers")["messengers"] if name not in counts]
    return site.page(request, "messengers.html", counts=counts.most_common(), quiet=quiet)


async def messenger(site: Site, request: web.Request) -> web.Response:
    """The stories of one messenger: any that the analysis knows, and any other that was in the news lately."""
    stories = await site.library.recent(KNOWN)
    others = Counter(name for story in stories for name in story.facts.messengers)
    name = named(request.match_info["messenger"], [*sorted(others), *table("messengers")["messengers"]])
    if not name:
        raise web.HTTPNotFound
    chosen = Filter(messengers=(name,))
    links = [(other, site.voice(request.match_info["language"]).messenger(other)) for other, _ in others.most_common(9) if other != name]
    return await _list(site, request, stories, chosen, title=name, kind="messenger", others=links)


async def audiences(site: Site, request: web.Request) -> web.Response:
    """Every group of those touched."""
    counts = Counter(group for story in await site.library.recent(KNOWN) for group in story.facts.audiences)
    return site.page(request, "audiences.html", counts=[(group, counts[group]) for group in Group])


async def audience(site: Site, request: web.Request) -> web.Response:
    """The stories that touch one group."""
    try:
        group = Group(request.match_info["audience"])
    except ValueError:
        raise web.HTTPNotFound from None
    voice = site.voice(request.match_info["language"])
    others = [(voice.say(f"group-{other}"), voice.audience(other)) for other in Group if other is not group]
    stories = await site.library.recent(KNOWN)
    return await _list(
        site, request, stories, Filter(audiences=(group,)), title=voice.say(f"group-{group}"), kind="audience", others=others
    )


async def _list(
    site: Site,
    request: web.Request,
    stories: tuple[Story, ...],
    chosen: Filter,
    *,
    title: str,
    kind: str,
    others: list[tuple[str, str]],
) -> web.Response:
    start = site.library.today
    coming = [story for story in await site.library.upcoming(start, start + 400 * DAY) if wanted(story, chosen)]
    listed = tuple(story for story in stories if wanted(story, chosen))
    if len(listed) < _SHOWN:
        # Seldom in the news: what there is lies further back.
        listed = await site.library.passing(chosen, _SHOWN * 2)
    return await site.long_page(
        request,
        "list.html",
        heading=title,
        kind_of=kind,
        chosen=chosen,
        stories=listed[:_SHOWN],
        more=len(listed) - _SHOWN,
        bars=pictures.stages(listed),
        coming=coming[:_AHEAD],
        others=others,
    )


async def search(site: Site, request: web.Request) -> web.Response:
    """Stories that match the words, newest first."""
    words = " ".join(request.query.get("q", "").replace("\0", " ").split())[:_LONGEST_QUERY]
    found = await site.library.search(words) if words else ()
    counts = Counter(name for story in await site.library.recent() for name in story.facts.messengers) if not found else Counter()
    return await site.long_page(request, "search.html", words=words, stories=found, names=[name for name, _ in counts.most_common(5)])


async def overview(site: Site, request: web.Request) -> web.Response:
    """The matrix messenger × measure over a year, and the stories of the same year by stage."""
    year = await site.library.year()
    # Some thousands of stories are counted: others must not wait for that.
    matrix = await asyncio.to_thread(pictures.matrix, year, site.library.today)
    bars = await asyncio.to_thread(pictures.stages, year)
    return await site.long_page(request, "overview.html", matrix=matrix, bars=bars, total=len(year))
