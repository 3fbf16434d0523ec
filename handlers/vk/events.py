"""One event of a VK community, however it came: once, in its chat's turn, whatever it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from bot.model import Platform, Recipient
from bot.platforms.vk import VkClient
from bot.store import Store
from bot.store.inbox import Inbox
from handlers.dialogue import Dialogue, Event
from handlers.dialogue.intake import Intake
from handlers.dialogue.lanes import Lanes
from handlers.vk.replies import Screen
from handlers.vk.requests import befell, from_message, from_press

_log = structlog.get_logger()


class Community:
    """Answers the events of one community."""

    def __init__(self, client: VkClient, dialogue: Dialogue, store: Store, group_id: int, *, lanes: Lanes | None = None) -> None:
        self._client, self._dialogue = client, dialogue
        self.group_id = group_id
        self.intake = Intake(
            Inbox(store.client, Platform.VK), self._take, name_of=lambda event: event.get("event_id"), chat_of=_chat_of, lanes=lanes
        )
        """The way of an event to its answer; long poll and Callback API share it."""

    @property
    def recipient(self) -> Recipient:
        """The community itself, under whose name small state is kept."""
        return Recipient(platform=Platform.VK, id=-self.group_id)

    async def _take(self, event: Mapping[str, Any]) -> None:
        """Answers an event. What is malformed, unknown or breaks is logged, and the rest goes on."""
        try:
            await self._answer(event)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            _log.warning("malformed event", platform="vk", type=str(event.get("type"))[:40], error=type(error).__name__)
        except Exception:
            _log.exception("event broke", platform="vk", type=str(event.get("type"))[:40])

    async def _answer(self, event: Mapping[str, Any]) -> None:
        body = event["object"]
        seed = str(event.get("event_id") or "")
        match event["type"]:
            case "message_new":
                if (happened := befell(body, self.group_id)) is not None:
                    await self._dialogue.happened(*happened)
                    if happened[1] is Event.BLOCKED:
                        return
                request = from_message(body, self._client, self.group_id)
                if request is not None:
                    screen = Screen(self._client, self._dialogue, request.recipient.id, seed=seed, language=request.language)
                    await screen.show(self._dialogue.answer(request))
            case "message_event":
                request = from_press(body, self._client)
                screen = Screen(self._client, self._dialogue, request.recipient.id, seed=seed, language=request.language, press=body)
                await screen.show(self._dialogue.answer(request))
            case "message_allow":
                await self._dialogue.happened(Recipient(platform=Platform.VK, id=int(body["user_id"])), Event.RETURNED)
            case "message_deny":
                await self._dialogue.happened(Recipient(platform=Platform.VK, id=int(body["user_id"])), Event.BLOCKED)
            case _:
                _log.debug("event not ours", platform="vk", type=str(event["type"])[:40])


def _chat_of(event: Mapping[str, Any]) -> int:
    """Whose turn an event waits for; 0 for what names nobody."""
    body = event.get("object")
    if not isinstance(body, dict):
        return 0
    message = body.get("message")
    inner = message.get("peer_id") if isinstance(message, dict) else None
    value = inner or body.get("peer_id") or body.get("user_id")
    return value if isinstance(value, int) else 0
