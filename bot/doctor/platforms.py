"""Tokens, rights, webhooks and administrators on both platforms."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

from bot.doctor.finding import Finding, Status, doubt, fine, wrong
from bot.errors import BotError, ConfigurationError, OutcomeUnknown, RetryLater, TokenRefused
from bot.model import Platform
from bot.settings import Settings

_PATIENCE: Final = 20.0
NEEDED: Final = {"messages": "community messages", "manage": "community management", "docs": "documents", "photos": "photos"}
"""The rights of a community's token that the bot uses, as VK names them in a token's permissions and on its page."""


async def see_telegram(settings: Settings) -> AsyncIterator[Finding]:
    """The token, what stands in the way of updates, and whether administrators can be reached."""
    if settings.telegram_token is None:
        todo = "for a bot in Telegram get a token from @BotFather and set VESTNIK_TELEGRAM_TOKEN"
        yield Finding("telegram", Status.SKIPPED, "no token", todo)
        return
    from bot.platforms import telegram

    try:
        seen = await telegram.probe(settings, [one.id for one in settings.admins if one.platform is Platform.TELEGRAM])
    except TokenRefused as error:
        todo = "VESTNIK_TELEGRAM_TOKEN is wrong or revoked: get the present one from @BotFather"
        if settings.telegram_api_url != "https://api.telegram.org":
            todo += ", and see that VESTNIK_TELEGRAM_API_URL leads to a Bot API server"
        yield wrong("telegram", str(error), todo)
        return
    except (RetryLater, OutcomeUnknown) as error:
        todo = "where Telegram is blocked set VESTNIK_TELEGRAM_PROXY, or VESTNIK_TELEGRAM_API_URL to a Bot API server of your own"
        if settings.telegram_proxy:
            todo = "see that the proxy of VESTNIK_TELEGRAM_PROXY runs, takes its name and password, and reaches Telegram"
        yield wrong("telegram", str(error), todo)
        return
    except ConfigurationError as error:
        yield wrong("telegram", str(error), "copy VESTNIK_TELEGRAM_TOKEN whole from @BotFather: digits, a colon, 35 characters")
        return
    except BotError as error:
        yield wrong("telegram", str(error), "see VESTNIK_TELEGRAM_TOKEN, VESTNIK_TELEGRAM_API_URL and VESTNIK_TELEGRAM_PROXY")
        return
    yield fine("telegram", f"@{seen.name}")
    yield _updates(settings, seen.webhook, seen.trouble, seen.waiting)
    for number in seen.strangers:
        todo = "open the bot in that account and press Start, or correct VESTNIK_ADMINS"
        yield doubt(f"admin telegram:{number}", "the bot may not write to this administrator", todo)


def _updates(settings: Settings, webhook: str, trouble: str, waiting: int) -> Finding:
    """How updates come, and why they might not."""
    name, wanted = "telegram updates", settings.telegram_webhook_url
    if wanted is None:
        if webhook:
            todo = "`vestnik run` removes it; if another installation has set it, the two need tokens of their own"
            return doubt(name, f"a webhook is left over: {webhook}; long poll gets nothing while it is there", todo)
        return fine(name, f"by long poll, {waiting} waiting")
    if not webhook:
        return doubt(name, "the webhook is not announced yet", "`vestnik run` with the roles telegram and web announces it")
    if webhook != wanted:
        todo = "set VESTNIK_TELEGRAM_WEBHOOK_URL to what is wanted and restart; if another installation has set it, use another token"
        return wrong(name, f"the webhook leads to {webhook}, not to {wanted}", todo)
    if trouble and waiting:
        todo = "see that the reverse proxy passes /telegram to the role web, with a certificate that is good, and the secret is the same"
        return wrong(name, f"Telegram cannot deliver to {webhook}: {trouble}; {waiting} waiting", todo)
    return fine(name, f"by webhook {webhook}, {waiting} waiting")


async def see_vk(settings: Settings) -> AsyncIterator[Finding]:
    """The token, its community and rights, the long poll, and whether administrators can be reached."""
    if settings.vk_token is None:
        yield Finding("vk", Status.SKIPPED, "no token", "for a bot in VK make a token in the community's settings and set VESTNIK_VK_TOKEN")
        return
    from bot.platforms.vk import VkClient

    client = VkClient(settings)
    try:
        async with asyncio.timeout(_PATIENCE):
            answer = await client.call("groups.getById", {})
            groups = answer.get("groups", []) if isinstance(answer, dict) else answer
            group = groups[0] if groups else {}
            number = group.get("id")
            if settings.vk_group_id is None:
                yield wrong("vk", str(group.get("name", "")), f"set VESTNIK_VK_GROUP_ID to {number or 'the number of the community'}")
                return
            if number not in (None, settings.vk_group_id):
                yield wrong("vk", f"the token is of community {number}, not {settings.vk_group_id}", f"set VESTNIK_VK_GROUP_ID to {number}")
                return
            yield fine("vk", str(group.get("name", "")))
            async for one in _rights(client, settings):
                yield one
            for admin in settings.admins:
                if admin.platform is Platform.VK:
                    asked = {"group_id": settings.vk_group_id, "user_id": admin.id}
                    if not (await client.call("messages.isMessagesFromGroupAllowed", asked)).get("is_allowed"):
                        todo = "write to the community from that account, or correct VESTNIK_ADMINS"
                        yield doubt(f"admin {admin}", "the community may not write to this administrator", todo)
    except TokenRefused as error:
        yield wrong("vk", str(error), "VESTNIK_VK_TOKEN is wrong, revoked or expired: make a new one in the community's settings")
    except (RetryLater, OutcomeUnknown, TimeoutError) as error:
        says = str(error) or f"no answer in {_PATIENCE:.0f} seconds"
        yield wrong("vk", says, "see that this machine reaches VESTNIK_VK_API_URL (https://api.vk.ru unless set)")
    except BotError as error:
        yield wrong("vk", str(error), "see VESTNIK_VK_TOKEN, VESTNIK_VK_GROUP_ID and VESTNIK_VK_API_URL")
    finally:
        await client.close()


async def _rights(client: Any, settings: Settings) -> AsyncIterator[Finding]:
    granted = await client.call("groups.getTokenPermissions", {})
    names = {str(one.get("name")) for one in granted.get("permissions", [])}
    if lacking := [word for name, word in NEEDED.items() if name not in names]:
        todo = "make a new token with all four rights (Manage → API usage → Access tokens) and put it into VESTNIK_VK_TOKEN"
        yield wrong("vk rights", f"the token lacks: {', '.join(lacking)}", todo)
        if "manage" not in names:
            return
    if settings.vk_callback_secret is not None:
        yield fine("vk updates", "by Callback API")
        return
    poll = await client.call("groups.getLongPollSettings", {"group_id": settings.vk_group_id})
    off = sorted(kind for kind in ("message_new", "message_event", "message_allow", "message_deny") if not poll.get("events", {}).get(kind))
    where = "Manage → API usage → Long Poll API"
    if not poll.get("is_enabled"):
        yield wrong("vk updates", "long poll is switched off", f"switch it on, version 5.199: {where}")
    elif off:
        yield wrong("vk updates", f"long poll does not tell of {', '.join(off)}", f"tick these events: {where} → Event types")
    else:
        yield fine("vk updates", f"by long poll, version {poll.get('api_version', '?')}")
