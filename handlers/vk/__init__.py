"""VK: events become requests, replies become messages; long poll and Callback API."""

from handlers.vk.callback import PATH, Callback
from handlers.vk.events import Community
from handlers.vk.listen import listen

__all__ = ["PATH", "Callback", "Community", "listen"]
