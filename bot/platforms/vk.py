"""VK: the group's API through vk_api on a few threads, paced by us."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any, Final

import jconfig
import orjson
import requests
import urllib3
from requests.adapters import HTTPAdapter
from vk_api import VkApi
from vk_api.exceptions import ApiError, ApiHttpError, Captcha, VkApiError
from vk_api.vk_api import VkApiGroup

from bot.errors import ConfigurationError, DeliveryError, OutcomeUnknown, Rejected, RetryLater
from bot.model import Part, Platform, Recipient
from bot.platforms.errors import vk_error
from bot.platforms.uploads import Uploads
from bot.settings import Settings
from bot.store.pacer import Pacer
from bot.store.pictures import Pictures

VERSION: Final = "5.199"
BASE: Final = "https://api.vk.ru/"
TIMEOUT: Final = (10.0, 30.0)
"""Seconds to connect and to read."""
THREADS: Final = 16
_NEVER_SENT: Final = (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.InvalidURL)


class _Elsewhere(HTTPAdapter):
    """Sends what is meant for VK's fixed address to the one of the settings, and never waits for ever."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/") + "/"
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        if request.url and request.url.startswith(BASE):
            request.url = self._base + request.url.removeprefix(BASE)
        if options.get("timeout") is None:
            options["timeout"] = TIMEOUT
        return super().send(request, *args, **options)


def make_session(settings: Settings) -> requests.Session:
    """A session that knows our base address and timeouts and takes no proxy from the environment."""
    session = requests.Session()
    session.trust_env = False
    session.mount(BASE, _Elsewhere(settings.vk_api_url))
    return session


def make_api(settings: Settings) -> VkApi:
    """One SDK instance that neither paces nor retries: it belongs to one thread. Raises ConfigurationError without a token."""
    if settings.vk_token is None:
        raise ConfigurationError("VESTNIK_VK_TOKEN is not set")
    api = VkApiGroup(
        token=settings.vk_token.get_secret_value(), api_version=VERSION, session=make_session(settings), config=jconfig.MemoryConfig
    )
    api.RPS_DELAY = 0.0
    # its own handlers recurse without end, ask on the terminal or open web pages
    api.error_handlers.clear()
    return api


def translate(error: Exception) -> DeliveryError:
    """Our error for one of the SDK's or of requests'. Raises what it does not know."""
    match error:
        case ApiError():
            return vk_error(int(error.code), str(error.error.get("error_msg", "")))
        case Captcha():
            return vk_error(14, "captcha needed")
        case ApiHttpError():
            return RetryLater(f"server-error: status {error.response.status_code}")
        case requests.ConnectionError() if isinstance(error, _NEVER_SENT) or _refused(error):
            return RetryLater(f"unreachable: {type(error).__name__}")
        case requests.exceptions.JSONDecodeError() | requests.RequestException() | KeyError():
            return OutcomeUnknown(f"connection-lost: {type(error).__name__}")
        case VkApiError():
            return OutcomeUnknown(f"sdk: {type(error).__name__}")
        case _:
            raise error


