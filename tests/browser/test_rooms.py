"""All of the conversation on the page: groups, a topic, a channel, inline mode, and what else one can send than words."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.playground.phones import CHANNEL, GROUP, TOPIC

from .stage import PATIENCE, Stage
from .test_page import CONTRAST

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("clean")]

ADDRESSED = {"telegram": "/{}", "vk": "@vestnik_bot {}"}
"""How a group is spoken to on each platform."""


async def enter(page: Page, chat: str, room: str) -> Locator:
    """Opens one of the phone's chats; the bot is called in if it is not there."""
    phone = page.locator(f"#{chat}")
    await phone.get_by_role("tab", name=room).click()
    if room != "Личный" and await phone.locator(".door").inner_text() != "Убрать бота":
        await phone.locator(".door").click()
        await expect(phone.locator(".door")).to_have_text("Убрать бота")
    return phone


async def say(phone: Locator, text: str) -> None:
    field = phone.get_by_role("textbox")
    await field.fill(text)
    await field.press("Enter")
    await expect(field).to_have_value("")


async def speak_as(phone: Locator, name: str) -> None:
    button = phone.locator(".people").get_by_role("button", name=name)
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(("chat", "room", "word"), [("telegram", "Группа", "subscribe"), ("vk", "Беседа", "подписаться")])
async def test_a_group_is_subscribed_by_who_administers_it(page: Page, chat: str, room: str, word: str) -> None:
    """A member is told so, by words and over a button; a reply to the bot is heard, talk among people is not."""
    phone = await enter(page, chat, room)
    answers = phone.locator(".theirs")
    await speak_as(phone, "Борис")
    await say(phone, ADDRESSED[chat].format(word))
    await expect(answers.last).to_contain_text("Настройки этого чата меняют только его администраторы.")
    await speak_as(phone, "Анна")
    await say(phone, ADDRESSED[chat].format(word))
    await expect(answers.last).to_contain_text("Готово, этот чат подписан.")
    await expect(phone.locator(".others .author")).to_have_text("Борис")
    await speak_as(phone, "Борис")
    await answers.last.get_by_role("button", name="Другие настройки").click()
    await expect(answers.last.get_by_role("button", name="Отписаться")).to_be_visible()
    await answers.last.get_by_role("button", name="Отписаться").click()
    await expect(phone.locator(".toast")).to_contain_text("только его администраторы")
    await answers.last.get_by_role("button", name="Ответить").click()
    await expect(phone.locator(".answering")).to_contain_text("Ответ: Настройки")
    seen = await answers.count()
    await say(phone, "помощь")
    await expect(answers.nth(seen)).to_contain_text("Что я умею")
    await expect(phone.locator(".mine .quoted").last).to_contain_text("Настройки")
    wide = await phone.locator(".log").evaluate(
        "log => [...log.querySelectorAll('.bubble')].some(one => one.getBoundingClientRect().right > log.getBoundingClientRect().right)"
    )
    assert not wide
    await say(phone, "а что вы думаете?")
    await say(phone, ADDRESSED[chat].format("calendar"))
    await expect(answers.nth(seen + 1)).to_contain_text("Календарь")


async def test_a_topic_and_its_group_are_apart(page: Page, stage: Stage) -> None:
    """The greeting stands in the group; what is asked in a topic is answered there, and counted on its tab for who looks elsewhere."""
    phone = page.locator("#telegram")
    await phone.get_by_role("tab", name="Группа").click()
    if await phone.locator(".door").inner_text() == "Убрать бота":
        await phone.locator(".door").click()
        await expect(phone.locator(".door")).not_to_have_text("Убрать бота")
    await enter(page, "telegram", "Группа")
    await expect(phone.locator(".theirs")).to_have_count(1)
    await enter(page, "telegram", "Тема")
    await say(phone, "/help")
    await expect(phone.locator(".theirs").last).to_contain_text("Что я умею")
    assert [message.thread for message in stage.demo.telegram.ledger.messages(GROUP)] == [0, TOPIC]
    await enter(page, "telegram", "Группа")
    await expect(phone.locator(".theirs")).to_have_count(1)
    stage.demo.reader.say("/help", chat=stage.demo.telegram_phone.group, thread=TOPIC)
    await expect(phone.get_by_role("tab", name="Тема").locator(".badge")).to_have_text("1")
    await phone.get_by_role("tab", name="Группа").press("ArrowRight")
    await expect(phone.get_by_role("tab", name="Тема")).to_be_focused()
    await expect(phone.locator(".theirs")).to_have_count(2)


