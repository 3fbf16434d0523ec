"""An emulator of the Telegram Bot API: strict, rate-limited, able to fail on request, with a ledger of what it delivered."""

from bot.playground.faults import Fault
from bot.playground.telegram.limits import TelegramLimits
from bot.playground.telegram.people import Group, Person
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.telegram.world import FORBIDDEN

__all__ = ["FORBIDDEN", "Fault", "Group", "Person", "TelegramEmulator", "TelegramLimits"]
