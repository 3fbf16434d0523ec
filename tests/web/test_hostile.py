"""What strangers write, shown by a real Chromium on every kind of page: nothing of it runs, all of it is read as it was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from urllib.parse import quote

import defusedxml.ElementTree
import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store
from bot.web import make_web
from tests.web import samples
from tests.web.conftest import keep, sources
from tests.web.test_browser import PATHS, browser, listen, pytestmark

__all__ = ["browser", "pytestmark"]

TABLE = (
    "<script>window.broken=1</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    '"><img src=x onerror="window.broken=1">',
    "' autofocus onfocus='window.broken=1",
    "</title><svg onload=window.broken=1>",
    "</textarea></style></noscript><script>window.broken=1</script>",
    "--></script><script>window.broken=1</script>",
    "]]></summary><script>window.broken=1</script>",
    "<math><mi xlink:href=javascript:window.broken=1>x</mi></math>",
    "<svg><animate onbegin=window.broken=1 attributeName=x></svg>",
    "<svg><use href=data:image/svg+xml,x#a /></svg>",
    "<iframe srcdoc='<script>parent.broken=1</script>'></iframe>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "\\3c script\\3e window.broken=1\\3c/script\\3e",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "&lt;script&gt;window.broken=1&lt;/script&gt; &#60;b&#62;",
    "javascript:window.broken=1",
    "data:text/html,<script>window.broken=1</script>",
    'x" style="background:url(//evil.example/x)',
    "Итог\r\nSet-Cookie: broken=1",
)
ADDRESSES = (
    *samples.HOSTILE_URLS,
    "JaVaScRiPt:window.broken=1",
    "java\nscript:window.broken=1",
    " data:text/html,x",
    "https://evil.example/'><script>",
)
PLAIN = (
    "/ru/atom.xml",
    "/ru/rss.xml",
    "/ru/feed.json",
    "/calendar.ics",
    "/api/v1/stories?limit=100",
    "/api/v1/stories/s300",
    "/llms.txt",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-stories-1.xml",
)


@pytest.fixture
async def address(store: Store, clock: MovableClock) -> AsyncIterator[str]:
    """A site all of whose stories are hostile."""
    for number, text in enumerate(TABLE):
        part = 3000 + 20 * number
        story = samples.story(
            300 + number,
            text,
            measure=samples.Measure.BLOCKING,
            status=samples.Status.PROPOSED,
            messengers=("Telegram", text),
            audiences=(samples.Group.BANKS,),
            thread="s300",
            date="2026-09-01",
            sources=tuple(samples.source(part + n, text, url=url) for n, url in enumerate(ADDRESSES)),
            positions=(samples.Position(who=text, role=text, stance=samples.Stance.FOR, sentence=text, article_id=f"a{part}"),),
        )
        await keep(store, story)
    site = make_web(store, Settings(_env_file=None), clock, sources=sources, fresh=dt.timedelta(minutes=1))
    async with TestServer(site) as server:
        yield str(server.make_url("")).rstrip("/")


async def test_nothing_hostile_runs_and_all_of_it_is_read(browser: Browser, address: str) -> None:
    """No script, dialog, foreign request, complaint of the console or of the policy; each text stands as it was written."""
    page = await browser.new_page()
    troubles = listen(page)
    page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
    page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith(address) else None)
    paths = [path.replace("/s1", "/s300") for path in PATHS if path not in ("/story/s20", "/story/s5")]
    paths += [f"/search?q={quote(text)}" for text in TABLE] + [f"/story/s{300 + number}" for number in range(len(TABLE))]
    for path in paths:
        await page.goto(f"{address}/ru{path}")
        assert await page.evaluate("window.broken === undefined"), path
        assert await page.locator("script, style, iframe, math, base, meta[http-equiv], animate, [onerror], [onload]").count() == 0, path
        hrefs = await page.evaluate("Array.from(document.links).map(one => one.protocol)")
        assert set(hrefs) <= {"http:", "https:"}, path
    for number, text in enumerate(TABLE):
        await page.goto(f"{address}/ru/story/s{300 + number}")
        wanted = " ".join(text.split())
        assert " ".join((await page.inner_text("h1")).split()) == wanted
        shared = await page.get_attribute("meta[property='og:title']", "content")
        assert " ".join((shared or "").split()) == wanted
    assert troubles == []


async def test_machine_readable_forms_run_nothing_either(browser: Browser, address: str) -> None:
    """Feeds, the calendar and the API are asked for from a page as a stranger would open them: typed, unsniffed, without effect."""
    context = await browser.new_context()
    page = await context.new_page()
    for path in (*PLAIN, "/static/icon.svg"):
        answer = await context.request.get(address + path)
        assert answer.ok, path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]
        assert "set-cookie" not in answer.headers
        if not path.endswith((".ics", ".xml")) or path.startswith("/sitemap"):
            await page.goto(address + path)
            assert await page.evaluate("window.broken === undefined"), path
    await context.close()


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_pictures_are_pictures_and_nothing_else(browser: Browser, address: str, language: str) -> None:
    """An SVG opened by itself is a document that could run: it holds shapes and letters alone. Each PNG is drawn and can be seen."""
    page = await browser.new_page()
    troubles = listen(page)
    page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith(address) else None)
    await page.goto(f"{address}/{language}/archive/2026-w11/card.svg")
    assert await page.evaluate("window.broken === undefined")
    names = await page.evaluate("Array.from(document.querySelectorAll('*')).map(one => one.localName)")
    assert set(names) <= {
        "svg",
        "title",
        "desc",
        "g",
        "rect",
        "text",
        "tspan",
        "path",
        "line",
        "circle",
        "defs",
        "style",
        "linearGradient",
        "stop",
    }
    attributes = await page.evaluate(
        "Array.from(document.querySelectorAll('*')).flatMap(one => Array.from(one.attributes).map(a => a.name))"
    )
    assert not [name for name in attributes if name.startswith("on") or "href" in name]
    pictures = [f"/{language}/archive/2026-w11/card.png", f"/{language}/card.png"]
    pictures += [f"/{language}/story/s{300 + number}/card.png" for number in range(len(TABLE))]
    await page.goto(f"{address}/{language}/")
    seen = """path => new Promise((done, failed) => {
        const image = new Image();
        image.onload = () => done(image.naturalWidth);
        image.onerror = () => failed(path);
        image.src = path;
    })"""
    for path in pictures:
        assert await page.evaluate(seen, path) > 100, path
    assert troubles == []


async def test_what_readers_of_feeds_unpack_is_harmless_too(browser: Browser, address: str) -> None:
    """A feed carries HTML within XML or JSON, and readers show it without our policy: unpacked, it holds text and links alone."""
    context = await browser.new_context()
    packed: list[str] = []
    for path in ("/ru/atom.xml", "/ru/rss.xml"):
        tree = defusedxml.ElementTree.fromstring(await (await context.request.get(address + path)).body())
        # of RSS only the description is HTML, of Atom what says so
        packed += [one.text or "" for one in tree.iter() if one.tag == "description" or one.get("type") in ("html", "xhtml")]
        links = [one.get("href") or one.text or "" for one in tree.iter() if one.tag.rpartition("}")[2] == "link"]
        assert all(link.startswith((address, "https://", "http://")) for link in links)
    items = (await (await context.request.get(f"{address}/ru/feed.json")).json())["items"]
    packed += [str(one["content_html"]) for one in items if "content_html" in one]
    assert len([one for one in packed if one]) > len(TABLE)
    page = await context.new_page()
    page.on("request", lambda asked: pytest.fail(asked.url) if not asked.url.startswith("about:") else None)
    for text in packed:
        # As a reader without any policy would: parsed by the browser into a document of its own, which runs nothing, and looked at.
        names = await page.evaluate(
            """text => Array.from(new DOMParser().parseFromString(text, 'text/html').body.querySelectorAll('*'))
            .flatMap(one => [one.localName, ...Array.from(one.attributes).map(a => `@${a.name}=${a.value}`)])""",
            text,
        )
        for name in names:
            assert name.startswith("@") or name in {
                "p",
                "a",
                "b",
                "strong",
                "em",
                "i",
                "br",
                "ul",
                "ol",
                "li",
                "h2",
                "h3",
                "blockquote",
                "cite",
            }, name
            assert not name.startswith(("@on", "@style", "@src")), name
            assert not name.startswith("@href=") or name.startswith(("@href=http://", "@href=https://")), name
    await context.close()


async def test_no_line_of_the_calendar_is_a_strangers(browser: Browser, address: str) -> None:
    """Line ends in a title do not begin a property of their own."""
    context = await browser.new_context()
    raw = await (await context.request.get(f"{address}/calendar.ics")).text()
    lines = raw.replace("\r\n ", "").split("\r\n")
    known = {
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "NAME",
        "X-WR-CALNAME",
        "X-WR-TIMEZONE",
        "REFRESH-INTERVAL",
        "X-PUBLISHED-TTL",
    }
    known |= {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "URL",
        "STATUS",
        "SEQUENCE",
        "LAST-MODIFIED",
        "CATEGORIES",
        "TRANSP",
    }
    assert {line.partition(":")[0].partition(";")[0] for line in lines if line} <= known | {
        "SOURCE",
        "COLOR",
        "CLASS",
        "CREATED",
        "X-WR-CALDESC",
    }
    assert "\n" not in raw.replace("\r\n", "")
    await context.close()
