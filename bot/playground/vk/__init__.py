"""An emulator of the VK API for a community: strict, rate-limited, able to fail on request, with a ledger of what it delivered."""

from bot.playground.faults import Fault
from bot.playground.vk.people import Conversation, VkPerson
from bot.playground.vk.server import VkEmulator

__all__ = ["Conversation", "Fault", "VkEmulator", "VkPerson"]
