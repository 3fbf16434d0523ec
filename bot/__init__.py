"""Вестник: watches the regulation of messengers and tells its subscribers in Telegram and VK what changed."""

__version__ = "0.1.0"
