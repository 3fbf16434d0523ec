"""Telegram: updates become requests, replies become messages; long poll and webhook."""

from handlers.telegram.listen import ALLOWED, make_dispatcher, make_intake, poll
from handlers.telegram.menu import introduce
from handlers.telegram.webhook import HEADER, PATH, Webhook

__all__ = ["ALLOWED", "HEADER", "PATH", "Webhook", "introduce", "make_dispatcher", "make_intake", "poll"]
