"""From a city or a place on the map to an IANA timezone, and back to a name that a person reads."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import tzfpy
from babel.dates import get_timezone_location
from rapidfuzz import fuzz, process

from bot.analyse.language.text import lemma
from handlers.dialogue.parse import plain

OFFERED: Final = (
    *("Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk"),
    *("Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka"),
)
"""The zones that have a button; any other is asked for by name."""

_OFFSET: Final = re.compile(r"(?:utc|gmt|мск|msk)? ?([+−–-]) ?(\d{1,2})(?::([0-5]\d))?", re.IGNORECASE)
_BESIDE: Final = re.compile(r"^(?:город|городе|гор|г|пос|поселок|село|деревня|в|во|из|по|живу в|я в|city|in|from)\.? +| +(?:время|time)$")
"""What people write beside the name of a place."""
_RUSSIAN: Final = re.compile(r"[а-я]+(?: [а-я]+)*")
_ADJECTIVE: Final = re.compile(r"(?:по )?([а-я]{2,})ско(?:е|му)(?: время| времени)?")
_LONGEST: Final = 60
_CLOSE: Final = 84.0
"""How alike two names must be to count as a slip of the finger, 0..100."""
_CLOSER: Final = 90.0
"""The same for towns that few people live in: there are so many of them that some are alike by chance."""
_SHORTEST: Final = 4
"""Letters of a name in which a slip of the finger can be told from another word; of a town, one more."""


@functools.cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Names of places that are known well, and of towns, as they are compared → their zones."""
    known: dict[str, str] = {}
    towns: dict[str, str] = {}
    zones = available_timezones()
    for line in _read("cities.tsv").splitlines():
        zone, *columns = line.split("\t")
        if zone in zones:
            for names, column in zip((known, towns), columns, strict=True):
                names.update(dict.fromkeys(filter(None, column.split("|")), zone))
    ours = tomllib.loads(_read("cities.toml"))
    return known | {compared(city): zone for zone, cities in ours.items() for city in cities}, towns


def _read(name: str) -> str:
    return files("handlers.dialogue").joinpath(name).read_text(encoding="utf-8")


def compared(name: str) -> str:
    """«Ростов-на-Дону» is «ростов на дону»."""
    return plain(name).replace("-", " ")


def find_zone(text: str) -> str:
    """The zone of a city or a country in Russian or English, of an IANA name, of «UTC+7» or «МСК+4»; empty if unknown.

    A case is forgiven, and a slip of the finger.
    """
    if len(text) > _LONGEST:
        return ""
    written = compared(text)
    if written in ("utc", "gmt"):
        return "Etc/UTC"
    if match := _OFFSET.fullmatch(text.strip().lower()):
        return _at_offset(match)
    if named := _iana().get(plain(text)):
        return named
    known, towns = _names()
    wanted = compared(_BESIDE.sub("", plain(text).split(",")[0]))
    for name in (written, *_of_adjective(written), wanted, _dictionary_form(wanted)):
        if zone := known.get(name) or towns.get(name):
            return zone
    return _alike(wanted, known, _SHORTEST, _CLOSE) or _alike(wanted, towns, _SHORTEST + 1, _CLOSER)


@functools.cache
def _iana() -> dict[str, str]:
    return {plain(zone): zone for zone in available_timezones() if "/" in zone and not zone.startswith(("SystemV/", "posix", "right"))}


def _alike(wanted: str, names: Mapping[str, str], shortest: int, least: float) -> str:
    if len(wanted) < shortest:
        return ""
    close = process.extractOne(wanted, [name for name in names if len(name) > shortest], scorer=fuzz.ratio, score_cutoff=least)
    return names[close[0]] if close else ""


def _dictionary_form(name: str) -> str:
    """«нижнем новгороде» is «нижний новгород»."""
    return " ".join(map(lemma, name.split())) if _RUSSIAN.fullmatch(name) else name


def _of_adjective(text: str) -> tuple[str, ...]:
    """«самарское время» is that of «самара», «омское» of «омск»."""
    match = _ADJECTIVE.fullmatch(text)
    return (f"{match[1]}ск", match[1], f"{match[1]}а", f"{match[1]}ь") if match else ()


def _at_offset(match: re.Match[str]) -> str:
    whole = match.group().startswith(("мск", "msk"))
    hours, minutes = int(match.group(2)), int(match.group(3) or 0)
    offset = dt.timedelta(hours=hours, minutes=minutes) * (1 if match.group(1) == "+" else -1) + dt.timedelta(hours=3 if whole else 0)
    if offered := next((zone for zone in OFFERED if _offset(zone) == offset), ""):
        return offered
    if minutes:
        lived_in = Counter(zone for zone in _names()[1].values() if _offset(zone) == offset).most_common(1)
        return lived_in[0][0] if lived_in else ""
    # The signs of the Etc zones are turned round by POSIX tradition.
    hours = int(offset.total_seconds() // 3600)
    name = "Etc/UTC" if hours == 0 else f"Etc/GMT{-hours:+}"
    return name if name in available_timezones() else ""


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
