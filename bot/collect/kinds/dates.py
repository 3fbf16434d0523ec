"""Reads the dates that pages and feeds write: RFC 3339, RFC 2822, Russian words and numbers."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from typing import Final
from zoneinfo import ZoneInfo

MOSCOW: Final = ZoneInfo("Europe/Moscow")
"""Where a Russian page that names no zone keeps its clock."""

_MONTHS: Final = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_WORDS: Final = re.compile(r"\b(\d{1,2})\s+(янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я.]*\s*,?\s*(\d{4})?", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_ISO_DAY: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_TIME: Final = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?\b")


def parse_date(text: str, *, today: dt.date | None = None, zone: ZoneInfo = MOSCOW) -> dt.datetime | None:
    """The moment in UTC, or None if none is read. A date in words without a year needs `today` and is taken as past."""
    text = text.strip()[:200]
    if not text:
        return None
    moment = _standard(text) or _written(text, today)
    if moment is None:
        return None
    try:
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return None
    return moment if 1990 <= moment.year <= 2100 else None


def _standard(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str, today: dt.date | None) -> dt.datetime | None:
    day = _day(text, today)
    if day is None:
        return None
    time = _TIME.search(text)
    return dt.datetime.combine(day, dt.time(int(time[1]), int(time[2])) if time else dt.time())


def _day(text: str, today: dt.date | None) -> dt.date | None:
    try:
        if match := _ISO_DAY.search(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _NUMBERS.search(text):
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        if match := _WORDS.search(text):
            month = next(number for number, name in enumerate(_MONTHS, 1) if match[2].lower().startswith(name))
            if match[3]:
                return dt.date(int(match[3]), month, int(match[1]))
            if today:
                day = dt.date(today.year, month, int(match[1]))
                return day if day <= today else day.replace(year=today.year - 1)
    except ValueError:
        return None
    return None
