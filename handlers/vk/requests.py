"""From VK's events to requests."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import aiohttp

from bot.errors import BadInput, DeliveryError, RecipientGone, SourceBroken
from bot.model import Platform, Recipient
from bot.platforms.vk import VkClient
from handlers.dialogue import ChatKind, Event, File, Place, Request
from handlers.dialogue.parse import parse
from handlers.dialogue.request import anyone
from handlers.dialogue.summary import LARGEST

HINT: Final = "~"
"""Parts a button's sealed action from the language hint."""
_MOST: Final = 10
"""Things passed on in one message that are looked at."""
_DEEPEST: Final = 3
"""Forwarded messages may hold others."""
CHATS: Final = 2_000_000_000
"""Peers above it are conversations."""
_LANGUAGES: Final = {0: "ru", 1: "uk", 2: "be", 3: "en", 97: "kk", 100: "ru", 777: "ru"}
"""The last two are VK's jokes, pre-revolutionary and Soviet Russian."""
_MENTION: Final = re.compile(r"\[(?:club|public)(\d+)\|[^\]]*\][\s,:]*|@(?:club|public)(\d+)(?:\s*\([^)]*\))?[\s,:]*")


def from_message(body: Mapping[str, Any], client: VkClient, group_id: int) -> Request | None:
    """What was said to us; None for what was said to others in a conversation. Raises KeyError, TypeError or ValueError if malformed."""
    message = body["message"]
    peer, sender = int(message["peer_id"]), int(message["from_id"])
    text = str(message.get("text") or "")
    payload = _payload(message.get("payload"))
    action = _action(payload).partition(HINT)[0]
    if sender <= 0:
        return None
    kind = ChatKind.GROUP if peer > CHATS else ChatKind.PRIVATE
    mentioned = any(group_id in (int(one or 0), int(two or 0)) for one, two in _MENTION.findall(text))
    quoted = message.get("reply_message") or {}
    if kind is ChatKind.GROUP:
        ours = mentioned or action or text.startswith("/") or int(quoted.get("from_id") or 0) == -group_id
        if befell(body, group_id) is not None:
            text, ours = "/start", True
        if not ours:
            return None
    text = _MENTION.sub("", text).strip()
    if kind is ChatKind.PRIVATE and payload.get("command") == "start":
        text = "/start"  # VK's own button, whatever language it is labelled in
    passed_on = "\n".join(_passed_on(message)).strip()
    forwarded = bool(passed_on) and not (text and parse(text).name)
    if forwarded:
        text = passed_on  # a remark beside a post is no request
    attached = [*(message.get("attachments") or ())]
    if not passed_on:
        attached += [file for one in (message.get("fwd_messages") or ())[:_MOST] for file in one.get("attachments") or ()]
    geo = (message.get("geo") or {}).get("coordinates")

    async def may_change() -> bool:
        return await administers(client, peer, sender)

    return Request(
        recipient=Recipient(platform=Platform.VK, id=peer),
        user_id=sender,
        text=text,
        action=action,
        language=_LANGUAGES.get(int((body.get("client_info") or {}).get("lang_id", 0)), "en"),
        chat=kind,
        may_change=anyone if kind is ChatKind.PRIVATE else may_change,
        file=_file(attached),
        replied_file=_file(quoted.get("attachments") or ()),
        place=Place(latitude=float(geo["latitude"]), longitude=float(geo["longitude"])) if geo else None,
        forwarded=forwarded,
        named=mentioned,
        replied=passed_on or "\n".join((str(quoted.get("text") or ""), *_passed_on(quoted))).strip(),
    )


def from_press(body: Mapping[str, Any], client: VkClient) -> Request:
    """A pressed callback button. Raises KeyError, TypeError or ValueError if malformed."""
    peer, user = int(body["peer_id"]), int(body["user_id"])
    action, _, language = _action(_payload(body.get("payload"))).partition(HINT)

    async def may_change() -> bool:
        return await administers(client, peer, user)

    return Request(
        recipient=Recipient(platform=Platform.VK, id=peer),
        user_id=user,
        action=action or "?",
        language=language,
        chat=ChatKind.GROUP if peer > CHATS else ChatKind.PRIVATE,
        may_change=anyone if peer <= CHATS else may_change,
    )


async def administers(client: VkClient, peer: int, user: int) -> bool:
    """Whether a person administers a conversation. Raises BadInput if VK will not say: it tells that to administrators alone."""
    try:
        answer = await client.call("messages.getConversationMembers", {"peer_id": peer})
    except RecipientGone as error:
        raise BadInput("we do not administer the conversation", key="not-admin-here") from error
    except DeliveryError:
        return False
    items = answer.get("items", ()) if isinstance(answer, dict) else ()
    return any(item.get("member_id") == user and (item.get("is_admin") or item.get("is_owner")) for item in items)


def _payload(raw: object) -> Mapping[str, Any]:
    """A button's payload, which anybody may have forged: a JSON string in a message, an object in an event."""
    if isinstance(raw, str):
        try:
            raw = json.loads(raw[:1000])
        except ValueError:
            return {}
    return raw if isinstance(raw, dict) else {}


def _action(payload: Mapping[str, Any]) -> str:
    value = payload.get("action")
    return value[:100] if isinstance(value, str) else ""


def befell(body: Mapping[str, Any], group_id: int) -> tuple[Recipient, Event] | None:
    """The conversation that we were brought into or thrown out of. Raises KeyError, TypeError or ValueError if malformed."""
    message = body["message"]
    action = message.get("action") or {}
    event = {"chat_invite_user": Event.RETURNED, "chat_kick_user": Event.BLOCKED}.get(str(action.get("type")))
    if event is None or int(action.get("member_id") or 0) != -group_id:
        return None
    return Recipient(platform=Platform.VK, id=int(message["peer_id"])), event


def _passed_on(message: Mapping[str, Any], deep: int = 0) -> list[str]:
    """The texts of what is passed on: forwarded messages, posts of a wall and what those repost; of a bare link, its address."""
    if deep > _DEEPEST:
        return []
    found: list[str] = []
    for one in (message.get("fwd_messages") or ())[:_MOST]:
        found += [str(one.get("text") or ""), *_passed_on(one, deep + 1)]
    for one in (message.get("attachments") or ())[:_MOST]:
        inner = one.get(one.get("type")) or {}
        if one.get("type") in ("wall", "wall_reply"):
            reposted = [str(post.get("text") or "") for post in (inner.get("copy_history") or ())[:_MOST]]
            found += [str(inner.get("text") or ""), *reposted, *_passed_on(inner, deep + 1)]
        elif one.get("type") == "link" and not (deep or message.get("text")):
            found.append(str(inner.get("url") or ""))
    return list(filter(None, found))


def _file(attachments: Any) -> File | None:
    """The first attached document."""
    for attachment in attachments:
        document = attachment.get("doc") if attachment.get("type") == "doc" else None
        if document and document.get("url"):
            return File(name=str(document.get("title") or ""), size=int(document.get("size") or 0), load=_loader(str(document["url"])))
    return None


def _loader(url: str) -> Callable[[], Awaitable[bytes]]:
    async def load() -> bytes:
        data = bytearray()
        try:
            # The address is VK's own, not a person's: it needs no guard against private networks, only a bound.
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session, session.get(url) as response:
                response.raise_for_status()
                async for chunk in response.content.iter_chunked(65536):
                    data += chunk
                    if len(data) > LARGEST:
                        raise BadInput("the file is too large", key="summary-large", most=LARGEST // 1024 // 1024)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SourceBroken(f"the file did not come: {type(error).__name__}", problem="connection") from error
        return bytes(data)

    return load
