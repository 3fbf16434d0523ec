"""The public site, its machine-readable editions, health and metrics."""

from bot.web.app import make_web
from bot.web.health import Check, SourceState
from bot.web.probes import lister, slots_probe, sources_probe, store_probe

__all__ = ["Check", "SourceState", "lister", "make_web", "slots_probe", "sources_probe", "store_probe"]
