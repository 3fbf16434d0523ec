"""What the bot needs from outside, looked at one by one: what is wrong with it, and what to do about that."""

from bot.doctor.examine import examine
from bot.doctor.finding import Finding, Status

__all__ = ["Finding", "Status", "examine"]
