"""How updates reach the bot: long poll with confirmation and conflict, or a webhook."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.playground.telegram.params import Params
from bot.playground.telegram.refusals import Refusal

if TYPE_CHECKING:
    from bot.playground.telegram.server import TelegramEmulator

LONGEST_POLL: Final = 50
KINDS: Final = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "message_reaction",
        "message_reaction_count",
        "poll",
        "poll_answer",
        "shipping_query",
        "pre_checkout_query",
        "chat_boost",
        "removed_chat_boost",
    }
)
_ON_WISH: Final = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """The queue's two ways out, one at a time."""

    def __init__(self, emulator: TelegramEmulator) -> None:
        self._emulator = emulator
        self.url = ""
        self._secret = ""
        self._connections = 40
        self._allowed = KINDS - _ON_WISH
        self._poll = 0
        self._closing = False
        self._error = ""
        self._posting: asyncio.Task[None] | None = None

    def wants(self, kind: str) -> bool:
        """True if the bot asked for updates of this kind."""
        return kind in self._allowed

    def close(self) -> None:
        """Ends the poll that waits."""
        self._closing = True
        self._emulator.watch.ring()

    async def get(self, params: Params) -> list[dict[str, object]]:
        """getUpdates: waits up to `timeout` seconds. Raises Refusal."""
        if self.url:
            raise Refusal(409, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
        offset, limit = params.number("offset"), min(max(params.number("limit", 100), 1), 100)
        self._allow(params)
        queue = self._emulator.world.updates
        if offset < 0:
            while len(queue) > -offset:
                queue.popleft()
        else:
            while queue and int(str(queue[0]["update_id"])) < offset:
                queue.popleft()
        self._poll += 1
        mine = self._poll
        self._emulator.watch.ring()  # whoever polled before is sent away
        try:
            await self._emulator.watch.until(
                lambda: bool(queue) or self._poll != mine or self._closing, min(max(params.number("timeout"), 0), LONGEST_POLL) or 0.001
            )
        except TimeoutError:
            return []
        if self._poll != mine:
            raise Refusal(409, "terminated by other getUpdates request; make sure that only one bot instance is running")
        return list(queue)[:limit]

    def set_webhook(self, params: Params) -> bool:
        """setWebhook; an empty address takes it away. Raises Refusal."""
        url, secret = params.text("url"), params.text("secret_token")
        if url and urlsplit(url).scheme not in ("https", "http"):
            raise Refusal(400, "bad webhook: An HTTPS URL must be provided for webhook")
        if secret and (len(secret) > 256 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret)):
            raise Refusal(400, "bad webhook: secret token contains unallowed characters")
        self._allow(params)
        self.forget(params)
        self.url, self._secret, self._connections = url, secret, min(max(params.number("max_connections", 40), 1), 100)
        if url:
            self._posting = self._emulator.spawn(self._post_all())
        return True

    def forget(self, params: Params) -> bool:
        """deleteWebhook."""
        if params.flag("drop_pending_updates"):
            self._emulator.world.updates.clear()
        if self._posting is not None:
            self._posting.cancel()
            self._posting = None
        self.url = self._error = ""
        return True

    def info(self) -> dict[str, object]:
        """getWebhookInfo."""
        body: dict[str, object] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._emulator.world.updates),
            "max_connections": self._connections,
            "allowed_updates": sorted(self._allowed),
        }
        if self._error:
            body |= {"last_error_message": self._error, "last_error_date": int(self._emulator.clock.now().timestamp())}
        return body

    def _allow(self, params: Params) -> None:
        wanted = params.json("allowed_updates")
        if wanted is None:
            return
        if not isinstance(wanted, list) or not all(isinstance(kind, str) for kind in wanted):
            raise Refusal(400, "can't parse allowed_updates: expected an Array of String")
        self._allowed = (KINDS & set(wanted)) if wanted else KINDS - _ON_WISH

    async def _post_all(self) -> None:
        queue = self._emulator.world.updates
        free = asyncio.Semaphore(self._connections)
        async with asyncio.TaskGroup() as posts:
            while True:
                await self._until_queued()
                await free.acquire()
                if queue:
                    posts.create_task(self._post(queue.popleft(), free))
                else:
                    free.release()

    async def _until_queued(self) -> None:
        while not self._emulator.world.updates:
            await self._emulator.watch.next()

    async def _post(self, update: dict[str, object], free: asyncio.Semaphore) -> None:
        """Posts one update until the answer is 2xx, as the real server does, only quicker."""
        headers = {"Content-Type": "application/json"} | ({"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {})
        pause = 0.1
        try:
            while True:
                try:
                    async with self._emulator.client.post(self.url, data=orjson.dumps(update), headers=headers) as response:
                        if response.ok:
                            await self._called_back(response)
                            return
                        self._error = f"Wrong response from the webhook: {response.status} {response.reason}"
                except (aiohttp.ClientError, TimeoutError) as error:
                    self._error = f"Connection failed: {error}"
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
        finally:
            free.release()

    async def _called_back(self, response: aiohttp.ClientResponse) -> None:
        """A method may stand in the answer to a webhook call."""
        given: dict[str, object] = {}
        if response.content_type == "application/json":
            body = orjson.loads(await response.read() or b"{}")
            given = body if isinstance(body, dict) else {}
        elif response.content_type == "multipart/form-data":
            async for part in aiohttp.MultipartReader.from_response(response):
                if isinstance(part, aiohttp.BodyPartReader) and part.name:
                    given[part.name] = (await part.read(decode=True)).decode()
        if method := given.pop("method", ""):
            await self._emulator.call(str(method), given)


async def get(emulator: TelegramEmulator, params: Params) -> list[dict[str, object]]:
    """getUpdates."""
    return await emulator.updates.get(params)


def set_webhook(emulator: TelegramEmulator, params: Params) -> bool:
    """setWebhook."""
    return emulator.updates.set_webhook(params)


def forget(emulator: TelegramEmulator, params: Params) -> bool:
    """deleteWebhook."""
    return emulator.updates.forget(params)


def info(emulator: TelegramEmulator, params: Params) -> dict[str, object]:
    """getWebhookInfo."""
    return emulator.updates.info()
