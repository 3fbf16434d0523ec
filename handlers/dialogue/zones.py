"""From a city or a place on the map to an IANA timezone, and back to a name that a person reads."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import tzfpy
from babel.dates import get_timezone_location
from rapidfuzz import fuzz, process

from handlers.dialogue.parse import plain

OFFERED: Final = (
    *("Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk"),
    *("Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka"),
)
"""The zones that have a button; any other is asked for by name."""

_OFFSET: Final = re.compile(r"(?:utc|gmt|мск|msk)? ?([+−–-]) ?(\d{1,2})", re.IGNORECASE)
_CLOSE: Final = 84.0
"""How alike two names must be to count as a slip of the finger, 0..100."""


@functools.cache
def _names() -> dict[str, str]:
    """Every known name of a place, as it is compared → its zone."""
    names: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if "/" not in zone or zone.startswith(("Etc/", "SystemV/", "US/", "posix", "right")):
            continue
        names[plain(zone)] = zone
        names.setdefault(plain(zone.rsplit("/", 1)[1].replace("_", " ")), zone)
        for language in ("ru", "en"):
            names.setdefault(plain(get_timezone_location(zone, locale=language, return_city=True)), zone)
    ours = tomllib.loads(files("handlers.dialogue").joinpath("cities.toml").read_text(encoding="utf-8"))
    for zone, cities in ours.items():
        names.update({plain(city): zone for city in cities})
    return names


def find_zone(text: str) -> str:
    """The zone of a city in Russian or English, of an IANA name, of «UTC+7» or «МСК+4»; empty if unknown.

    A slip of the finger is forgiven.
    """
    wanted = re.sub(r"^(?:город|г|в|city)\.? +", "", plain(text))
    if not wanted or len(wanted) > 60:
        return ""
    if wanted in ("utc", "gmt"):
        return "Etc/UTC"
    if match := _OFFSET.fullmatch(wanted):
        hours = int(match.group(2)) * (1 if match.group(1) == "+" else -1) + (3 if wanted.startswith(("мск", "msk")) else 0)
        # The signs of the Etc zones are turned round by POSIX tradition.
        name = "Etc/UTC" if hours == 0 else f"Etc/GMT{-hours:+}"
        offered = next((zone for zone in OFFERED if _offset(zone) == dt.timedelta(hours=hours)), name)
        return offered if offered in available_timezones() else ""
    names = _names()
    if wanted in names:
        return names[wanted]
    if len(wanted) < 4:
        return ""
    close = process.extractOne(wanted, names.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return names[close[0]] if close else ""


def _offset(zone: str) -> dt.timedelta | None:
    return dt.datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset()


def zone_at(latitude: float, longitude: float) -> str:
    """The zone of a place on the map, or nothing."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return ""
    zone = str(tzfpy.get_tz(longitude, latitude))
    return zone if zone in available_timezones() else ""


@functools.lru_cache(maxsize=1024)
def city(zone: str, language: str) -> str:
    """What a person calls a zone: its best known city."""
    if zone.startswith("Etc/"):
        hours = _offset(zone)
        return f"UTC{int(hours.total_seconds() // 3600):+}" if hours else "UTC"
    return str(get_timezone_location(zone, locale=language, return_city=True))
