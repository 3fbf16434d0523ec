"""The types that flow through the program, one frozen type a step; standard library only.

bytes → FeedItem → Article → Reading → Story → Digest → (rendered) Message → Receipt
"""

from bot.model.editions import Digest, Entry, Message, Outcome, Part, Period, Receipt, Section
from bot.model.news import (
    Article,
    Cluster,
    Development,
    Disagreement,
    Evidence,
    Facts,
    FeedItem,
    Position,
    Reading,
    Reason,
    Source,
    Step,
    Story,
    SummarySentence,
)
from bot.model.people import TIME, Audience, Filter, Length, Platform, Preferences, Recipient, Schedule, Subscriber
from bot.model.vocabulary import LADDER, Group, Measure, Stage, Stance, Status

__all__ = [
    "LADDER",
    "TIME",
    "Article",
    "Audience",
    "Cluster",
    "Development",
    "Digest",
    "Disagreement",
    "Entry",
    "Evidence",
    "Facts",
    "FeedItem",
    "Filter",
    "Group",
    "Length",
    "Measure",
    "Message",
    "Outcome",
    "Part",
    "Period",
    "Platform",
    "Position",
    "Preferences",
    "Reading",
    "Reason",
    "Receipt",
    "Recipient",
    "Schedule",
    "Section",
    "Source",
    "Stage",
    "Stance",
    "Status",
    "Step",
    "Story",
    "Subscriber",
    "SummarySentence",
]
