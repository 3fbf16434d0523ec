"""The public site, its machine-readable editions, health and metrics."""

from bot.web.app import make_web
from bot.web.health import Check, SourceState

__all__ = ["Check", "SourceState", "make_web"]
