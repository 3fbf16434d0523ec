"""Logs carry no secret."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from bot.logs import configure_logs, strike_out

TELEGRAM = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"https://api.telegram.org/bot{TELEGRAM}/getMe", "https://api.telegram.org/bot•••/getMe"),
        ("redis://user:pa55@host:6379/0", "redis://•••@host:6379/0"),
        ("access_token=vk1.a.short&v=5.199", "access_token=•••&v=5.199"),
        ("nothing to hide at 09:00", "nothing to hide at 09:00"),
    ],
)
def test_tokens_and_passwords_are_struck_out(text: str, left: str) -> None:
    """Whatever looks like a token or a password does not reach the log."""
    assert strike_out(text) == left


def test_json_logs_are_one_object_a_line_and_hide_known_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    """A secret given at start is struck out of values and tracebacks; standard loggers take the same way."""
    configure_logs(style="json", level="INFO", secrets=["s3cret"])
    try:
        structlog.get_logger("one").info("sending", url="http://x/?key=s3cret", count=3)
        try:
            raise ValueError("s3cret inside")
        except ValueError:
            logging.getLogger("two").exception("failed")
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers.clear()
    assert [line["event"] for line in lines] == ["sending", "failed"]
    assert lines[0]["count"] == 3
    assert "s3cret" not in json.dumps(lines)
    assert "•••" in lines[1]["exception"]
