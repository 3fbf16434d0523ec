"""The demonstration's page as a server: what it gives, what it refuses, how it follows the chats and moves the clock."""

import asyncio
import datetime as dt
import json
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, FormData

from bot.clock import MovableClock
from bot.errors import ConfigurationError
from bot.model import Platform
from bot.playground.demo import EARLY, LATER, Demo
from bot.playground.phones import GUEST, READER

EVENING = dt.datetime(2026, 2, 10, 17, 30, tzinfo=dt.UTC)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with Demo(tmp_path, clock=MovableClock(EVENING, running=False)) as demo:
        yield demo


@pytest.fixture
async def session(demo: Demo) -> AsyncIterator[ClientSession]:
    async with ClientSession(base_url=demo.url) as session:
        yield session


async def test_the_page_and_its_files_stand_alone(session: ClientSession) -> None:
    """Everything is served from here, with a policy that lets nothing in from elsewhere."""
    for path in (
        "/",
        *(f"/page/{name}" for name in ("page.js", "chat.js", "composer.js", "net.js", "render.js", "words.js", "page.css", "icon.svg")),
    ):
        async with session.get(path) as response:
            text = await response.text()
            assert response.status == 200
            assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert "innerHTML" not in text
            assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    for path in ("/page/..%2Fdemo.py", "/page/nothing.js", "/page/demo.py"):
        async with session.get(path) as response:
            assert response.status == 404


async def test_other_sites_cannot_speak_for_the_person(demo: Demo, session: ClientSession) -> None:
    """Another host name, a form, nonsense: refused, and nothing was said."""
    async with session.post("/say", json={"chat": "telegram", "text": "x"}, headers={"Host": "evil.example"}) as response:
        assert response.status == 403
    async with session.post("/say", data=FormData({"chat": "telegram", "text": "x"})) as response:
        assert response.status == 415
    for path, body in (
        ("/say", {"chat": "icq", "text": "x"}),
        ("/press", {"chat": "vk", "message": 1, "row": 0, "column": 0}),
        ("/file", {"chat": "vk", "name": "x", "content": "не base64"}),
        ("/say", {"chat": "vk", "room": "channel", "text": "x"}),
        ("/insert", {"chat": "telegram", "id": "nothing"}),
        ("/say", []),
    ):
        async with session.post(path, json=body) as response:
            assert response.status == 400, path
            assert (await response.json())["error"]
    assert demo.telegram.ledger.conversation(READER) == demo.vk.ledger.conversation(READER) == ()


async def test_what_happens_is_streamed(demo: Demo, session: ClientSession) -> None:
    """The state first, then every change in both of the reader's chats and nobody else's."""
    async with session.get("/events") as stream:

        async def event() -> tuple[str, dict[str, object]]:
            async with asyncio.timeout(5):
                kind = (await stream.content.readline()).decode().removeprefix("event: ").strip()
                body = json.loads((await stream.content.readline()).decode().removeprefix("data: "))
                await stream.content.readline()
            return kind, body

        kind, state = await event()
        assert (kind, state["now"]) == ("state", EVENING.isoformat())
        demo.telegram.person(5).say("чужое")
        async with session.post("/say", json={"chat": "vk", "text": "Начать"}) as response:
            assert response.status == 200
        kind, change = await event()
        assert (kind, change["platform"], change["kind"]) == ("change", "vk", "message")
        assert (change["room"], change["body"]["text"]) == ("private", "Начать")  # type: ignore[index]
        commands = [{"command": "digest", "description": "Дайджест"}]
        async with session.post(f"{demo.telegram.url}/bot{demo.telegram.token}/setMyCommands", json={"commands": commands}) as response:
            assert response.status == 200
        _, change = await event()
        assert (change["kind"], change["body"]["commands"]) == ("state", commands)  # type: ignore[index]
        async with session.post("/file", json={"chat": "telegram", "name": "../a.txt", "content": "eA=="}) as response:
            assert response.status == 200
        _, change = await event()
        assert change["body"]["file"] == {"name": "a.txt", "kind": "document", "size": 1, "url": ""}  # type: ignore[index]


async def test_each_chat_is_a_room_of_its_own(demo: Demo, session: ClientSession) -> None:
    """A topic is not its group; who is not let in hears nothing; a guest posts in no channel; VK's names are written as VK writes them."""
    phones = demo.phones
    telegram, vk = phones[Platform.TELEGRAM], phones[Platform.VK]

    async def act(path: str, status: int = 200, **body: object) -> dict[str, object]:
        async with session.post(f"/{path}", json=body) as response:
            assert response.status == status, await response.text()
            answer: dict[str, object] = await response.json()
            return answer

    await act("say", chat="telegram", room="group", text="рано")
    assert not demo.telegram.world.updates
    for room in ("group", "channel"):
        await act("invite", chat="telegram", room=room)
    await act("invite", chat="vk", room="conversation")
    assert all(phone.joined(room) for phone in phones.values() for room in phone.rooms)
    await act("say", chat="telegram", room="topic", text="в теме")
    await act(
        "say", chat="telegram", room="group", who=GUEST, text="в группе", reply_to=telegram.messages(telegram.room("group"))[0].message_id
    )
    await act("say", chat="telegram", room="channel", who=GUEST, text="x", status=400)
    await act("say", chat="vk", room="conversation", text="@vestnik_bot привет")
    said = {room.name: [message.text for message in telegram.messages(room)] for room in telegram.rooms}
    assert said == {"private": [], "group": ["рано", "в группе"], "topic": ["в теме"], "channel": []}
    assert [update["message"]["from"]["id"] for update in demo.telegram.world.updates if "message" in update] == [READER, GUEST]  # type: ignore[index]
    assert vk.messages(vk.room("conversation"))[-1].text == f"[club{demo.vk.group_id}|@vestnik_bot] привет"
    await act("forward", chat="vk")
    (forwarded,) = vk.messages(vk.room("private"))
    assert forwarded.forwarded
    assert len(forwarded.text) > 160
    link = await act("link", chat="vk")
    async with session.get(str(link["url"])) as response:
        assert response.status == 200
    await act("invite", chat="telegram", room="group", out=True)
    assert not telegram.joined(telegram.room("topic"))


