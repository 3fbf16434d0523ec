"""The sources that are polled: what stands in a sources TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final, Literal

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.collect.guard import parse_url
from bot.errors import AddressRefused, ConfigurationError

FASTEST: Final = timedelta(minutes=2)
SLOWEST: Final = timedelta(hours=2)

_DURATION: Final = re.compile(r"\s*(\d{1,6})\s*([smhd])\s*")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """A feed, listing, channel or sitemap, and how it may be read."""

    id: str
    name: str
    url: str
    kind: str = "rss"
    """`rss` (RSS, Atom, JSON Feed), `page`, `telegram` or `sitemap`."""
    official: bool = False
    language: str = "ru"
    interval: timedelta = timedelta(minutes=10)
    allow_private: bool = False
    proxy: str = ""
    ca_file: str = ""
    enabled: bool = True
    reason: str = ""
    """Why it is not enabled, or what is doubtful about it."""
    checked: bool = True
    """False: the address was taken from a list and has never been fetched by us."""
    selector: str = ""
    """For `page`: CSS of the elements that each hold, or are, a link to an article."""
    max_items: int = 200
    """More items than this in one answer are not looked at."""


def parse_duration(text: str) -> timedelta:
    """Reads `90s`, `10m`, `2h`, `1d`. Raises ValueError."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no duration such as 90s, 10m or 2h")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def format_duration(value: timedelta) -> str:
    """The shortest text that `parse_duration` reads back; whole seconds."""
    seconds = int(value.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _interval(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


def _css(value: str) -> str:
    if value:
        try:
            CSSSelector(value)
        except SelectorError as error:
            raise ValueError(f"{value!r} is no CSS selector ({error})") from None
    return value


class _Entry(BaseModel):
    """One `[[source]]` of the file, checked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    url: str
    kind: Literal["rss", "page", "telegram", "sitemap"] = "rss"
    official: bool = False
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "ru"
    interval: Annotated[timedelta, BeforeValidator(_interval), Field(ge=timedelta(seconds=1), le=timedelta(days=7))] = timedelta(minutes=10)
    allow_private: bool = False
    proxy: Annotated[str, Field(pattern=r"^$|^direct$|^(http|socks5|socks4)://[^\s/]+/?$")] = ""
    ca_file: str = ""
    enabled: bool = True
    reason: str = ""
    checked: bool = True
    selector: Annotated[str, AfterValidator(_css)] = ""
    max_items: Annotated[int, Field(ge=1, le=5000)] = 200

    @model_validator(mode="after")
    def _whole(self) -> _Entry:
        try:
            parse_url(self.url, allow_private=self.allow_private)
        except AddressRefused as error:
            raise ValueError(f"url: {error}") from None
        if self.kind == "page" and not self.selector:
            raise ValueError("a source of kind page needs a selector")
        return self


def load_sources(path: Path | None = None) -> tuple[SourceSpec, ...]:
    """Reads a sources TOML, the packaged one by default. Raises ConfigurationError, one line that names the entry at fault."""
    place = str(path) if path else "the packaged list of sources"
    try:
        data = path.read_bytes() if path else files("bot.collect").joinpath("sources.toml").read_bytes()
        text = data.decode("utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(f"{place} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{place} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{place} is no TOML: {error}") from None
    return read_table(table, place)


def read_table(table: Mapping[str, object], place: str) -> tuple[SourceSpec, ...]:
    """The sources of a parsed file; relative `ca_file`s stay as they stand. Raises ConfigurationError."""
    entries = table.get("source", [])
    unknown = sorted(set(table) - {"source"})
    if unknown or not isinstance(entries, list):
        raise ConfigurationError(f"{place}: only [[source]] entries are expected" + (f", not {unknown[0]!r}" if unknown else ""))
    specs: dict[str, SourceSpec] = {}
    for number, entry in enumerate(entries, 1):
        spec = _read_entry(entry, place, number)
        if spec.id in specs:
            raise ConfigurationError(f"{place}: two sources have the id {spec.id!r}")
        specs[spec.id] = spec
    return tuple(specs.values())


def _read_entry(entry: object, place: str, number: int) -> SourceSpec:
    label = f"source {entry['id']!r}" if isinstance(entry, dict) and isinstance(entry.get("id"), str) else f"source number {number}"
    try:
        checked = _Entry.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"{place}: {label}: {field + ': ' if field else ''}{message}") from None
    return SourceSpec(**checked.model_dump())
