"""Takes the pictures of docs/tour.md: starts the demonstration, plays a conversation in both chats and walks the public site."""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot import app
from bot.app import Process
from bot.clock import MovableClock
from bot.commands.demo import START, read_all, soonest
from bot.model import Story
from bot.playground.demo import Demo
from bot.settings import Settings

IMAGES = Path(__file__).parent / "images"
CHATS = ("telegram", "vk")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PATIENCE = 30_000
"""Milliseconds."""
COLOURS = 128


def save(name: str, png: bytes) -> None:
    """Writes the picture with few colours; as it is where Pillow is not installed."""
    try:
        from PIL import Image
    except ModuleNotFoundError:
        data = png
    else:
        packed = io.BytesIO()
        image = Image.open(io.BytesIO(png)).convert("RGB")
        image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        data = packed.getvalue()
    IMAGES.joinpath(name).write_bytes(data)
    print(f"{name}: {len(data) // 1024} KB", flush=True)


async def shoot(target: Page | Locator, name: str) -> None:
    page = target if isinstance(target, Page) else target.page
    await page.mouse.move(0, 0)  # no button looks as if it were touched
    save(name, await target.screenshot())


async def say(page: Page, chat: str, text: str) -> Locator:
    """Says it in the chat. Returns the answer, which replaces «Читаю…» once it is there."""
    log = page.locator(f"#{chat} .theirs")
    seen = await log.count()
    field = page.locator(f"#{chat}-input")
    await field.fill(text)
    await field.press("Enter")
    await field.blur()
    await expect(log.nth(seen)).to_be_visible(timeout=PATIENCE)
    await expect(log.last).not_to_contain_text(re.compile("^Читаю"), timeout=PATIENCE)
    await settled(page)
    return log.nth(seen)


async def press(page: Page, chat: str, name: str | re.Pattern[str]) -> None:
    """Presses the last button so named and waits until the bot has answered."""
    log = page.locator(f"#{chat} .log")
    before = await log.inner_html()
    await page.locator(f"#{chat}").get_by_role("button", name=name).last.click()
    await page.wait_for_function("([chat, before]) => document.querySelector(`#${chat} .log`).innerHTML !== before", arg=[chat, before])
    await settled(page)


async def settled(page: Page) -> None:
    """Nothing is busy, no notice covers the chat, and nothing has changed for half a second."""
    await expect(page.locator("[aria-busy]")).to_have_count(0, timeout=PATIENCE)
    await expect(page.locator(".toast:not([hidden])")).to_have_count(0, timeout=PATIENCE)
    await page.evaluate(
        """() => new Promise(done => {
            let timer = setTimeout(done, 500);
            new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 500); })
                .observe(document.body, { subtree: true, childList: true, characterData: true });
        })"""
    )


async def show(page: Page, message: Locator, chat: str) -> None:
    """Scrolls the chat so that the message begins at its top."""
    await page.evaluate(
        "([log, node]) => { log.scrollTop += node.getBoundingClientRect().top - log.getBoundingClientRect().top - 12; }",
        [await page.locator(f"#{chat} .log").element_handle(), await message.element_handle()],
    )


async def both(page: Page, words: tuple[str, str], name: str) -> None:
    """Says the same in both chats, each in its own way, and takes the picture."""
    for chat, text in zip(CHATS, words, strict=True):
        await show(page, await say(page, chat, text), chat)
    await shoot(page, name)


async def pressed_on(page: Page, name: str | re.Pattern[str]) -> None:
    """Presses the same in both chats; what is edited in place is shown from its top."""
    for chat in CHATS:
        await press(page, chat, name)
        await show(page, page.locator(f"#{chat} .theirs").last, chat)


async def enter(page: Page, chat: str, room: str) -> None:
    """Opens one of a phone's chats."""
    await page.locator(f"#{chat}").get_by_role("tab", name=room).click()
    await settled(page)


async def speak_as(page: Page, name: str) -> None:
    for chat in CHATS:
        await page.locator(f"#{chat} .people").get_by_role("button", name=name).click()


async def say_both(page: Page, telegram: str, vk: str) -> None:
    for chat, text in zip(CHATS, (telegram, vk), strict=True):
        await say(page, chat, text)
    await to_the_end(page)


async def to_the_end(page: Page) -> None:
    await page.evaluate("document.querySelectorAll('.log').forEach(log => { log.scrollTop = log.scrollHeight; })")


async def show_edition(page: Page, seen: dict[str, int]) -> None:
    """Waits for what comes to both chats after so many answers, and shows it from its top."""
    for chat in CHATS:
        await expect(page.locator(f"#{chat} .theirs").nth(seen[chat])).to_be_visible(timeout=PATIENCE)
    await settled(page)
    for chat in CHATS:
        await show(page, page.locator(f"#{chat} .theirs").nth(seen[chat]), chat)


