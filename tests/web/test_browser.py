"""The site in a real Chromium: both languages, desk and phone, light and dark, keyboard alone, accessibility."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright

from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store
from bot.web import make_web
from tests.web.conftest import sources

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.browser,
    # Where a browser is required, its absence is a failure, not a skip.
    pytest.mark.skipif(
        not CHROMIUM and os.environ.get("VESTNIK_TEST_BROWSER") != "required",
        reason="no Chromium on this machine: apt-get install chromium",
    ),
    pytest.mark.timeout(180),
]

PATHS = (
    "/",
    "/story/s1",
    "/story/s20",
    "/thread/s1",
    "/story/s5",
    "/archive/2026-03",
    "/archive/2026-03-11",
    "/archive/2026-w11",
    "/calendar",
    "/search?q=telegram",
    "/messengers",
    "/messengers/telegram",
    "/audiences",
    "/audiences/banks",
    "/overview",
    "/how",
    "/sources",
    "/archive/2024-05-05",
    "/archive/2024-w20",
    "/search",
    "/search?q=qwerty",
    "/nothing",
)
WIDTHS = (360, 768, 1280, 1600)
WIDER = """Array.from(document.querySelectorAll("main *")).some(
    node => node.scrollWidth > document.documentElement.clientWidth && !node.closest(".scroll, svg"))"""


@pytest.fixture
async def address(filled: Store, clock: MovableClock) -> AsyncIterator[str]:
    """The site's address."""
    server = TestServer(make_web(filled, Settings(_env_file=None), clock, sources=sources, fresh=dt.timedelta(minutes=1)))
    async with server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium without a window."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        await opened.close()


def listen(page: Page) -> list[str]:
    """Everything that goes wrong on the page from now on."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    # The browser itself reports the status of the page that is meant to be missing.
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") and "404" not in said.text else None)
    # A request that the next page has overtaken is no trouble.
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}") if request.failure != "net::ERR_ABORTED" else None)
    return troubles


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_pages_stand_in_both_languages_and_all_widths(browser: Browser, address: str, scheme: str) -> None:
    """No error, nothing refused by the policy, nothing wider than the screen, no stranger's script has run."""
    page = await browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    troubles = listen(page)
    for path in (f"/{language}{path}" for language in ("ru", "en") for path in PATHS):
        await page.goto(address + path)
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 900})
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert not await page.evaluate(WIDER), (path, width)
        assert await page.evaluate("window.broken === undefined"), path
        paper = "rgb(251, 250, 246)" if scheme == "light" else "rgb(23, 24, 27)"
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    assert troubles == []


FOCUSED = """(() => { const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return { tag: one.tagName, text: (one.textContent || one.placeholder || "").trim(), href: one.getAttribute("href"), id: one.id,
             main: Boolean(one.closest("main")), ring: style.outlineStyle !== "none" || one.id === "main", seen: box.width > 0 && box.height > 0 } })()"""


