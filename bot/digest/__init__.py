"""Stories of a period become a digest for an audience, and a digest becomes a document that each platform renders."""

from bot.digest.builder import build
from bot.digest.calendar import calendar
from bot.digest.card import card, evidence
from bot.digest.compose import write
from bot.digest.notices import alert, amended, correction, reminder, retold, retraction, weekly
from bot.digest.paging import page
from bot.digest.reading import backing, irrelevant, reading_card, reading_evidence, retelling

__all__ = [
    "alert",
    "amended",
    "backing",
    "build",
    "calendar",
    "card",
    "correction",
    "evidence",
    "irrelevant",
    "page",
    "reading_card",
    "reading_evidence",
    "reminder",
    "retelling",
    "retold",
    "retraction",
    "weekly",
    "write",
]