async def answers(page: Page) -> dict[str, int]:
    return {chat: await page.locator(f"#{chat} .theirs").count() for chat in CHATS}


async def converse(browser: Browser, demo: Demo, article: str) -> None:
    page = await browser.new_page(viewport={"width": 1280, "height": 1000}, locale="ru-RU", reduced_motion="reduce")
    page.set_default_timeout(PATIENCE)
    await page.goto(demo.url)
    await page.wait_for_selector("body[data-ready]")
    await begin(page)
    await read(page, article)
    await gather(page)
    await live(page)
    await keep(page)
    await page.close()


async def begin(page: Page) -> None:
    """The first words, the subscription and the settings."""
    for chat in CHATS:
        await page.locator(f"#{chat}").get_by_role("button", name="Начать").click()
        await expect(page.locator(f"#{chat} .theirs").last).to_contain_text("Вестник следит")
    await page.locator(":focus").blur()
    await settled(page)
    await shoot(page, "start.png")
    for chat in CHATS:
        await press(page, chat, "Подписаться")
    await shoot(page, "subscription.png")
    await both(page, ("/settings", "Настройки"), "settings.png")
    await pressed_on(page, "Касается меня")
    await pressed_on(page, re.compile("банки"))
    await shoot(page, "profile.png")
    for chat in CHATS:
        await press(page, chat, re.compile("банки"))
    await say_both(page, "/timezone", "Часовой пояс")
    await press(page, "telegram", "По моему местоположению")
    await press(page, "vk", "Отправить местоположение")
    await shoot(page, "place.png")
    await page.locator("#telegram .board").get_by_role("button", name="По моему местоположению").click()
    await expect(page.locator("#telegram .theirs").last).to_contain_text("Готово.")
    await settled(page)


async def read(page: Page, article: str) -> None:
    """A digest, a card, a summary, a search, the calendar."""
    await both(page, ("/digest 7d", "Дайджест неделя"), "demo.png")
    for chat in CHATS:
        seen = await page.locator(f"#{chat} .theirs").count()
        await press(page, chat, re.compile("^1( · Подробнее)?$"))
        await show(page, page.locator(f"#{chat} .theirs").nth(seen), chat)
    await shoot(page, "card.png")
    await pressed_on(page, "Другой выпуск")
    await shoot(page, "digests.png")
    await both(page, (article, article), "summary.png")
    await both(page, ("/search блокировки", "Поиск блокировки"), "search.png")
    await pressed_on(page, "Уточнить")
    await pressed_on(page, "Стадия")
    await shoot(page, "refine.png")
    await both(page, ("/calendar", "Календарь"), "calendar.png")
    await pressed_on(page, "На год")
    await shoot(page, "calendar.png")


async def gather(page: Page) -> None:
    """A group and a conversation, and inline mode in the group; a channel is subscribed."""
    for chat, room in zip(CHATS, ("Группа", "Беседа"), strict=True):
        await enter(page, chat, room)
        await page.locator(f"#{chat} .hello").get_by_role("button").click()
        await expect(page.locator(f"#{chat} .theirs").last).to_contain_text("Вестник следит")
    await speak_as(page, "Борис")
    await say_both(page, "/subscribe", "@vestnik_bot подписаться")
    await speak_as(page, "Анна")
    await say_both(page, "/subscribe", "@vestnik_bot подписаться")
    await shoot(page, "group.png")
    field, offers = page.locator("#telegram-input"), page.locator("#telegram .offers button")
    for words in ("@vestnik_bot WhatsApp", "@vestnik_bot блокировка"):
        await field.fill(words)
        await expect(offers.first).to_be_visible()
        if words.endswith("WhatsApp"):
            await offers.first.click()
            await settled(page)
    await field.blur()
    await settled(page)
    await shoot(page.locator("#telegram"), "inline.png")
    await field.fill("")
    await enter(page, "telegram", "Канал")
    await page.locator("#telegram .hello").get_by_role("button").click()
    await page.locator("#telegram .hello").get_by_role("button", name="Подписать этот чат").click()
    await expect(page.locator("#telegram .theirs").last).to_contain_text("Готово, этот чат подписан.")
    for chat in CHATS:
        await enter(page, chat, "Личный")