async def tab_to(page: Page, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Presses Tab until what is wanted has the focus; everything passed on the way is visible and shows that it has it."""
    for _ in range(200):
        await page.keyboard.press("Tab")
        found: dict[str, Any] = await page.evaluate(FOCUSED)
        assert found["tag"] == "BODY" or (found["ring"] and found["seen"]), found
        if wanted(found):
            return found
    pytest.fail("Tab never came there")


async def test_keyboard_alone_is_enough(browser: Browser, address: str) -> None:
    """By Tab and Enter alone: to the content, a story, the sentence behind a fact, a search, the other language, the archive, a day."""
    page = await browser.new_page(viewport={"width": 1280, "height": 900})

    async def follow(wanted: Callable[[dict[str, Any]], bool]) -> None:
        await tab_to(page, wanted)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")

    await page.goto(f"{address}/ru/")
    await page.keyboard.press("Tab")
    assert (await page.evaluate(FOCUSED))["href"] == "#main"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert (await page.evaluate(FOCUSED))["main"]
    await page.reload()
    await follow(lambda one: bool(one["main"]) and "/ru/story/" in str(one["href"]))
    assert "/ru/story/" in page.url
    await page.goto(f"{address}/ru/story/s1")
    await tab_to(page, lambda one: one["tag"] == "SUMMARY")
    assert not await page.is_visible("details blockquote")
    await page.keyboard.press("Enter")
    assert await page.is_visible("details blockquote")
    await page.reload()
    await tab_to(page, lambda one: one["id"] == "q")
    await page.keyboard.type("Telegram")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert await page.locator("article.story").count() >= 1
    await follow(lambda one: one["text"] == "English")
    assert await page.get_attribute("html", "lang") == "en"
    assert await page.locator("article.story").count() >= 1
    await follow(lambda one: one["text"] == "Archive")
    await follow(lambda one: str(one["href"]).endswith("/archive/2026-03-11"))
    assert page.url.endswith("/en/archive/2026-03-11")
    assert await page.locator("article.story").count() >= 1


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_every_picture_says_itself_in_words(browser: Browser, address: str, language: str) -> None:
    """A reader who sees none of them hears a name for each, and for those that hold figures the figures too, in the page's language."""
    page = await browser.new_page()
    seen: set[str] = set()
    for path in PATHS:
        await page.goto(f"{address}/{language}{path}")
        for node in await page.locator("main svg, main img, main [role=img]").all():
            seen.add(str(await node.get_attribute("class")))
            name = await node.evaluate(
                "node => node.computedName || node.ariaLabel || node.alt || node.querySelector('title')?.textContent"
            )
            assert str(name or "").strip(), path
            assert not await node.evaluate("node => node.querySelector(':scope > desc')?.textContent.trim() === ''"), path
            if language == "en":
                assert not re.search("[а-яё]", str(name).lower()), (path, name)
    assert {"picture", "picture matrix", "steps", "card"} <= seen
    await page.goto(f"{address}/{language}/overview")
    told = await page.locator("svg.matrix desc").text_content() or ""
    assert await page.locator("details.data table").count() == 1
    assert ("table" if language == "en" else "таблиц") in told


async def test_print_leaves_the_text(browser: Browser, address: str) -> None:
    """On paper stand the story, the sentence behind each fact and the sources with their addresses, not the menus."""
    page = await browser.new_page()
    await page.goto(f"{address}/ru/story/s1")
    assert not await page.is_visible("details blockquote")
    await page.emulate_media(media="print")
    for hidden in ("nav", ".languages", "summary"):
        assert not await page.is_visible(hidden), hidden
    for shown in ("h1", "details blockquote", ".sources"):
        assert await page.is_visible(shown), shown
    written = await page.evaluate("getComputedStyle(document.querySelector('.sources a'), '::after').content")
    assert "https://news" in written


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core from the npm registry, or from the file that AXE_CORE names; a skip that says so where neither can be had."""
    if given := os.environ.get("AXE_CORE"):
        return Path(given).read_text(encoding="utf-8")
    if not shutil.which("npm"):
        pytest.skip("axe-core needs npm (or AXE_CORE with the path of axe.min.js)")
    folder = tmp_path_factory.mktemp("axe")
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), "axe-core@4"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"axe-core could not be installed from npm: {error}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
SEEN = ((360, "dark"), (768, "light"), (1280, "dark"), (1280, "light"), (1600, "light"))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.timeout(400)
async def test_accessible_by_axe(browser: Browser, address: str, axe: str, language: str) -> None:
    """WCAG 2.2 A and AA and axe's own good practice: no finding on any page, on any screen, by day or by night."""
    page = await browser.new_page()
    found = []
    for path in PATHS:
        await page.goto(f"{address}/{language}{path}")
        # Through the debugger's world: the page's own policy would refuse a script, as it should.
        await page.evaluate(axe)
        for width, scheme in SEEN:
            await page.set_viewport_size({"width": width, "height": 900})
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            result = await page.evaluate(f"axe.run({RULES})")
            found += [(path, width, scheme, one["id"], [node["html"][:120] for node in one["nodes"][:2]]) for one in result["violations"]]
    assert found == []
