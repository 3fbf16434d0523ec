"""The calendar, the API and the files for crawlers, each read by a parser of another maker."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math

import icalendar
import orjson
import pytest
from lxml import etree

from bot.store import Store
from bot.web import machine
from tests.web import samples
from tests.web.conftest import Client, keep


async def get(client: Client, path: str, status: int = 200) -> bytes:
    async with client.get(path) as response:
        assert response.status == status, (path, response.status)
        return await response.read()


async def test_calendar_is_read_by_a_calendar(client: Client) -> None:
    """An event a thread, on the day that its newest story gives; every event has what RFC 5545 demands."""
    sheet = icalendar.Calendar.from_ical(await get(client, "/calendar.ics"))
    events = {str(event["uid"]): event for event in sheet.walk("vevent")}
    assert set(events) == {"s1@vestnik", "s6@vestnik"}
    assert (events["s1@vestnik"].start, events["s1@vestnik"].end) == (dt.date(2026, 9, 1), dt.date(2026, 9, 2))
    assert not sheet.errors
    narrowed = icalendar.Calendar.from_ical(await get(client, "/calendar.ics?audience=housing&language=en"))
    assert [str(event["uid"]) for event in narrowed.walk("vevent")] == ["s6@vestnik"]
    await get(client, "/calendar.ics?language=xx", 400)


async def test_the_api_goes_through_all_stories_by_cursor(client: Client, filled: Store) -> None:
    """Pages of any size give every story once, newest first, stories of one moment included."""
    for number in range(30):
        old = samples.story(100 + number, f"Старый {number}", measure=samples.Measure.FINE, status=samples.Status.RULING)
        moment = samples.NOW - (number // 5) * 40 * samples.DAY
        await keep(filled, dataclasses.replace(old, updated=moment, first_seen=moment))
    wanted = {story.id for story in await filled.stories.recent(100) if not story.retracted}
    for limit in (1, 7, 100):
        seen: list[str] = []
        cursor = ""
        while True:
            page = orjson.loads(await get(client, f"/api/v1/stories?limit={limit}&cursor={cursor}"))
            seen += [story["id"] for story in page["stories"]]
            if page["next"] is None:
                break
            cursor = page["next"]
        assert len(seen) == len(set(seen))
        assert set(seen) == wanted


async def test_the_api_refuses_nonsense_in_json(client: Client) -> None:
    """400 with one line; never a page, never a failure of ours."""
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "cursor=%21%21",
        "cursor=bm9wZQ",
        "since=yesterday",
        "audience=x",
        "importance=2",
        "importance=nan",
    ]:
        body = orjson.loads(await get(client, f"/api/v1/stories?{query}", 400))
        assert isinstance(body["error"], str)


async def test_the_api_may_be_read_by_any_page(client: Client) -> None:
    """CORS on every answer, and the described fields are there."""
    for path in ["stories", "stories/s1", "threads/s1", "digest", "digest?since=2026-03-01&until=2026-03-11", "calendar", "openapi.json"]:
        async with client.get(f"/api/v1/{path}") as response:
            assert response.status == 200
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert response.content_type == "application/json"
        async with client.options(f"/api/v1/{path}") as response:
            assert response.status == 204


async def test_a_page_elsewhere_reads_refusals_and_validators_too(client: Client) -> None:
    """What was wrong, what is missing, what has not changed and that one has to wait: a script of another origin may see each."""
    async with client.get("/api/v1/stories/s1") as response:
        tag = response.headers["ETag"]
    asked = [("stories?limit=0", 400, ""), ("stories/none", 404, ""), ("nothing", 404, ""), ("stories/s1", 304, tag)]
    for path, status, known in [*asked, ("stories", 429, "")]:
        for _ in range(200 if status == 429 else 1):
            async with client.get(
                f"/api/v1/{path}", headers={"If-None-Match": known, "X-Forwarded-For": f"198.51.100.{status % 250}"}
            ) as response:
                if response.status == status:
                    break
        assert response.status == status
        assert response.headers["Access-Control-Allow-Origin"] == "*", path
        assert "ETag" in response.headers["Access-Control-Expose-Headers"]


async def test_the_description_holds_for_the_answers(client: Client) -> None:
    """Every required field of the described schemas stands in the answers, and every described path is served."""
    document = orjson.loads(await get(client, "/api/v1/openapi.json"))
    schemas = document["components"]["schemas"]
    story = orjson.loads(await get(client, "/api/v1/stories/s1"))
    assert set(schemas["Story"]["required"]) <= set(story)
    assert set(schemas["Story"]["properties"]) - {"text"} <= set(story)
    assert set(schemas["Facts"]["required"]) == set(story["facts"])
    assert set(schemas["Source"]["required"]) == set(story["sources"][0])
    assert set(schemas["Digest"]["required"]) <= set(orjson.loads(await get(client, "/api/v1/digest")))
    for path in document["paths"]:
        await get(client, path.replace("{id}", "s1"))


async def test_what_is_not_there_is_json_too(client: Client) -> None:
    """A missing or retracted story is 404 with an error in JSON."""
    for path in ("stories/none", "stories/s7", "threads/none", "nothing"):
        assert orjson.loads(await get(client, f"/api/v1/{path}", 404))["error"]


async def test_sitemap_lists_pages_that_are_served(client: Client) -> None:
    """Every listed page answers 200 and names itself as canonical; stories, threads, days, weeks and months that tell something are there."""
    base = str(client.make_url("")).rstrip("/")
    names = [address.removeprefix(base) for address in _located(await get(client, "/sitemap.xml"))]
    assert names == ["/sitemap-pages.xml", "/sitemap-stories-1.xml"]
    files = [await get(client, name) for name in names]
    listed = [address for file in files for address in _located(file)]
    assert len(listed) == len(set(listed))
    for number, address in enumerate(listed):
        async with client.get(address.removeprefix(base), headers={"X-Forwarded-For": f"198.51.100.{number % 250}"}) as response:
            assert response.status == 200, address
            assert f'<link rel="canonical" href="{address}">' in await response.text()
    for path in ("/ru/", "/en/story/s1", "/ru/thread/s1", "/en/archive/2026-03-11", "/ru/archive/2026-w11", "/ru/archive/2026-03"):
        assert base + path in listed
    assert not [address for address in listed if address.endswith(("/thread/s5", "/story/s7"))]
    others = {str(link.get("hreflang")) for file in files for link in etree.fromstring(file).iter("{http://www.w3.org/1999/xhtml}link")}
    assert others == {"ru", "en", "x-default"}


async def test_sitemaps_have_all_stories_in_parts(client: Client, filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are: each stands in one part; past the last one there is none."""
    monkeypatch.setattr(machine, "LISTED", 5)
    parts = [address for address in _located(await get(client, "/sitemap.xml")) if "stories" in address]
    assert len(parts) == math.ceil(await filled.stories.count() / 5) > 2
    found = [address for part in parts for address in _located(await get(client, part[part.rindex("/") :])) if "/ru/story/" in address]
    assert sorted(address.rpartition("/")[2] for address in found) == sorted(story.id for story in samples.shelf() if not story.retracted)
    await get(client, f"/sitemap-stories-{len(parts) + 1}.xml", 404)


def _located(file: bytes) -> list[str]:
    return [str(node.text) for node in etree.fromstring(file).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


async def test_crawlers_and_models_find_their_files(client: Client) -> None:
    """robots.txt names the sitemap; llms.txt begins with a title and names the API."""
    assert b"/sitemap.xml" in await get(client, "/robots.txt")
    text = (await get(client, "/llms.txt")).decode()
    assert text.startswith("# ")
    assert "/api/v1/openapi.json" in text
