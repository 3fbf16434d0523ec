"""From replies to VK: sending, editing in place, snackbars, documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import aiohttp
import structlog

from bot.digest.render import vk
from bot.digest.render.document import Document
from bot.errors import DeliveryError, OutcomeUnknown, RecipientGone, RetryLater
from bot.model import Platform, Recipient
from bot.platforms.errors import vk_error
from bot.platforms.vk import VkClient
from bot.store.seals import Seal
from handlers.dialogue import Attachment, Dialogue, Event, Own, Reply
from handlers.vk.requests import HINT

_log = structlog.get_logger()
_SNACKBAR: Final = 90
_TRIES: Final = 3


class Screen:
    """What one person sees of one answer."""

    def __init__(
        self, client: VkClient, dialogue: Dialogue, peer: int, *, seed: str, language: str = "", press: Mapping[str, Any] | None = None
    ) -> None:
        """`seed` names the event that is answered: what is sent for it twice is shown once.

        `language` is the hint that came with it; the buttons carry it on, since a press on VK tells nothing of the person's program.
        """
        self._client, self._dialogue, self._peer, self._seed, self._press = client, dialogue, peer, seed, press
        self._language = language
        self._last = int((press or {}).get("conversation_message_id") or 0)
        self._sent = 0
        self._sealer: Seal = str

    async def show(self, replies: AsyncIterator[Reply]) -> None:
        """Shows every reply in order. A chat that is closed to us ends the answer quietly."""
        try:
            self._sealer = await self._dialogue.sealer(Recipient(platform=Platform.VK, id=self._peer))
            async for reply in replies:
                await self._one(reply)
        except RecipientGone:
            await self._dialogue.happened(Recipient(platform=Platform.VK, id=self._peer), Event.BLOCKED)
        except (DeliveryError, aiohttp.ClientError, TimeoutError) as error:
            _log.warning("reply not shown", platform="vk", error=str(error)[:200], kind=type(error).__name__)
        finally:
            await self._answer("")

    async def _one(self, reply: Reply) -> None:
        if reply.toast or not reply.typing:
            await self._answer(reply.toast)
        if reply.typing:
            await self._typing()
        attachment, document = None, reply.document
        if reply.attachment is not None:
            try:
                attachment = await self._upload(reply.attachment)
            except (DeliveryError, aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError) as error:
                # A refusal is of the file, whatever its code says of recipients elsewhere.
                _log.warning("file not uploaded", platform="vk", error=str(error)[:200], kind=type(error).__name__)
                document = reply.attachment.lost
        if document is not None and reply.own is not Own.GONE:
            await self._document(document, edit=reply.edit, attachment=attachment)

    async def _typing(self) -> None:
        """A sign of life; an answer does not depend on it, unless the chat is closed to us."""
        try:
            await self._client.call("messages.setActivity", {"peer_id": self._peer, "type": "typing"})
        except (OutcomeUnknown, RetryLater) as error:
            _log.info("typing not shown", platform="vk", error=str(error)[:200])

    async def _document(self, document: Document, *, edit: bool, attachment: str | None) -> None:
        first, *rest = vk.render(document, seal=self._seal).parts
        payload = {**first.payload, "attachment": attachment}
        if not (edit and self._last and await self._edit(payload)):
            await self._send(payload)
        for part in rest:
            await self._send(part.payload)

    def _seal(self, action: str) -> str:
        sealed = self._sealer(action)
        return sealed if self._language in ("", "ru") else f"{sealed}{HINT}{self._language}"

    async def _edit(self, payload: Mapping[str, object]) -> bool:
        """Whether the message now reads so; one that can no longer be edited (after a day) is answered below it."""
        values = {**payload, "peer_id": self._peer, "conversation_message_id": self._last}
        try:
            await self._repeat("messages.edit", values)
        except RecipientGone:
            raise
        except DeliveryError as error:
            _log.info("not edited", platform="vk", error=str(error)[:200])
            return False
        return True

    async def _send(self, payload: Mapping[str, object]) -> None:
        self._sent += 1
        number = int.from_bytes(hashlib.blake2b(f"{self._seed}:{self._sent}".encode(), digest_size=4).digest(), "big") >> 1
        # By `peer_ids` even for one peer: only that answer carries the number by which a message is edited in a conversation.
        answer = await self._repeat("messages.send", {**payload, "peer_ids": [self._peer], "random_id": number})
        item = answer[0] if isinstance(answer, list) and answer else {}
        if "error" in item:
            raise self._refusal(item["error"])
        self._last = int(item.get("conversation_message_id") or 0)

    @staticmethod
    def _refusal(error: Mapping[str, Any]) -> DeliveryError:
        return vk_error(int(error.get("code", 0)), str(error.get("description", "")))

    async def _repeat(self, method: str, values: Mapping[str, object]) -> Any:
        """Calls until an answer comes, a few times: an edit repeats harmlessly, and VK drops a repeated `random_id` itself."""
        for last in (*(False,) * (_TRIES - 1), True):
            try:
                return await self._client.call(method, values)
            except (OutcomeUnknown, RetryLater):
                if last:
                    raise
        raise AssertionError

    async def _upload(self, attachment: Attachment) -> str:
        """A document as VK wants it: asked for an address, posted there, saved."""
        place = await self._client.call("docs.getMessagesUploadServer", {"type": "doc", "peer_id": self._peer})
        form = aiohttp.FormData()
        form.add_field("file", attachment.data, filename=attachment.name, content_type="application/octet-stream")
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            async with session.post(place["upload_url"], data=form) as response:
                uploaded = await response.json(content_type=None)
        saved = await self._client.call("docs.save", {"file": uploaded["file"], "title": attachment.name})
        return f"doc{saved['doc']['owner_id']}_{saved['doc']['id']}"

    async def _answer(self, toast: str) -> None:
        press, self._press = self._press, None
        if press is None:
            return
        values: dict[str, object] = {"event_id": press["event_id"], "user_id": press["user_id"], "peer_id": self._peer}
        if toast:
            values["event_data"] = json.dumps({"type": "show_snackbar", "text": _short(toast)}, ensure_ascii=False)
        try:
            await self._client.call("messages.sendMessageEventAnswer", values)
        except DeliveryError as error:
            # An old event cannot be answered any more; what it asked for is done all the same.
            _log.info("press not answered", platform="vk", error=str(error)[:200])


def _short(text: str) -> str:
    return text if len(text) <= _SNACKBAR else text[: _SNACKBAR - 1].rstrip() + "…"
