"""The emulated VK API as vk_api and VkBotLongPoll see it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping

import pytest
import requests
from aiohttp import web
from vk_api import VkApiGroup
from vk_api.bot_longpoll import VkBotEventType, VkBotLongPoll
from vk_api.exceptions import ApiError, ApiHttpError
from vk_api.upload import VkUpload

from bot.errors import BadInput
from bot.playground.vk import VkEmulator

ANNA = 7
TEXT = {"message": "x", "random_id": 0, "peer_id": ANNA}


async def call(api: VkApiGroup, method: str, **values: object) -> object:
    return await asyncio.to_thread(api.method, method, values)


def board(*rows: list[Mapping[str, object]], inline: bool = True, **fields: object) -> str:
    return json.dumps({"inline": inline, "buttons": rows, **fields}, ensure_ascii=False)


def button(label: str = "x", kind: str = "text", **action: object) -> dict[str, object]:
    return {"action": {"type": kind, "label": label, **action}}


@pytest.fixture(autouse=True)
def anna(vk: VkEmulator) -> None:
    vk.person(ANNA)


@pytest.mark.parametrize(
    ("method", "values", "code"),
    [
        ("messages.sendAll", {}, 3),
        ("execute", {"code": "return 1;"}, 3),
        ("messages.send", {"message": "x", "peer_id": ANNA}, 100),
        ("messages.send", {**TEXT, "random_id": 2**31}, 100),
        ("messages.send", {**TEXT, "parse_mode": "HTML"}, 100),
        ("messages.send", {**TEXT, "user_id": ANNA}, 100),
        ("messages.send", {**TEXT, "message": " "}, 100),
        ("messages.send", {**TEXT, "message": "я" * 4097}, 914),
        ("messages.send", {**TEXT, "message": "😀" * 2049}, 914),
        ("messages.send", {**TEXT, "v": "5.92"}, 8),
        ("messages.send", {**TEXT, "access_token": "other"}, 5),
        ("messages.send", {**TEXT, "peer_id": 404}, 901),
        ("messages.send", {**TEXT, "peer_id": 2000000404}, 917),
        ("messages.send", {"message": "x", "random_id": 1, "peer_ids": ",".join(map(str, range(1, 102)))}, 100),
        ("messages.send", {**TEXT, "attachment": "doc1_1"}, 100),
        ("messages.send", {**TEXT, "keyboard": "{"}, 911),
        ("messages.send", {**TEXT, "keyboard": board(*[[button()]] * 7)}, 911),
        ("messages.send", {**TEXT, "keyboard": board(*[[button()] * 5] * 2, [button()])}, 911),
        ("messages.send", {**TEXT, "keyboard": board([button()] * 6)}, 911),
        ("messages.send", {**TEXT, "keyboard": board([button("я" * 41)])}, 911),
        ("messages.send", {**TEXT, "keyboard": board([button(payload=json.dumps("x" * 254))])}, 911),
        ("messages.send", {**TEXT, "keyboard": board([button(payload="{no json")])}, 911),
        ("messages.send", {**TEXT, "keyboard": board([button(kind="open_link", link="x.ru")])}, 911),
        ("messages.send", {**TEXT, "keyboard": board([{**button(), "color": "green"}])}, 911),
        ("messages.send", {**TEXT, "keyboard": board([button()], one_time=True)}, 911),
        ("messages.send", {**TEXT, "keyboard": board([button(), {"action": {"type": "location"}}])}, 911),
        ("messages.send", {**TEXT, "keyboard": board(*[[button()]] * 11, inline=False)}, 911),
        ("messages.send", {**TEXT, "format_data": json.dumps({"version": 1, "items": [{"type": "bold", "offset": 0, "length": 2}]})}, 100),
        ("messages.send", {**TEXT, "format_data": json.dumps({"version": 1, "items": [{"type": "code", "offset": 0, "length": 1}]})}, 100),
        ("messages.send", {**TEXT, "format_data": json.dumps({"items": []})}, 100),
        ("messages.edit", {"peer_id": ANNA, "message_id": 99, "message": "x"}, 100),
        ("messages.sendMessageEventAnswer", {"event_id": "1", "user_id": ANNA, "peer_id": ANNA}, 100),
        ("groups.getLongPollServer", {"group_id": 1}, 15),
    ],
)
async def test_wrong_calls_are_refused(vk_bot: VkApiGroup, method: str, values: dict[str, object], code: int) -> None:
    """Each with VK's own code."""
    with pytest.raises(ApiError) as caught:
        await call(vk_bot, method, **values)
    assert caught.value.code == code


