"""The tables of errors: one test a row, and what stands in no row."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import DeliveryError, OutcomeUnknown, RecipientGone, RecipientMoved, Rejected, RetryLater, TokenRefused
from bot.platforms.errors import TELEGRAM, VK, Row, Verdict, reason, telegram_error, vk_error

KINDS: dict[Verdict, type[DeliveryError]] = {
    Verdict.RETRY: RetryLater,
    Verdict.GONE: RecipientGone,
    Verdict.OURS: Rejected,
    Verdict.UNKNOWN: OutcomeUnknown,
    Verdict.TOKEN: TokenRefused,
}


def name(row: Row) -> str:
    return f"{row.code}-{row.text or 'any'}"


def check(row: Row, error: DeliveryError) -> None:
    """The error says what the row says."""
    assert type(error) is KINDS[row.verdict]
    assert reason(error) == row.reason
    if isinstance(error, RetryLater):
        assert error.everyone is row.everyone
        assert error.after == (dt.timedelta(seconds=row.after) if row.after else None)


@pytest.mark.parametrize("row", TELEGRAM, ids=name)
def test_telegram_row(row: Row) -> None:
    """A description as Telegram writes it, in any case, leads to its row."""
    check(row, telegram_error(row.code, f"Error: {row.text.upper() or 'whatever it may be'}"))


@pytest.mark.parametrize("row", VK, ids=name)
def test_vk_row(row: Row) -> None:
    """A code leads to its row."""
    check(row, vk_error(row.code, "whatever it may be"))


def test_retry_after_is_what_the_platform_said() -> None:
    """Telegram's own number of seconds replaces ours, for the whole bot."""
    error = telegram_error(429, "Too Many Requests: retry after 7", retry_after=7.0)
    assert isinstance(error, RetryLater)
    assert (error.after, error.everyone) == (dt.timedelta(seconds=7), True)


def test_a_new_id_moves_the_recipient() -> None:
    """Whatever the status, an answer with a new id is a move."""
    error = telegram_error(400, "Bad Request: group chat was upgraded to a supergroup chat", new_id=-1001)
    assert isinstance(error, RecipientMoved)
    assert error.new_id == -1001


@pytest.mark.parametrize(("status", "kind"), [(418, Rejected), (520, RetryLater)])
def test_unknown_statuses(status: int, kind: type[DeliveryError]) -> None:
    """A new refusal is ours, a new failure of a server passes."""
    assert type(telegram_error(status, "")) is kind


def test_unknown_vk_codes_are_ours() -> None:
    """A code that no row has must not be repeated for ever."""
    assert type(vk_error(98765, "")) is Rejected
