"""The nginx site that is handed to operators, run by a real nginx in front of the role `web`: TLS, pages, both webhooks, limits."""

from __future__ import annotations

import asyncio
import io
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot import app
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import Settings
from bot.store import Store
from bot.web.guard import BURST
from tests.store.conftest import free_port, wait_until

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or ""
pytestmark = pytest.mark.skipif(
    not NGINX and os.environ.get("VESTNIK_TEST_NGINX") != "required", reason="no nginx on this machine: apt-get install nginx-light"
)
SITE = Path(__file__).parent.parent / "deploy" / "nginx.conf"
SECRET = "a-secret-of-the-test"
NAME = "vestnik.example"


@dataclass
class Front:
    """nginx as the world sees it."""

    port: int
    plain: int
    session: aiohttp.ClientSession
    telegram: TelegramEmulator
    group: int

    def url(self, path: str) -> str:
        return f"https://127.0.0.1:{self.port}{path}"


def configured(folder: Path, *, port: int, plain: int, behind: str) -> Path:
    """The site as it is, with this test's ports and certificate in place of the operator's."""
    key, chain = folder / "privkey.pem", folder / "fullchain.pem"
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key), "-out", str(chain), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    text = SITE.read_text(encoding="utf-8")
    for old, new in (
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("/etc/letsencrypt/live/vestnik.example/fullchain.pem", str(chain)),
        ("/etc/letsencrypt/live/vestnik.example/privkey.pem", str(key)),
        ("http://127.0.0.1:8080", behind),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    temporary = "".join(f"  {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\n  access_log off;\n{temporary}  include {folder}/site.conf;\n}}\n",
        encoding="utf-8",
    )
    return main


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
async def front(store: Store, settings: Settings, tmp_path: Path) -> AsyncIterator[Front]:
    """The whole bot by webhooks, nginx before it."""
    port, plain = free_port(), free_port()
    async with TelegramEmulator() as telegram, VkEmulator() as vk:
        settings = settings.model_copy(
            update={
                "telegram_token": SecretStr(telegram.token),
                "telegram_api_url": telegram.url,
                "telegram_webhook_url": f"https://{NAME}/telegram",
                "telegram_webhook_secret": SecretStr(SECRET),
                "vk_token": SecretStr(vk.token),
                "vk_group_id": vk.group_id,
                "vk_api_url": vk.url,
                "vk_callback_secret": SecretStr(SECRET),
                "vk_confirmation": "c0nf1rm",
                "public_url": f"https://{NAME}",
                "web_port": 0,
            }
        )
        stop, up = asyncio.Event(), asyncio.get_running_loop().create_future()

        async def ready(process: app.Process) -> None:
            up.set_result(process.web_address)

        async with asyncio.TaskGroup() as group:
            roles = (app.Role.TELEGRAM, app.Role.VK, app.Role.WEB)
            group.create_task(app.run(settings, roles, stop=stop, ready=ready))
            main = configured(tmp_path, port=port, plain=plain, behind=await up)
            tested = await asyncio.to_thread(subprocess.run, [NGINX, "-t", "-c", str(main)], capture_output=True, text=True, timeout=20)
            assert tested.returncode == 0, tested.stderr
            nginx = await asyncio.create_subprocess_exec(NGINX, "-c", str(main))
            try:
                await asyncio.to_thread(wait_until, lambda: answers(port))
                trusted = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
                connector = aiohttp.TCPConnector(ssl=trusted)
                async with aiohttp.ClientSession(connector=connector, headers={"Host": NAME}) as session:
                    yield Front(port, plain, session, telegram, vk.group_id)
            finally:
                nginx.terminate()
                await nginx.wait()
                stop.set()


async def test_the_site_behind_nginx(front: Front) -> None:
    """Pages, addresses, compression and the security headers pass; the operator's doors are shut; plain HTTP leads to TLS."""
    server = {"server_hostname": NAME}
    async with front.session.get(front.url("/ru/"), **server) as response:
        text = await response.text()
        assert response.status == 200
        assert response.headers["Strict-Transport-Security"]
        assert response.headers.getall("Content-Security-Policy") == [response.headers["Content-Security-Policy"]]
        assert response.headers["Content-Encoding"] == "gzip"
        assert f'<link rel="canonical" href="https://{NAME}/ru/"' in text
        tag = response.headers["ETag"]
    async with front.session.get(front.url("/ru/"), headers={"If-None-Match": tag}, **server) as response:
        assert response.status == 304
    for path, status in (("/healthz", 200), ("/metrics", 403), ("/readyz", 403), ("/calendar.ics", 200), ("/ru/atom.xml", 200)):
        async with front.session.get(front.url(path), **server) as response:
            assert response.status == status, path
    async with front.session.get(f"http://127.0.0.1:{front.plain}/ru/", allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (301, f"https://{NAME}/ru/")


async def test_both_webhooks_behind_nginx(front: Front) -> None:
    """A message comes in over TLS and is answered; a wrong secret and a giant body are refused."""
    server = {"server_hostname": NAME}
    person = front.telegram.person(7)
    update = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1770000000,
            "text": "/start",
            "chat": {"id": 7, "type": "private", "first_name": "Анна"},
            "from": {"id": 7, "is_bot": False, "first_name": "Анна", "language_code": "ru"},
        },
    }
    header = "X-Telegram-Bot-Api-Secret-Token"
    for secret, status in (("wrong", 401), (SECRET, 200)):
        async with front.session.post(front.url("/telegram"), json=update, headers={header: secret}, **server) as response:
            assert response.status == status
    await person.expect("следит за регулированием мессенджеров", 30)
    async with front.session.post(
        front.url("/telegram"), data=io.BytesIO(b" " * (2**20 + 1)), headers={header: SECRET}, **server
    ) as response:
        assert response.status == 413
    event = {"type": "confirmation", "group_id": front.group}
    async with front.session.post(front.url("/vk"), json=event, **server) as response:
        assert (response.status, await response.text()) == (200, "c0nf1rm")
    for secret, status in (("wrong", 403), (SECRET, 200)):
        event = {"type": "message_typing_state", "group_id": front.group, "secret": secret, "event_id": "e1", "object": {}}
        async with front.session.post(front.url("/vk"), json=event, **server) as response:
            assert response.status == status


async def test_each_reader_behind_nginx_has_a_limit(front: Front) -> None:
    """Whatever a reader writes into X-Forwarded-For, nginx says who they are."""
    seen = set()
    for number in range(BURST + 100):
        headers = {"X-Forwarded-For": f"198.51.100.{number % 250}"}
        async with front.session.get(front.url("/robots.txt"), headers=headers, server_hostname=NAME) as response:
            seen.add(response.status)
    assert seen == {200, 429}


def test_the_guide_names_what_the_site_holds() -> None:
    """The addresses of the webhooks and the port are the ones that the program serves and the guide tells."""
    guide = (SITE.parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    assert "deploy/nginx.conf" in guide
    assert re.search(r"proxy_pass http://127\.0\.0\.1:8080;", SITE.read_text(encoding="utf-8"))