async def test_a_channel_is_subscribed_by_a_post_and_only_read_by_others(page: Page, stage: Stage) -> None:
    """One button subscribes it; a subscriber has no box to write in, and presses in vain what is not theirs."""
    phone = await enter(page, "telegram", "Канал")
    await phone.get_by_role("button", name="Подписать этот чат").click()
    await expect(phone.locator(".theirs").last).to_contain_text("Готово, этот чат подписан.")
    await speak_as(phone, "Борис")
    await expect(phone.get_by_role("textbox")).to_be_disabled()
    await phone.locator(".theirs").last.get_by_role("button", name="Другие настройки").click()
    await phone.locator(".theirs").last.get_by_role("button", name="Отписаться").click()
    await expect(phone.locator(".toast")).to_contain_text("только его администраторы")
    assert len(stage.demo.telegram.ledger.messages(CHANNEL)) == 1


async def test_the_morning_comes_to_every_chat_that_is_subscribed(page: Page) -> None:
    """A group, its topic, a channel and a conversation, each by its own subscription."""
    chats = (("telegram", "Группа"), ("telegram", "Тема"), ("telegram", "Канал"), ("vk", "Беседа"))
    for chat, room in chats:
        phone = await enter(page, chat, room)
        await say(phone, ADDRESSED[chat].format("subscribe"))
        await expect(phone.locator(".theirs").last).to_contain_text("Готово, этот чат подписан.")
    await page.locator("#morning").click()
    await expect(page.locator("#notice")).to_contain_text("Настало утро")
    for chat, room in chats:
        phone = await enter(page, chat, room)
        await expect(phone.locator(".theirs").last).to_contain_text("Мессенджеры: что изменилось", timeout=2 * PATIENCE)


async def test_stories_are_inserted_by_inline_mode(page: Page, stage: Stage) -> None:
    """`@bot words` shows a list above the box; by keyboard or by a click one of it stands in the chat, and the bot keeps silent."""
    phone = await enter(page, "telegram", "Группа")
    said = len(stage.demo.telegram.ledger.messages(GROUP))
    field, offers = phone.get_by_role("textbox"), phone.locator(".offers")
    await field.fill("@vestnik_bot кукареку")
    await expect(offers).to_have_text("Ничего не нашлось.")
    await field.fill("@vestnik_bot ")
    await expect(offers.get_by_role("button").nth(1)).to_be_visible()
    title = await offers.get_by_role("button").last.locator("b").inner_text()
    await field.press("ArrowUp")
    await expect(offers.get_by_role("button").last).to_be_focused()
    await page.keyboard.press("Enter")
    inserted = phone.locator(".mine").last
    await expect(inserted).to_contain_text(title)
    await expect(inserted.locator(".via")).to_have_text("через @vestnik_bot")
    await expect(inserted.locator("strong").first).to_have_text(title)
    await expect(offers).to_be_hidden()
    await expect(field).to_have_value("")
    await field.fill("@vestnik_bot ")
    await expect(offers).to_be_visible()
    await field.press("Escape")
    await expect(offers).to_be_hidden()
    await say(phone, "@vestnik_bot помощь")
    await expect(phone.locator(".theirs").last).to_contain_text("Что я умею")
    assert len(stage.demo.telegram.ledger.messages(GROUP)) == said + 1


@pytest.mark.parametrize("chat", ["telegram", "vk"])
async def test_what_else_than_words_can_be_sent(page: Page, chat: str, tmp_path: Path) -> None:
    """A link from the sample, a forwarded post, a place on the map, a file: each is answered."""
    phone = await enter(page, chat, "Личный")
    answers, more = phone.locator(".theirs"), phone.get_by_role("button", name="Что ещё отправить")

    async def choose(name: str) -> None:
        await more.click()
        await phone.locator(".choices").get_by_role("button", name=name).click()
        await expect(phone.locator(".choices")).to_be_hidden()

    await choose("Место на карте")
    await expect(answers.last).to_contain_text("Омск")
    await expect(phone.locator(".mine .text")).to_have_text("Место на карте")
    seen = await answers.count()
    await choose("Переслать пост")
    await expect(phone.locator(".mine").last).to_contain_text("пересланное сообщение")
    await expect(answers.nth(seen)).to_contain_text(re.compile("Стадия|Это не о регулировании"))
    await choose("Ссылка на новость")
    await expect(phone.get_by_role("textbox")).to_have_value(re.compile("^http://127"))
    await phone.get_by_role("textbox").press("Enter")
    # The browser's sites alone are trusted by the bot of a real demonstration; here the address is private, and it says so.
    await expect(answers.nth(seen + 1)).to_contain_text("Такие адреса я не открываю.")
    paper = tmp_path / "закон.txt"
    paper.write_text(
        "Роскомнадзор объявил о блокировке мессенджера Viber в России с 1 июня 2026 года. Сервис не выполнил требований закона."
    )
    await more.click()
    await phone.locator("input[type=file]").set_input_files(paper)
    await expect(phone.locator(".mine .file")).to_contain_text("закон.txt · 1 КБ")
    await expect(answers.nth(seen + 2)).to_contain_text("Viber")
    await say(phone, "/export" if chat == "telegram" else "Мои данные")
    async with page.expect_download() as download:
        await phone.locator(".theirs .file a").last.click()
    await (await download.value).save_as(tmp_path / "mine.json")
    assert '"subscriber"' in (tmp_path / "mine.json").read_text(encoding="utf-8")


