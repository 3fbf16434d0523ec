"""A person plays with the demonstration's page in a real browser."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.playground.ledger import Delivered, Entity
from bot.playground.phones import READER

from .stage import PATIENCE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHATS = ("telegram", "vk")

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
"""Gives every visible text whose contrast with what lies behind it is below 4.5."""


async def test_a_conversation_in_both_chats(page: Page, stage: Stage) -> None:
    """Start, subscribe, a digest on request, and the morning's own, in Telegram and in VK."""
    for chat in CHATS:
        root = page.locator(f"#{chat}")
        await root.get_by_role("button", name="Начать").click()
        greeting = root.locator(".theirs").last
        await expect(greeting).to_contain_text("Вестник следит за регулированием мессенджеров")
        await expect(greeting.locator("strong").first).to_contain_text("Вестник следит")
        await greeting.get_by_role("button", name="Подписаться").click()
        await expect(root.locator(".theirs").last).to_contain_text("09:00")
    for chat, words in zip(CHATS, ("/digest 7d", "Дайджест неделя"), strict=True):
        field = page.locator(f"#{chat}-input")
        await field.fill(words)
        await field.press("Enter")
        await expect(field).to_have_value("")
        digest = page.locator(f"#{chat} .theirs").last
        await expect(digest.locator("a[href^='http']").first).to_be_visible()
        await expect(digest).to_contain_text("Мессенджеры")
    seen = {chat: await page.locator(f"#{chat} .theirs").count() for chat in CHATS}
    before = stage.demo.clock.now()
    await page.locator("#morning").click()
    await expect(page.locator("#notice")).to_contain_text("Настало утро")
    for chat in CHATS:
        await expect(page.locator(f"#{chat} .theirs").nth(seen[chat])).to_contain_text("Мессенджеры", timeout=2 * PATIENCE)
        await expect(page.locator(f"#{chat} .message time").last).to_have_text("09:00")
    await expect(page.locator("#clock")).to_contain_text("09:00")
    assert stage.demo.clock.now() > before
    assert stage.demo.telegram.ledger.over_limit == stage.demo.vk.ledger.over_limit == 0


@pytest.mark.usefixtures("clean")
async def test_everything_works_by_keyboard_alone(page: Page, stage: Stage) -> None:
    """Tab reaches the chat, Enter sends, buttons are pressed by Enter, the focus stays where one was."""
    await page.reload()
    await page.wait_for_selector("body[data-ready]")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#telegram-input")).to_be_focused()
    await page.keyboard.type("/start")
    await page.keyboard.press("Enter")
    await expect(page.locator("#telegram .theirs")).to_contain_text("Вестник следит")
    await expect(page.locator("#telegram-input")).to_be_focused()
    for _ in range(8):
        await page.keyboard.press("Shift+Tab")
        if await page.locator("#telegram .key:focus").count():
            break
    focused = page.locator("#telegram .key:focus")
    await expect(focused).to_have_count(1)
    outline = await focused.evaluate("node => getComputedStyle(node).outlineStyle + getComputedStyle(node).outlineWidth")
    assert outline == "solid3px"
    before = stage.demo.telegram.ledger.sequence
    await page.keyboard.press("Enter")
    await stage.demo.telegram.watch.until(lambda: stage.demo.telegram.ledger.sequence > before, 10)
    await expect(page.locator("#telegram [aria-busy]")).to_have_count(0)
    inside = await page.evaluate("() => document.activeElement.closest('section')?.id")
    assert inside == "telegram"


async def test_a_phone_shows_one_chat_at_a_time(page: Page, stage: Stage) -> None:
    """Tabs by arrow keys, nothing wider than the screen, unread messages counted on the other tab."""
    await page.set_viewport_size({"width": 360, "height": 700})
    await expect(page.locator("#telegram")).to_be_visible()
    await expect(page.locator("#vk")).to_be_hidden()
    assert await page.evaluate("() => document.documentElement.scrollWidth") <= 360
    stage.demo.vk_reader.say("Помощь")
    await expect(page.locator("#tab-vk .badge")).to_have_text("1")
    await page.locator("#tab-telegram").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#vk")).to_be_visible()
    await expect(page.locator("#telegram")).to_be_hidden()
    await expect(page.locator("#tab-vk .badge")).to_be_hidden()
    await expect(page.locator("#tab-vk")).to_be_focused()


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1600])
async def test_nothing_is_cut_or_falls_out_of_its_line(page: Page, width: int) -> None:
    """The clock, the names of the chats and every button are seen whole; on a desk the head is one line."""
    await page.set_viewport_size({"width": width, "height": 800})
    cut = await page.evaluate(
        """() => Array.from(document.querySelectorAll("h1, h2, button, .clock time, .state")).filter(node => node.offsetParent
            && (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== "inline"
                || node.getBoundingClientRect().right > innerWidth)).map(node => node.outerHTML.slice(0, 80))"""
    )
    assert cut == []
    if width > 820:
        tops = await page.evaluate(
            "[...document.querySelectorAll('.brand, .tools')].map(node => { const b = node.getBoundingClientRect(); return (b.top + b.bottom) / 2 })"
        )
        assert abs(tops[0] - tops[1]) < 2
        assert await page.evaluate("document.querySelector('#clock').getClientRects().length") == 1


