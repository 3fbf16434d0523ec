"""A story, and the thread of stories that tell one measure."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from aiohttp import web

from bot.digest import picture
from bot.digest.render.safe import address
from bot.model import Evidence, Story
from bot.web.pictures import ladder, way
from bot.web.site import Site


async def story(site: Site, request: web.Request) -> web.Response:
    """A story with everything that is known of it. One that was retracted says so, with status 410."""
    found, related = await site.library.story_in_thread(request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound
    if found.id != request.match_info["id"]:
        # It was merged into another: its readers are led there.
        raise web.HTTPMovedPermanently(site.voice(request.match_info["language"]).path("story", found.id))
    if found.retracted:
        return site.page(request, "retracted.html", status=410, story=found)
    return site.page(
        request,
        "story.html",
        story=found,
        facts=_facts(found),
        sources={source.article_id: source for source in found.sources},
        links={source.article_id: address(source.url) for source in found.sources},
        rungs=ladder(found.timeline, found, local=_local(site, request, (found, *related))),
        steps=way(found),
        related=related,
        others={other.id: other for other in related},
    )


async def card(site: Site, request: web.Request) -> web.Response:
    """The story in a picture, for those who share its page. Raises HTTPNotFound."""
    found = await site.library.story(request.match_info["id"])
    if found is None or found.retracted:
        raise web.HTTPNotFound
    drawn = await asyncio.to_thread(picture.portrait, found, language=request.match_info["language"], timezone=site.settings.timezone)
    return web.Response(body=await asyncio.to_thread(picture.png, drawn), content_type="image/png")


async def thread(site: Site, request: web.Request) -> web.Response:
    """The stories of one measure from its proposal to its entry into force."""
    stories = await site.library.thread(request.match_info["id"])
    if not stories:
        raise web.HTTPNotFound
    steps = {(step.stage, step.date, step.story_id): step for one in stories for step in one.timeline}
    return await site.long_page(
        request,
        "thread.html",
        stories=stories,
        rungs=ladder(steps.values(), local=_local(site, request, stories)),
        groups=list(dict.fromkeys(group for one in stories for group in one.facts.audiences)),
        names=list(dict.fromkeys(name for one in stories for name in one.facts.messengers)),
    )


def _local(site: Site, request: web.Request, stories: Iterable[Story]) -> bool:
    """Whether a thread's measure is not one of the whole country: one of its stories says so, the others most often leave it unsaid."""
    voice = site.voice(request.match_info["language"])
    return any(voice.local(story) for story in stories)


def _facts(story: Story) -> list[tuple[str, list[tuple[str, list[Evidence]]]]]:
    """Each field with its values, each value with the sentences that it was taken from."""
    facts = story.facts
    rows: list[tuple[str, tuple[str, ...]]] = [
        ("measure", _one(facts.measure)),
        ("regulators", facts.regulators),
        ("messengers", facts.messengers),
        ("audiences", facts.audiences),
        ("status", _one(facts.status)),
        ("effective_date", _one(facts.effective_date)),
        ("documents", facts.documents),
        ("penalties", facts.penalties),
        ("territory", _one(facts.territory)),
    ]
    return [(name, [(value, _evidence(story, name, value)) for value in values]) for name, values in rows if values]


def _evidence(story: Story, name: str, value: str) -> list[Evidence]:
    """The sentences of one value, each sentence once, at most three."""
    seen: dict[str, Evidence] = {}
    for item in story.evidence:
        if item.field == name and item.value == value:
            seen.setdefault(item.sentence, item)
    return list(seen.values())[:3]


def _one(value: str | None) -> tuple[str, ...]:
    return (str(value),) if value else ()
