"""A document becomes what each platform takes: `render.telegram.render(document)`, `render.vk.render(document)`, …"""

from bot.digest.render import html, json, markdown, telegram, text, vk

__all__ = ["html", "json", "markdown", "telegram", "text", "vk"]
