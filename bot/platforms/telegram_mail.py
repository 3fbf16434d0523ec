"""Telegram's mailing path: one POST a message, its body encoded once a part; it does not load the SDK."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote, urlencode

import aiohttp
import orjson

from bot.errors import ConfigurationError, DeliveryError, OutcomeUnknown, Rejected, RetryLater
from bot.model import Part, Platform, Recipient
from bot.platforms.errors import telegram_error
from bot.platforms.proxied import Proxied, ProxyAway
from bot.platforms.uploads import Uploads
from bot.settings import Settings
from bot.store.pictures import Pictures

TIMEOUT: Final = aiohttp.ClientTimeout(total=30, sock_connect=10)
_NEVER_SENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, ProxyAway)
_ENCODED: Final = 64
"""Parts kept encoded: more than are ever mailed at one time."""


def token_of(settings: Settings) -> str:
    """The bot's token. Raises ConfigurationError."""
    if settings.telegram_token is None:
        raise ConfigurationError("VESTNIK_TELEGRAM_TOKEN is not set")
    return settings.telegram_token.get_secret_value()


def _field(value: object) -> str:
    """A parameter as the SDK writes it into a form."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


class TelegramSender:
    """The mailing path: one POST a message, its body encoded once a part."""

    platform: Final = Platform.TELEGRAM
    batch: Final = 1
    repeatable: Final = False

    def __init__(self, settings: Settings, *, pictures: Pictures | None = None, connections: int | None = None) -> None:
        self._uploads = Uploads(pictures, self.platform) if pictures else None
        self._url = f"{settings.telegram_api_url.rstrip('/')}/bot{quote(token_of(settings), safe=':')}/"
        self._proxy = settings.telegram_proxy
        self._paid = settings.telegram_paid_broadcast
        self._connections = connections or (512 if settings.telegram_messages_a_second > 100 else 64)
        self._bodies: dict[int, tuple[Part, bytes]] = {}
        self._session: aiohttp.ClientSession | None = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            context = ssl.create_default_context()
            connector: aiohttp.BaseConnector = (
                Proxied.from_url(self._proxy, limit=self._connections, ssl=context)
                if self._proxy
                else aiohttp.TCPConnector(limit=self._connections, ssl=context, ttl_dns_cache=3600)
            )
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            self._session = aiohttp.ClientSession(
                connector=connector, headers=headers, timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=True
            )
        return self._session

    def _body(self, part: Part) -> bytes:
        kept = self._bodies.get(id(part))
        if kept is None:
            fields = {key: _field(value) for key, value in part.payload.items() if value is not None}
            if self._paid and "message_id" not in fields:
                fields["allow_paid_broadcast"] = "true"
            kept = (part, urlencode(fields).encode())
            if len(self._bodies) >= _ENCODED:
                self._bodies.pop(next(iter(self._bodies)))
            # the part is kept beside its bytes, so that its id stays its own
            self._bodies[id(part)] = kept
        return kept[1]

    async def send(self, recipients: Sequence[Recipient], part: Part, *, random_id: int) -> Mapping[int, int | DeliveryError]:
        """Sends to one recipient, or edits if the part names a message; `random_id` is of no use here."""
        (recipient,) = recipients
        if "picture" in part.payload:
            return {recipient.id: await self._photo(recipient, part)}
        edits = part.payload.get("message_id")
        thread = b"&message_thread_id=%d" % recipient.thread if recipient.thread and not edits else b""
        body = b"chat_id=%d%b&%b" % (recipient.id, thread, self._body(part))
        try:
            async with self._open().post(self._url + ("editMessageText" if edits else "sendMessage"), data=body) as response:
                status, raw = response.status, await response.read()
        except _NEVER_SENT as error:
            return {recipient.id: RetryLater(f"unreachable: {error}")}
        except (aiohttp.ClientError, TimeoutError) as error:
            return {recipient.id: OutcomeUnknown(f"connection-lost: {type(error).__name__} {error}")}
        answer = _read(status, raw)
        if isinstance(edits, int) and isinstance(answer, Rejected) and "not modified" in str(answer):
            return {recipient.id: edits}  # it reads so already
        return {recipient.id: answer}

    async def _photo(self, recipient: Recipient, part: Part) -> int | DeliveryError:
        """A picture: the first recipient's call brings it up, the others are sent what Telegram calls it."""
        if self._uploads is None:
            return Rejected("no-picture: there is nowhere to read it from")
        name, sent = str(part.payload["picture"]), 0
        fields = {key: _field(value) for key, value in part.payload.items() if key != "picture"} | {"chat_id": str(recipient.id)}
        if recipient.thread:
            fields["message_thread_id"] = str(recipient.thread)
        if self._paid:
            fields["allow_paid_broadcast"] = "true"

        async def upload(body: bytes) -> str:
            nonlocal sent
            form = aiohttp.FormData(fields)
            form.add_field("photo", body, filename="week.png", content_type="image/png")
            sent, handle = await self._post_photo(form)
            return handle

        try:
            handle = await self._uploads.handle(name, upload)
            if not sent:
                sent, _ = await self._post_photo(aiohttp.FormData({**fields, "photo": handle}))
        except DeliveryError as error:
            if "file identifier" in str(error):
                self._uploads.forget(name)
            return error
        return sent

    async def _post_photo(self, form: aiohttp.FormData) -> tuple[int, str]:
        """The message's number and what Telegram calls the picture. Raises DeliveryError."""
        body = form()
        try:
            async with self._open().post(self._url + "sendPhoto", data=body, headers={"Content-Type": body.content_type}) as response:
                status, raw = response.status, await response.read()
        except _NEVER_SENT as error:
            raise RetryLater(f"unreachable: {error}") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OutcomeUnknown(f"connection-lost: {type(error).__name__} {error}") from error
        answer = _read(status, raw)
        if not isinstance(answer, int):
            raise answer
        return answer, str(orjson.loads(raw)["result"]["photo"][-1]["file_id"])

    async def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _read(status: int, raw: bytes) -> int | DeliveryError:
    """The message id, or what the answer means."""
    try:
        answer = orjson.loads(raw)
        if status == 200 and answer["ok"]:
            return int(answer["result"]["message_id"])
        parameters = answer.get("parameters") or {}
        return telegram_error(
            int(answer.get("error_code") or status),
            str(answer.get("description", "")),
            retry_after=None if parameters.get("retry_after") is None else float(parameters["retry_after"]),
            new_id=parameters.get("migrate_to_chat_id"),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        # a proxy's or a server's page: below 500 somebody took the request, and nobody knows whom it reached
        return OutcomeUnknown(f"no-json: status {status}") if status < 400 else telegram_error(status if status >= 500 else 502, "not JSON")