async def test_what_was_sent_can_be_had_again(demo: Demo, session: ClientSession) -> None:
    """A file is given to be saved under its name; where there is none, 404 or 400."""
    demo.reader.send_file("закон.txt", "текст".encode())
    number = demo.telegram.ledger.conversation(READER)[0].message_id
    async with session.get(f"/file/telegram/private/{number}") as response:
        assert await response.text() == "текст"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D0%B7")
        assert response.content_type == "application/octet-stream"
    demo.reader.say("без файла")
    for path, status in (
        (f"telegram/private/{number + 1}", 404),
        ("telegram/private/99", 400),
        ("telegram/nowhere/1", 400),
        ("icq/private/1", 400),
    ):
        async with session.get(f"/file/{path}") as response:
            assert response.status == status


async def test_three_hours_pass_with_their_news(demo: Demo, session: ClientSession) -> None:
    """The clock moves on and the news is read; a slot on the way is not passed over."""
    seen: list[dt.datetime] = []

    async def read() -> None:
        seen.append(demo.clock.now())

    demo.before_slot = read
    async with session.post("/later", json={}) as response:
        assert dt.datetime.fromisoformat((await response.json())["now"]) == EVENING + LATER == demo.clock.now()
    assert seen == [EVENING + LATER]
    demo.clock.move_to(EVENING + dt.timedelta(hours=11))
    slot = dt.datetime(2026, 2, 11, 6, 0, tzinfo=dt.UTC)
    async with session.post("/later", json={}) as response:
        assert response.status == 200
    assert seen[1:] == [slot - EARLY, EVENING + dt.timedelta(hours=14)]


async def test_the_next_morning_is_the_next_slot(demo: Demo, session: ClientSession) -> None:
    """The news of the night is read shortly before the slot; then the clock stands at it."""
    seen: list[dt.datetime] = []

    async def read() -> None:
        seen.append(demo.clock.now())

    demo.before_slot = read
    for day in (11, 12):
        slot = dt.datetime(2026, 2, day, 6, 0, tzinfo=dt.UTC)
        async with session.post("/morning", json={}) as response:
            assert await response.json() == {"slot": slot.isoformat()}
        assert demo.clock.now() == slot
        assert seen[-1] == slot - EARLY


async def test_settings_lead_to_the_emulators_alone(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens, proxies and stores of the environment are left aside."""
    monkeypatch.setenv("VESTNIK_TELEGRAM_TOKEN", "1:real")
    monkeypatch.setenv("VESTNIK_REDIS_URL", "redis://production")
    monkeypatch.setenv("VESTNIK_TELEGRAM_PROXY", "socks5://proxy")
    settings = demo.settings
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == demo.telegram.token
    assert settings.telegram_api_url == demo.telegram.url
    assert settings.vk_api_url == demo.vk.url
    assert settings.redis_url is settings.telegram_proxy is None
    assert settings.sources is not None
    assert settings.sources.is_file()


async def test_a_taken_port_is_one_line(demo: Demo, tmp_path: Path) -> None:
    """And nothing is left listening."""
    port = int(demo.url.rstrip("/").rpartition(":")[2])
    with pytest.raises(ConfigurationError, match=f"port {port} is taken"):
        async with Demo(tmp_path, port=port):
            pass


async def _lines(stream: asyncio.StreamReader, until: str) -> list[str]:
    lines: list[str] = []
    while not lines or until not in lines[-1]:
        line = (await stream.readline()).decode()
        assert line, "".join(lines)
        lines.append(line)
    return lines


async def test_the_command_prints_a_digest_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    """A digest, the page's address, answers in both chats; Ctrl-C ends it with nothing on stderr but the progress."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser", "--data-dir", str(tmp_path / "d")]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(100):
            lines = await _lines(process.stdout, "http://127.0.0.1:")
            while not lines[-1].startswith("http"):
                lines += await _lines(process.stdout, "http://127.0.0.1:")
        assert "Мессенджеры: что изменилось" in lines[0]
        assert any(line.startswith("1. ") for line in lines)
        public = (await process.stdout.readline()).decode().rpartition(" ")[2].strip()
        async with ClientSession() as session, session.get(f"{public}/ru/") as response:
            assert response.status == 200
            assert "Вестник" in await response.text()
        async with ClientSession(base_url=lines[-1].strip()) as session, session.get("/events") as stream:
            # The archive is there too: a story of 2024, dated so.
            for chat, text in (("telegram", "/search Viber"), ("vk", "Поиск Viber")):
                async with session.post("/say", json={"chat": chat, "text": text}) as response:
                    assert response.status == 200
            async with asyncio.timeout(20):
                heard: set[str] = set()
                while heard != {"telegram", "vk"}:
                    line = (await stream.content.readline()).decode()
                    if line.startswith("data: ") and '"sender":0,"method":"' in line and "13 декабря 2024" in line:
                        heard.add(json.loads(line.removeprefix("data: "))["platform"])
            process.send_signal(signal.SIGINT)
            async with asyncio.timeout(20):
                _, complaints = await process.communicate()
        assert process.returncode == 0
        assert "Traceback" not in complaints.decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
