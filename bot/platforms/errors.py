"""What each answer of a platform means for us: one table a platform, read by `telegram_error` and `vk_error`."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.errors import DeliveryError, OutcomeUnknown, RecipientGone, RecipientMoved, Rejected, RetryLater, TokenRefused


class Verdict(enum.StrEnum):
    """What to do."""

    RETRY = "retry"
    """Nothing was sent: wait and send again."""
    GONE = "gone"
    """Never send to this recipient until they return by themselves."""
    OURS = "ours"
    """The message itself is refused: do not repeat it."""
    UNKNOWN = "unknown"
    """It may have been sent."""
    TOKEN = "token"  # noqa: S105 - a verdict
    """The operator must act."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `text` is a part of the description, in lower case; empty matches all. `reason` is the label that metrics show."""

    code: int
    text: str
    verdict: Verdict
    reason: str
    after: float = 0.0
    """Seconds to wait; 0 leaves it to the caller's backoff."""
    everyone: bool = False
    """The whole bot must wait."""


R, G, M, U, T = Verdict.RETRY, Verdict.GONE, Verdict.OURS, Verdict.UNKNOWN, Verdict.TOKEN

TELEGRAM: Final = (
    Row(429, "", R, "too-many-requests", 1.0, everyone=True),
    Row(403, "bot was blocked by the user", G, "blocked"),
    Row(403, "user is deactivated", G, "deactivated"),
    Row(403, "bot was kicked", G, "kicked"),
    Row(403, "bot is not a member", G, "not-a-member"),
    Row(403, "bot can't initiate conversation", G, "never-started"),
    Row(403, "bots can't send messages to bots", G, "is-a-bot"),
    Row(403, "", G, "forbidden"),
    Row(400, "chat not found", G, "chat-not-found"),
    Row(400, "peer_id_invalid", G, "chat-not-found"),
    Row(400, "user not found", G, "chat-not-found"),
    Row(400, "group chat was deactivated", G, "deactivated"),
    Row(400, "chat_write_forbidden", G, "no-rights"),
    Row(400, "have no rights to send", G, "no-rights"),
    Row(400, "not enough rights", G, "no-rights"),
    Row(400, "need administrator rights", G, "no-rights"),
    Row(400, "chat_restricted", G, "no-rights"),
    Row(400, "message thread not found", G, "topic-gone"),
    Row(400, "topic_closed", G, "topic-gone"),
    Row(400, "topic_deleted", G, "topic-gone"),
    Row(400, "message to edit not found", M, "uneditable"),
    Row(400, "message can't be edited", M, "uneditable"),
    Row(400, "", M, "bad-request"),
    Row(413, "", M, "too-large"),
    Row(401, "", T, "token-refused"),
    Row(404, "", T, "token-refused"),
    Row(409, "", R, "conflict"),
    Row(504, "", U, "gateway-timeout"),
    Row(500, "", R, "server-error"),
    Row(502, "", R, "server-error"),
    Row(503, "", R, "server-error"),
)

VK: Final = (
    Row(1, "", R, "server-error", 1.0),
    Row(5, "", T, "token-refused"),
    Row(6, "", R, "too-many-requests", 1.0, everyone=True),
    Row(7, "", G, "no-rights"),
    Row(8, "", M, "bad-request"),
    Row(9, "", R, "flood-control", 10.0),
    Row(10, "", R, "server-error", 1.0),
    Row(14, "", R, "captcha", 60.0, everyone=True),
    Row(15, "", G, "no-rights"),
    Row(18, "", G, "deactivated"),
    Row(27, "", T, "token-refused"),
    Row(29, "", R, "rate-limit", 30.0, everyone=True),
    Row(100, "", M, "bad-request"),
    Row(113, "", G, "chat-not-found"),
    Row(900, "", G, "blacklisted"),
    Row(901, "", G, "not-allowed"),
    Row(902, "", G, "privacy"),
    Row(909, "", M, "uneditable"),
    Row(911, "", M, "bad-keyboard"),
    Row(914, "", M, "too-long"),
    Row(917, "", G, "no-access"),
    Row(920, "", M, "uneditable"),
    Row(932, "", G, "not-allowed"),
    Row(936, "", G, "chat-not-found"),
    Row(945, "", G, "chat-closed"),
)


def _error(row: Row, text: str, after: float | None) -> DeliveryError:
    """Our error for one row."""
    line = f"{row.reason}: {text}"
    match row.verdict:
        case Verdict.RETRY:
            seconds = row.after if after is None else after
            return RetryLater(line, after=timedelta(seconds=seconds) if seconds else None, everyone=row.everyone)
        case Verdict.GONE:
            return RecipientGone(line)
        case Verdict.OURS:
            return Rejected(line)
        case Verdict.UNKNOWN:
            return OutcomeUnknown(line)
        case Verdict.TOKEN:
            return TokenRefused(line)


def _find(table: tuple[Row, ...], code: int, text: str) -> Row | None:
    folded = text.casefold()
    return next((row for row in table if row.code == code and row.text in folded), None)


def telegram_error(status: int, description: str, *, retry_after: float | None = None, new_id: int | None = None) -> DeliveryError:
    """What an unsuccessful answer of the Bot API means. `retry_after` in seconds and `new_id` come from its `parameters`."""
    if new_id is not None:
        return RecipientMoved(f"moved: {description}", new_id=new_id)
    row = _find(TELEGRAM, status, description)
    if row is None:
        row = Row(status, "", R if status >= 500 else M, "server-error" if status >= 500 else "bad-request")
    if retry_after is not None and row.verdict is not R:
        row = Row(status, "", R, "too-many-requests", everyone=True)
    return _error(row, description or f"status {status}", retry_after)


def vk_error(code: int, message: str) -> DeliveryError:
    """What an error of the VK API means, of a whole call or of one peer of it."""
    row = _find(VK, code, message) or Row(code, "", M, "bad-request")
    return _error(row, f"[{code}] {message}", None)


def reason(error: DeliveryError) -> str:
    """The label of an error that this table made: at most a few dozen different ones."""
    return str(error).partition(":")[0]