async def test_a_message_with_all_that_fits(vk: VkEmulator, vk_bot: VkApiGroup) -> None:
    """Styles by UTF-16 offsets, ten inline buttons, forty standard ones."""
    styles = {
        "version": 1,
        "items": [{"type": "bold", "offset": 3, "length": 3}, {"type": "url", "offset": 0, "length": 2, "url": "https://x.ru"}],
    }
    keyboard = board([button("Да", "callback", payload={"a": 1})] * 5, [button(kind="open_link", link="https://x.ru")] * 5)
    number = await call(
        vk_bot, "messages.send", peer_id=ANNA, random_id=1, message="😀 abc", format_data=json.dumps(styles), keyboard=keyboard
    )
    (message,) = vk.person(ANNA).messages
    assert message.message_id == number
    assert message.styled("bold") == ("abc",)
    assert message.links == ("https://x.ru",)
    assert len(message.buttons) == 10
    await call(vk_bot, "messages.send", peer_id=ANNA, random_id=2, message="x", keyboard=board(*[[button()] * 4] * 10, inline=False))
    assert len(vk.person(ANNA).reply_keyboard) == 40


async def test_a_hundred_peers_and_a_repeat(vk: VkEmulator, vk_bot: VkApiGroup) -> None:
    """One refused peer does not stop the rest; the same random_id gives the same messages and sends none."""
    vk.people(100, 98)
    vk.fault("error", code=902, chat=100, times=None)
    peers = ",".join(map(str, [*range(100, 198), ANNA, 404]))
    first = await call(vk_bot, "messages.send", peer_ids=peers, random_id=5, message="x")
    again = await call(vk_bot, "messages.send", peer_ids=peers, random_id=5, message="x")
    assert isinstance(first, list)
    assert first == again
    errors = {answer["peer_id"]: answer["error"]["code"] for answer in first if "error" in answer}
    assert errors == {100: 902, 404: 901}
    assert vk.ledger.delivered == 98


async def test_limits_and_faults(vk_bot: VkApiGroup) -> None:
    """Twenty calls a second, then error 6; error pages, captcha, cut connections."""
    async with VkEmulator(slack=0) as vk:
        vk.people(1, 1)
        session = vk_bot.http
        session.get_adapter("https://api.vk.ru/").base = vk.url  # type: ignore[attr-defined]
        for _ in range(20):
            await call(vk_bot, "messages.setActivity", peer_id=1, type="typing")
        with pytest.raises(ApiError) as caught:
            await call(vk_bot, "messages.setActivity", peer_id=1, type="typing")
        assert caught.value.code == 6
        assert vk.ledger.over_limit == 1
    async with VkEmulator(calls_a_second=None) as vk:
        vk.people(1, 1)
        session.get_adapter("https://api.vk.ru/").base = vk.url  # type: ignore[attr-defined]
        vk.fault("page")
        with pytest.raises(ApiHttpError):
            await call(vk_bot, "users.get", user_ids=1)
        vk.fault("error", code=10)
        with pytest.raises(ApiError) as caught:
            await call(vk_bot, "users.get", user_ids=1)
        assert caught.value.code == 10
        vk.fault("drop-after", method="messages.send")
        with pytest.raises(requests.ConnectionError):
            await call(vk_bot, "messages.send", peer_id=1, random_id=3, message="x")
        await call(vk_bot, "messages.send", peer_id=1, random_id=3, message="x")
        assert vk.ledger.delivered == 1


async def test_a_conversation_over_long_poll(vk: VkEmulator, vk_bot: VkApiGroup) -> None:
    """VkBotLongPoll gets messages and presses; the answer to a press is a snackbar and an edit."""
    poll = await asyncio.to_thread(VkBotLongPoll, vk_bot, vk.group_id, 5)
    anna = vk.person(ANNA)
    anna.say("Начать", payload={"command": "start"})
    (event,) = await asyncio.to_thread(poll.check)
    assert event.type is VkBotEventType.MESSAGE_NEW
    assert (event.message.text, event.message.payload, event.from_user) == ("Начать", '{"command":"start"}', True)
    await call(
        vk_bot, "messages.send", peer_id=ANNA, random_id=1, message="Да?", keyboard=board([button("Да", "callback", payload={"a": 1})])
    )
    press = anna.press("Да")
    (event,) = await asyncio.to_thread(poll.check)
    assert event.type is VkBotEventType.MESSAGE_EVENT
    assert event.obj.payload == {"a": 1}
    where = {"peer_id": ANNA, "conversation_message_id": event.obj.conversation_message_id}
    await call(vk_bot, "messages.edit", **where, message="Готово")
    data = json.dumps({"type": "show_snackbar", "text": "Подписаны"})
    answer = {"event_id": event.obj.event_id, "user_id": ANNA, "peer_id": ANNA, "event_data": data}
    await call(vk_bot, "messages.sendMessageEventAnswer", **answer)
    assert await press.answered() == "Подписаны"
    edited = await anna.expect("Готово")
    assert (edited.edits[0].text, edited.keyboard) == ("Да?", None)
    with pytest.raises(ApiError):
        await call(vk_bot, "messages.sendMessageEventAnswer", **answer)
    anna.deny()
    anna.allow()
    assert [event.type for event in await asyncio.to_thread(poll.check)] == [
        VkBotEventType.MESSAGE_DENY,
        VkBotEventType.MESSAGE_ALLOW,
    ]