@pytest.mark.usefixtures("clean")
async def test_a_toast_does_not_stay_over_what_comes_next(page: Page) -> None:
    """The platform's short answer goes by itself, and at once when the person goes on."""
    root = page.locator("#telegram")
    await root.evaluate("node => { const toast = node.querySelector('.toast'); toast.textContent = 'Готово.'; toast.hidden = false; }")
    await page.locator("#telegram-input").fill("/help")
    await page.locator("#telegram-input").press("Enter")
    await expect(root.locator(".toast")).to_be_hidden(timeout=1500)


@pytest.mark.usefixtures("clean")
async def test_text_of_the_bot_is_never_markup(page: Page, stage: Stage) -> None:
    """Tags, scripts and script addresses stay letters; styles nest and overlap as their offsets say."""
    text = "😀 <img src=x onerror=alert(1)> жирный курсив"
    message = Delivered(
        chat_id=READER,
        message_id=10**6,
        sender=0,
        method="sendMessage",
        text=text,
        entities=(Entity("text_link", 0, 2, "javascript:alert(1)"), Entity("bold", 32, 13), Entity("italic", 39, 6)),
        at=stage.demo.clock.now(),
    )
    stage.demo.telegram.ledger.put(message)
    stage.demo.telegram.delivered(message)
    shown = page.locator("#telegram .message[data-id='1000000'] .text")
    await expect(shown).to_have_text(text)
    assert await shown.locator("img, script, a").count() == 0
    await expect(shown.locator("strong")).to_have_text("жирный курсив")
    await expect(shown.locator("strong em")).to_have_text("курсив")


@pytest.mark.usefixtures("clean")
async def test_edits_and_deletions_happen_in_place(page: Page, stage: Stage) -> None:
    """The message keeps its place; a deleted one is gone; a reload shows the same."""
    said = stage.demo.reader.say("раз")
    await expect(page.locator("#telegram .mine")).to_have_text("Вы: раз" + await page.locator("#telegram .mine time").inner_text())
    said.text = "два"
    stage.demo.telegram.delivered(said, kind="edit")
    await expect(page.locator("#telegram .mine .text")).to_have_text("два")
    await page.reload()
    await expect(page.locator("#telegram .mine .text")).to_have_text("два")
    said.deleted = True
    stage.demo.telegram.delivered(said, kind="delete")
    await expect(page.locator("#telegram .mine")).to_have_count(0)


async def test_english_and_back(page: Page) -> None:
    """The switch changes the page's words at once and is remembered."""
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator("#morning")).to_have_text("Next morning")
    await expect(page.locator("#telegram-input")).to_have_attribute("placeholder", "A command, a word or a link")
    await page.reload()
    await expect(page.locator("#morning")).to_have_text("Next morning")
    await page.get_by_role("button", name="Русский").click()
    await expect(page.locator("#morning")).to_have_text("Следующее утро")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
async def test_contrast_is_enough(page: Page, stage: Stage, scheme: str, width: int) -> None:
    """All visible text reaches 4.5 : 1 (WCAG AA), in both schemes."""
    await page.set_viewport_size({"width": width, "height": 800})
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    stage.demo.reader.say("/help")
    stage.demo.vk_reader.say("Настройки")
    await expect(page.locator("#telegram .theirs").last).to_contain_text("/digest" if width > 800 else "")
    assert await page.evaluate(CONTRAST) == []


async def test_a_blocked_bot_is_told(page: Page, stage: Stage) -> None:
    """Blocking and unblocking from the page reaches the emulator."""
    button = page.locator("#telegram .door")
    await button.click()
    await expect(button).to_have_text("Разрешить писать")
    assert stage.demo.reader.chat.refusal == "blocked"
    await button.click()
    await expect(button).to_have_text("Запретить писать")
    assert stage.demo.reader.chat.refusal == ""