async def test_one_reader_on_both_platforms(page: Page) -> None:
    """A code from one chat, said in the other, links them; and they are parted again."""
    telegram, vk = await enter(page, "telegram", "Личный"), await enter(page, "vk", "Личный")
    await say(telegram, "/link")
    text = await telegram.locator(".theirs").last.inner_text()
    code = re.search(r"связать (\S+)", text)
    assert code, text
    await say(vk, f"связать {code.group(1)}")
    await expect(vk.locator(".theirs").last).to_contain_text("Готово, чаты связаны")
    await say(vk, "Отвязать")
    await expect(vk.locator(".theirs").last).to_contain_text("Связи больше нет")


async def test_a_fact_is_called_wrong_and_an_administrator_reads_it(page: Page) -> None:
    """«Неверно» on a card, what of it is wrong, and the complaint with its evidence in the administrator's list."""
    phone = await enter(page, "telegram", "Личный")
    answers = phone.locator(".theirs")
    await say(phone, "/digest 30d")
    await answers.last.get_by_role("button", name=re.compile("^1")).first.click()
    await expect(answers.last).to_contain_text("Источники")
    await answers.last.get_by_role("button", name="Неверно").click()
    await expect(answers.last).to_contain_text("Что здесь неверно?")
    await answers.last.get_by_role("button").first.click()
    await expect(answers.last).to_contain_text("Спасибо. Передал администраторам")
    await say(phone, "/feedback")
    await expect(answers.last).to_contain_text("Что читатели назвали неверным")
    await say(phone, "/stats")
    await expect(answers.last).to_contain_text("Подписчики")


@pytest.mark.parametrize("width", [360, 1280])
async def test_every_chat_fits_its_phone(page: Page, width: int) -> None:
    """No button of the page is cut in any of the chats, and nothing is wider than the screen."""
    await page.set_viewport_size({"width": width, "height": 800})
    for room in ("Группа", "Тема", "Канал"):
        phone = await enter(page, "telegram", room)
        await phone.get_by_role("button", name="Что ещё отправить").click()
        cut = await page.evaluate(
            """() => Array.from(document.querySelectorAll("#telegram h2, #telegram button, #telegram .state"))
                .filter(node => node.checkVisibility() && (node.scrollWidth > node.clientWidth + 1 || node.getBoundingClientRect().right > innerWidth))
                .map(node => node.outerHTML.slice(0, 90))"""
        )
        assert cut == []
        assert await page.evaluate("() => document.documentElement.scrollWidth") <= width
        await page.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_contrast_is_enough_in_company(page: Page, stage: Stage, scheme: str) -> None:
    """Names, quoted answers, badges, the list of stories and the choices of what to send reach 4.5 : 1 too."""
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    phone, talk = await enter(page, "telegram", "Группа"), await enter(page, "vk", "Беседа")
    demo = stage.demo
    asked = demo.reader.say("/help", chat=demo.telegram_phone.group)
    demo.telegram_phone.guest.say("а что ещё?", chat=demo.telegram_phone.group, reply_to=asked.message_id)
    demo.reader.say("/help", chat=demo.telegram_phone.group, thread=TOPIC)
    await expect(phone.locator(".others .quoted")).to_have_text("/help")
    await expect(phone.get_by_role("tab", name="Тема").locator(".badge")).to_have_text("1")
    await phone.get_by_role("textbox").fill("@vestnik_bot ")
    await expect(phone.locator(".offers button").first).to_be_visible()
    await talk.get_by_role("button", name="Что ещё отправить").click()
    assert await page.evaluate(CONTRAST) == []
