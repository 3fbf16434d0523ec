"""What people pass on instead of writing it: forwarded messages, posts of a wall, headlines whose news stand behind a link."""

from __future__ import annotations

from typing import Any

import pytest
from acting import staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.playground.vk.community import keep_document
from bot.settings import Settings
from bot.store import Store

POST = (
    "Роскомнадзор объявил об ограничении доступа к мессенджеру Viber в России. Сервис не выполнил требований закона к организаторам "
    "распространения информации, сообщили в ведомстве 13 декабря."
)
PATH = "/comss/putin-podpisal-zakony-rasshiryayuschie-rol-max-i-gosuslug"


def wall(text: str, **fields: Any) -> dict[str, Any]:
    return {"type": "wall", "wall": {"id": 5, "from_id": -1, "to_id": -1, "date": 1, "text": text, "attachments": [], **fields}}


def passed(text: str, **fields: Any) -> dict[str, Any]:
    return {"date": 1, "from_id": 1, "id": 0, "conversation_message_id": 1, "peer_id": 7, "text": text, "attachments": [], **fields}


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("", {"attachments": [wall(POST)]}),
        ("смотри, что пишут", {"attachments": [wall(POST)]}),
        ("Кратко", {"attachments": [wall(POST)]}),
        ("", {"attachments": [wall("", copy_history=[wall(POST)["wall"]])]}),
        ("", {"fwd_messages": [passed(POST)]}),
        ("кратко", {"fwd_messages": [passed(POST)]}),
        ("это правда?", {"fwd_messages": [passed("", fwd_messages=[passed(POST)])]}),
        ("", {"fwd_messages": [passed("", attachments=[wall(POST)])]}),
        ("кратко", {"reply_message": passed("", attachments=[wall(POST)])}),
    ],
)
async def test_what_is_passed_on_in_vk_is_retold(
    said: str, fields: dict[str, Any], store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """A shared post, what it reposts, forwarded messages and posts in them; with a remark or with «кратко» beside them."""
    async with staged("vk", store, clock, settings, analyst) as stage:
        person = stage.person()
        person.say(said, **fields)
        message = await person.expect("ограничении доступа")
        assert message.edits


async def test_a_shared_link_and_a_forwarded_file_are_read_in_vk(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """A link comes as an attachment alone, a file inside a forwarded message; a command beside a post stays a command."""
    async with staged("vk", store, clock, settings, analyst) as stage:
        person = stage.person()
        person.say("", attachments=[{"type": "link", "link": {"url": stage.site + PATH, "title": "Новость"}}])
        await person.expect("Путин подписал законы")
        document = keep_document(stage.emulator, "note.txt", POST.encode(), owner=7)
        person.say("", fwd_messages=[passed("", attachments=[{"type": "doc", "doc": document}])])
        await person.expect("ограничении доступа")
        person.say("Помощь", attachments=[wall(POST)])
        await person.expect("Что я умею")


async def test_a_forwarded_headline_leads_to_its_news_in_telegram(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Channels write a line and put the link behind a word; the caption of a forwarded picture is a text too."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        person = stage.person()
        origin = {"type": "channel", "date": 1, "chat": {"id": -1009, "type": "channel", "title": "Новости"}, "message_id": 1}
        link = [{"type": "text_link", "offset": 0, "length": 5, "url": stage.site + PATH}]
        person.say("Путин подписал законы", forward_origin=origin, entities=link)
        await person.expect("Кого касается")
        picture = {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}
        person.say("", forward_origin=origin, photo=[picture], caption=POST)
        await person.expect("ограничении доступа")
