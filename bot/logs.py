"""How the program logs: structlog to stderr, for a console or as JSON, with secrets struck out."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A Telegram token (digits, colon, 35 characters), a VK token (vk1.a.…, or 85 hexadecimals), a password in an address.
_SECRET: Final = re.compile(
    r"(?<!\d)\d{6,12}:[\w-]{30,}|\bvk1\.a\.[\w-]{20,}|\b[0-9a-f]{85}\b|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)|(?<=access_token=)[^&\s]+"
)


def strike_out(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without anything that looks like a token or a password, and without the given secrets."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "•••")
    return _SECRET.sub("•••", text)


class _Redactor:
    """A processor that strikes secrets out of every value, tracebacks included."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._secrets = secrets

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {
            key: strike_out(str(value), self._secrets) if not isinstance(value, int | float | bool) else value
            for key, value in event.items()
        }


def log_to_stderr() -> None:
    """What a command prints is its answer: until a role sets logs up for itself, they go beside it."""
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))


def configure_logs(*, style: str = "console", level: str = "INFO", secrets: Iterable[str] = ()) -> None:
    """Sets up structlog and the standard logging behind it.

    `style` is `console` or `json`; `level` a standard level name; `secrets` are struck out wherever they appear.
    """
    redactor = _Redactor(tuple(secrets))
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redactor,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiogram", "aiohttp.access", "asyncio", "trafilatura", "htmldate", "urllib3", "pypdf", "fontTools"):
        logging.getLogger(noisy).setLevel(max(logging.getLevelName(level), logging.WARNING))