async def live(page: Page) -> None:
    """The next morning; a story is followed; three hours later it develops, in the posts and in private."""
    seen = await answers(page)
    await page.locator("#morning").click()
    await show_edition(page, seen)
    await shoot(page, "morning.png")
    await page.emulate_media(color_scheme="dark")
    await shoot(page, "dark.png")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size({"width": 390, "height": 780})
    await show(page, page.locator("#telegram .theirs").nth(seen["telegram"]), "telegram")
    await shoot(page, "phone.png")
    await page.set_viewport_size({"width": 1280, "height": 1000})
    for chat in CHATS:
        await press(page, chat, re.compile("^5( · Подробнее)?$"))
        await press(page, chat, "Следить")
    seen = await answers(page)
    await page.locator("#later").click()
    await show_edition(page, seen)
    await shoot(page, "developed.png")
    for chat, room in zip(CHATS, ("Канал", "Беседа"), strict=True):
        await enter(page, chat, room)
        await show(page, page.locator(f"#{chat} .theirs").last, chat)
        await page.locator(f"#{chat} .log").evaluate("log => { log.scrollTop += 640; }")
    await shoot(page, "posts.png")
    for chat in CHATS:
        await enter(page, chat, "Личный")


async def keep(page: Page) -> None:
    """What is wrong is said and heard; what is kept, and the two accounts as one; English."""
    await say(page, "telegram", "/digest 7d")
    await press(page, "telegram", re.compile("^1 · Подробнее$"))
    await press(page, "telegram", "Неверно")
    await press(page, "telegram", "кого касается")
    await say(page, "vk", "Статистика")
    await press(page, "vk", "Отзывы")
    await to_the_end(page)
    await shoot(page, "feedback.png")
    await both(page, ("/privacy", "Мои данные"), "privacy.png")
    code = re.search(r"связать (\S+)", await (await say(page, "telegram", "/link")).inner_text())
    assert code
    await say(page, "vk", f"связать {code[1]}")
    await to_the_end(page)
    await shoot(page, "link.png")
    await page.get_by_role("button", name="English").click()
    await say_both(page, "english", "english")
    await both(page, ("/digest 7d", "digest week"), "english.png")


async def walk(browser: Browser, address: str, story: Story) -> None:
    """Takes the pages of the site; the tall ones are cut at a sheet."""
    wide, tall, phone = {"width": 1120, "height": 900}, {"width": 1120, "height": 1300}, {"width": 390, "height": 780}
    for name, path, size, scheme in (
        ("site-today.png", "/ru/", wide, "light"),
        ("site-story.png", f"/ru/story/{story.id}", tall, "light"),
        ("site-thread.png", f"/ru/thread/{story.thread}", wide, "light"),
        ("site-calendar.png", "/ru/calendar", wide, "light"),
        ("site-matrix.png", "/ru/overview", wide, "light"),
        ("site-phone.png", f"/ru/story/{story.id}", phone, "dark"),
    ):
        page = await browser.new_page(viewport=size, locale="ru-RU", color_scheme=scheme)  # type: ignore[arg-type]
        answer = await page.goto(address.rstrip("/") + path)
        assert answer is not None and answer.ok, path
        await shoot(page, name)
        await page.close()


def richest(stories: tuple[Story, ...]) -> Story:
    """The story with most to show: a thread of several, positions, disagreements, sources."""
    threads = [story.thread for story in stories]
    return max(stories, key=lambda one: (min(threads.count(one.thread), 3), bool(one.positions), len(one.sources)))


def headlined(story: Story) -> str:
    """The address of the article that gave a story its headline."""
    return next((one.url for one in story.sources if one.title == story.headline), story.sources[0].url)


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def main(executable: str) -> None:
    stop, started = asyncio.Event(), asyncio.Event()
    found: list[Process] = []
    with tempfile.TemporaryDirectory(prefix="vestnik-", ignore_cleanup_errors=True) as folder:
        async with Demo(Path(folder), clock=MovableClock(START), web_port=free_port()) as demo, asyncio.TaskGroup() as group:
            settings: Settings = demo.settings

            async def ready(process: Process) -> None:
                await read_all(process, demo)
                found.append(process)
                started.set()

            roles = tuple(app.Role)
            group.create_task(app.run(settings, roles, clock=demo.clock, stop=stop, ready=ready, trusted=(demo.site.url + "/",)))
            await started.wait()
            await demo.listened()
            store, collector = found[0].parts.store, found[0].parts.collector

            async def read_news() -> None:
                await collector.once()

            demo.next_slot = lambda now: soonest(store, now)
            demo.before_slot = read_news
            story = richest(await store.stories.recent(100))
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS.split())
                await converse(browser, demo, headlined(story))
                assert settings.public_url
                await walk(browser, settings.public_url, story)
                await browser.close()
            stop.set()


if __name__ == "__main__":
    chosen = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if chosen is None:
        sys.exit("there is no Chromium: apt-get install chromium")
    asyncio.run(main(chosen))