def _refused(error: requests.ConnectionError) -> bool:
    """Whether no connection was made at all."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


class VkClient:
    """Calls of the community, on threads with an SDK instance each."""

    def __init__(self, settings: Settings, pacer: Pacer | None = None, *, threads: int = THREADS) -> None:
        self._settings, self._pacer = settings, pacer
        self._local = threading.local()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="vk")
        make_api(settings)

    def _call(self, method: str, values: Mapping[str, object]) -> Any:
        api: VkApi | None = getattr(self._local, "api", None)
        if api is None:
            api = self._local.api = make_api(self._settings)
        return api.method(method, dict(values))

    async def call(self, method: str, values: Mapping[str, object], *, priority: bool = True) -> Any:
        """The method's `response`. Dicts and lists are sent as JSON, but for lists of numbers.

        With `priority` the call draws on the pacer ahead of mailings and waits out one refusal; without, the caller has paced it. Raises
        DeliveryError.
        """
        prepared = {key: _value(value) for key, value in values.items() if value is not None}
        for last in (False, True):
            if priority and self._pacer is not None:
                await self._pacer.reply()
            try:
                return await asyncio.get_running_loop().run_in_executor(self._pool, partial(self._call, method, prepared))
            except Exception as error:
                ours = translate(error)
                match ours:
                    case RetryLater(after=timedelta() as after, everyone=True) if priority and self._pacer is not None:
                        await self._pacer.pause(after.total_seconds())
                        if last:
                            raise ours from error
                    case _:
                        raise ours from error
        raise AssertionError

    async def upload_photo(self, body: bytes) -> str:
        """Brings a picture up; returns what messages attach. A refusal for haste is waited out once. Raises DeliveryError."""
        for last in (False, True):
            try:
                async with asyncio.timeout(sum(TIMEOUT)):
                    place = await self.call("photos.getMessagesUploadServer", {}, priority=False)
                    post = partial(self._post_photo, str(place["upload_url"]), body)
                    taken = await asyncio.get_running_loop().run_in_executor(self._pool, post)
                    (saved,) = await self.call("photos.saveMessagesPhoto", taken, priority=False)
                return f"photo{saved['owner_id']}_{saved['id']}" + (f"_{saved['access_key']}" if saved.get("access_key") else "")
            except RetryLater as error:
                if last:
                    raise
                await asyncio.sleep(min(error.after.total_seconds() if error.after else 1.0, 2.0))
            except TimeoutError as error:
                raise RetryLater("unreachable: a picture takes too long to go up") from error
            except (KeyError, TypeError, ValueError) as error:
                raise Rejected(f"no-picture: an answer that says nothing: {type(error).__name__}") from error
        raise AssertionError

    def _post_photo(self, url: str, body: bytes) -> dict[str, object]:
        """The upload itself, on a thread. Raises DeliveryError, ValueError."""
        try:
            with make_session(self._settings) as session:
                answer = session.post(url, files={"photo": ("week.png", body, "image/png")}, timeout=TIMEOUT)
                answer.raise_for_status()
                given = answer.json()
        except requests.exceptions.JSONDecodeError:
            raise
        except requests.RequestException as error:
            raise RetryLater(f"unreachable: {type(error).__name__}") from error
        return {name: given[name] for name in ("photo", "server", "hash")}

    async def close(self) -> None:
        """Waits for the calls under way."""
        await asyncio.to_thread(self._pool.shutdown)


def _value(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (list, tuple)) and all(isinstance(item, (int, str)) for item in value):
        return ",".join(map(str, value))
    return orjson.dumps(value).decode() if isinstance(value, (dict, list, tuple)) else value


class VkSender:
    """The mailing path: up to 100 peers a call; VK itself drops what was sent before with the same `random_id`."""

    platform: Final = Platform.VK
    batch: Final = 100
    repeatable: Final = True

    def __init__(self, client: VkClient, *, pictures: Pictures | None = None) -> None:
        self._client = client
        self._uploads = Uploads(pictures, self.platform) if pictures else None

    async def send(self, recipients: Sequence[Recipient], part: Part, *, random_id: int) -> Mapping[int, int | DeliveryError]:
        """Sends to at most 100 recipients in one call; one refused peer does not stop the rest. A part that names a message edits it."""
        ids = [recipient.id for recipient in recipients]
        part = await self._illustrated(part)
        if "conversation_message_id" in part.payload:
            return await self._edit(ids, part)
        values = {**part.payload, "peer_ids": ids, "random_id": random_id}
        try:
            answer = await self._client.call("messages.send", values, priority=False)
        except DeliveryError as error:
            return dict.fromkeys(ids, error)
        return _read(answer, ids)

    async def _illustrated(self, part: Part) -> Part:
        """The part with its picture attached, or without it if that does not go up: the text does not wait for it."""
        if "picture" not in part.payload:
            return part
        plain = {key: value for key, value in part.payload.items() if key != "picture"}
        if self._uploads is None:
            return Part(payload=plain)
        try:
            return Part(
                payload={**plain, "attachment": await self._uploads.handle(str(part.payload["picture"]), self._client.upload_photo)}
            )
        except DeliveryError:
            return Part(payload=plain)

    async def _edit(self, ids: Sequence[int], part: Part) -> Mapping[int, int | DeliveryError]:
        found: dict[int, int | DeliveryError] = {}
        for peer in ids:
            try:
                found[peer] = int(await self._client.call("messages.edit", {**part.payload, "peer_id": peer}, priority=False))
            except DeliveryError as error:
                found[peer] = error
        return found

    async def close(self) -> None:
        """Closes the client."""
        await self._client.close()


def _read(answer: object, ids: Sequence[int]) -> Mapping[int, int | DeliveryError]:
    """What became of each peer; one that the answer does not name is unknown."""
    found: dict[int, int | DeliveryError] = {}
    for item in answer if isinstance(answer, list) else ():
        if not isinstance(item, dict):
            continue
        error = item.get("error")
        if isinstance(error, dict):
            found[int(item["peer_id"])] = vk_error(int(error.get("code", 0)), str(error.get("description", "")))
        else:
            # in a conversation a message is known by its number there
            name = "conversation_message_id" if int(item["peer_id"]) > 2_000_000_000 else "message_id"
            found[int(item["peer_id"])] = int(item.get(name) or item.get("message_id") or 0)
    return {peer: found.get(peer, OutcomeUnknown("no-answer: the peer is missing in the answer")) for peer in ids}