async def test_permission_comes_and_goes(vk: VkEmulator, vk_bot: VkApiGroup) -> None:
    """message_deny closes, message_allow opens, and so does a word to the community."""
    anna = vk.person(ANNA)
    anna.deny()
    assert await call(vk_bot, "messages.isMessagesFromGroupAllowed", group_id=vk.group_id, user_id=ANNA) == {"is_allowed": 0}
    with pytest.raises(ApiError):
        await call(vk_bot, "messages.send", **TEXT)
    anna.say("привет")
    assert await call(vk_bot, "messages.send", **TEXT)
    assert [event["type"] for event in vk.events.history] == ["message_deny", "message_new"]


@pytest.mark.parametrize("code", [1, 2, 3])
async def test_the_long_poll_recovers_from_each_failure(vk: VkEmulator, vk_bot: VkApiGroup, code: int) -> None:
    """After `failed` the SDK asks anew and goes on."""
    poll = await asyncio.to_thread(VkBotLongPoll, vk_bot, vk.group_id, 5)
    vk.fault("failed", code=code)
    assert await asyncio.to_thread(poll.check) == []
    vk.person(ANNA).say("раз")
    (event,) = await asyncio.to_thread(poll.check)
    assert event.message.text == "раз"


async def test_a_lost_history_is_admitted(vk: VkEmulator, vk_bot: VkApiGroup) -> None:
    """Events that were not read in time are gone, and the poll says `failed` 1."""
    poll = await asyncio.to_thread(VkBotLongPoll, vk_bot, vk.group_id, 5)
    vk.person(ANNA).say("раз")
    vk.events.lose_history()
    assert await asyncio.to_thread(poll.check) == []
    vk.person(ANNA).say("два")
    assert [event.message.text for event in await asyncio.to_thread(poll.check)] == ["два"]


@pytest.fixture
async def callback(vk: VkEmulator) -> AsyncIterator[tuple[str, list[dict[str, object]]]]:
    """A small server for the Callback API that stumbles at its second post."""
    seen: list[dict[str, object]] = []

    async def take(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(json.loads(await request.text()))
        if seen[-1]["type"] == "confirmation":
            return web.Response(text="c0de")
        return web.Response(text="ok" if len(seen) > 2 else "wait")

    runner = web.ServerRunner(web.Server(take))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/", seen
    await vk.events.set_callback("")
    await runner.cleanup()


async def test_the_callback_api_repeats_until_ok(vk: VkEmulator, callback: tuple[str, list[dict[str, object]]]) -> None:
    """Confirmation first, then events with the secret, again and again until the answer is `ok`."""
    url, seen = callback
    with pytest.raises(BadInput):
        await vk.events.set_callback(url, confirmation="other")
    seen.clear()
    await vk.events.set_callback(url, secret="s3cret", confirmation="c0de")
    vk.person(ANNA).say("раз")
    await vk.watch.until(lambda: vk.events.posted >= 4, 5)
    assert [event["type"] for event in seen] == ["confirmation", "message_new", "message_new"]
    assert len({event.get("event_id") for event in seen[1:]}) == 1
    assert seen[1]["secret"] == "s3cret"


async def test_files_go_both_ways(vk: VkEmulator, vk_bot: VkApiGroup) -> None:
    """A document uploaded with the SDK's own helper is attached; a person's file has an address."""

    def upload() -> dict[str, object]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(vk_bot.http, "trust_env", False)
            return dict(VkUpload(vk_bot).document_message(__file__, title="calendar.ics", peer_id=ANNA))

    document = (await asyncio.to_thread(upload))["doc"]
    assert isinstance(document, dict)
    await call(vk_bot, "messages.send", peer_id=ANNA, random_id=1, attachment=f"doc{document['owner_id']}_{document['id']}")
    (message,) = vk.person(ANNA).messages
    assert message.file is not None
    assert message.file.name == "calendar.ics"
    vk.person(ANNA).send_file("закон.txt", "текст".encode())
    event = vk.events.history[-1]["object"]
    assert isinstance(event, dict)
    (attachment,) = event["message"]["attachments"]
    content = await asyncio.to_thread(requests.get, attachment["doc"]["url"], timeout=5)
    assert content.content.decode() == "текст"


async def test_conversations_have_members(vk: VkEmulator, vk_bot: VkApiGroup) -> None:
    """Members are told only to an administrator; a kicked community gets 917."""
    anna, room = vk.person(ANNA), vk.conversation(1)
    room.admit(anna, "owner")
    with pytest.raises(ApiError) as caught:
        await call(vk_bot, "messages.getConversationMembers", peer_id=room.id)
    assert caught.value.code == 917
    room.peer.bot_is_admin = True
    members = await call(vk_bot, "messages.getConversationMembers", peer_id=room.id)
    assert isinstance(members, dict)
    assert [(item["member_id"], item.get("is_owner")) for item in members["items"]] == [(ANNA, True), (-vk.group_id, None)]
    anna.say("[club200000001|@vestnik_bot] дайджест", chat=room)
    await call(vk_bot, "messages.send", peer_id=room.id, random_id=1, message="Вот")
    await room.expect("Вот")
    room.kick_bot(anna)
    with pytest.raises(ApiError) as caught:
        await call(vk_bot, "messages.send", peer_id=room.id, random_id=2, message="Вот")
    assert caught.value.code == 917
