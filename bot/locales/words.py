"""One language: its messages, and its dates, sums and lists."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

LANGUAGES: Final = ("ru", "en")
_BABEL: Final = {"ru": "ru", "en": "en_GB"}
_NBSP: Final = "\u00a0"
_REMEMBERED: Final = 4096
"""Lines, and dates, that are remembered as they were said."""

Value = str | int | float | Decimal | dt.date


@functools.cache
def words(language: str) -> Words:
    """The words of a language, loaded once. A language that we do not speak gets English; `ru-RU` is `ru`."""
    short = language.lower().replace("_", "-").partition("-")[0]
    return Words(short if short in LANGUAGES else "en")


@functools.cache
def _territories() -> dict[str, str]:
    """Country codes by English and Russian names, old and new."""
    named = {name.casefold(): code for tongue in ("ru", "en") for code, name in Locale.parse(tongue).territories.items()}
    return named | {"turkey": "TR", "russia": "RU", "россия": "RU"}


@functools.cache
def _regions() -> dict[str, str]:
    """English names of the parts of Russia."""
    return {
        name: str(said) for name, said in tomllib.loads(resources.files(__package__).joinpath("regions.toml").read_text("utf-8")).items()
    }


class Words:
    """Everything that is said in one language. Safe to share: nothing in it changes once it is loaded."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(_BABEL[language])
        self._bundle = FluentBundle([_BABEL[language].replace("_", "-")], use_isolating=False)
        self._bundle.add_resource(FluentResource(source(language)))
        # The same few hundred lines and dates are said again and again: a page of the site says some eighty.
        self._said = functools.lru_cache(maxsize=_REMEMBERED)(self._write)
        self._format = functools.lru_cache(maxsize=_REMEMBERED)(self._write_date)

    def has(self, key: str) -> bool:
        """True if there is a message under this key."""
        return bool(self._bundle.has_message(key))

    def say(self, key: str, /, **params: Value) -> str:
        """The message with its parameters. Raises LookupError if there is no such message, ValueError if a parameter is missing."""
        # Equal is not the same: `1` and `1.0` are said differently.
        return self._said(key, tuple((name, type(value), str(value), value) for name, value in params.items()))

    def _write(self, key: str, given: tuple[tuple[str, type, str, Value], ...]) -> str:
        params = {name: value for name, _, _, value in given}
        if not self._bundle.has_message(key):
            raise LookupError(f"no message {key!r} in {self.language}.ftl")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise LookupError(f"message {key!r} of {self.language}.ftl has no text")
        text, errors = self._bundle.format_pattern(pattern, params)
        if errors:
            raise ValueError(f"message {key!r} of {self.language}.ftl: {errors[0]}")
        return str(text)

    # ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def date(self, value: dt.date | str, *, today: dt.date | None = None) -> str:
        """«1 сентября 2026», and for a month alone «сентябрь 2026»; without the year if it is that of `today`."""
        day, pattern = _read(value)
        return self._format(day, "LLLL y" if pattern == "month" else "d MMMM" if today and today.year == day.year else "d MMMM y")

    def short_date(self, value: dt.date) -> str:
        """«9 дек 2024»."""
        return f"{value.day} {self._month(value)} {value.year}"

    def since(self, value: dt.date | str) -> str:
        """«с 1 сентября 2026», «с сентября 2026»; "from 1 September 2026"."""
        day, pattern = _read(value)
        text = self._format(day, "MMMM y" if pattern == "month" else "d MMMM y")
        return self.say("date-since-second" if self.language == "ru" and pattern == "day" and day.day == 2 else "date-since", date=text)

    def day(self, value: dt.date, *, today: dt.date) -> str:
        """«сегодня», «завтра», «вчера», «послезавтра», else the date."""
        near = {0: "date-today", 1: "date-tomorrow", 2: "date-after-tomorrow", -1: "date-yesterday"}.get((value - today).days)
        return self.say(near) if near and (near != "date-after-tomorrow" or self.language == "ru") else self.date(value, today=today)

    def moment(self, value: dt.datetime, *, now: dt.datetime, timezone: str) -> str:
        """«завтра в 09:00», «10 декабря в 09:00», in a person's own timezone. Both times aware."""
        zone = ZoneInfo(timezone)
        local = value.astimezone(zone)
        return self.say("date-at", day=self.day(local.date(), today=now.astimezone(zone).date()), time=local.strftime("%H:%M"))

    def days(self, first: dt.date, last: dt.date) -> str:
        """«10 декабря», «1–7 декабря», «28 ноября – 4 декабря», both days included; with years if they differ."""
        if first == last:
            return self._format(first, "d MMMM")
        if first.year != last.year:
            return f"{self.date(first)} – {self.date(last)}"
        start = str(first.day) + "–" if first.month == last.month else self._format(first, "d MMMM") + " – "
        return start + self._format(last, "d MMMM")

    def from_to(self, first: dt.date, last: dt.date) -> str:
        """«с 1 по 7 декабря», both days included."""
        same = first.month == last.month and first.year == last.year
        start = str(first.day) if same else self._format(first, "d MMMM" if first.year == last.year else "d MMMM y")
        end = self._format(last, "d MMMM" if first.year == last.year else "d MMMM y")
        return self.say("date-from-to-second" if self.language == "ru" and first.day == 2 else "date-from-to", first=start, last=end)

    def month(self, value: dt.date) -> str:
        """«сентябрь 2026»."""
        return self._format(value, "LLLL y")

    def weekday(self, value: dt.date) -> str:
        """«вторник»."""
        return self._format(value, "EEEE")

    def _write_date(self, day: dt.date, pattern: str) -> str:
        return str(format_date(day, pattern, locale=self._locale))

    def _month(self, value: dt.date) -> str:
        return str(format_date(value, "MMMM", locale=self._locale))[:3]

    def territory(self, name: str) -> str:
        """«Индия» for `India`, "Rostov Region" for «Ростовская область», several with commas; any other name stays."""
        code = _territories().get(name.casefold())
        if code:
            return str(self._locale.territories.get(code, name))
        if self.language == "ru":
            return name
        return ", ".join(_regions().get(part, part) for part in name.split(", "))

    # ── numbers and lists ────────────────────────────────────────────────────────────────────────────────────────────

    def number(self, value: float | Decimal) -> str:
        """«3 500», «1,5»; "3,500", "1.5"."""
        return str(format_decimal(value, locale=self._locale)).replace("\u202f", _NBSP)

    def sum(self, amount: float | Decimal, currency: str = "₽") -> str:
        """«1 млн ₽», «3,5 млн ₽», «500 тыс. ₽», «3 500 ₽»."""
        value = float(amount)
        for least, unit, key in ((10**9, 10**9, "sum-billion"), (10**6, 10**6, "sum-million"), (10**4, 10**3, "sum-thousand")):
            if abs(value) >= least:
                return self.say(key, amount=self.number(round(value / unit, 2)), currency=currency)
        return self.say("sum-plain", amount=self.number(amount), currency=currency)

    def list(self, items: Iterable[str]) -> str:
        """«а, б и в»; with commas alone if an item has a conjunction of its own: «банки, маркетплейсы и доставка»."""
        listed = [*items]
        if any(f" {self.say('conjunction')} " in item for item in listed):
            return ", ".join(listed)
        return str(format_list(listed, locale=self._locale))

    def outlets(self, names: Sequence[str], *, shown: int = 2) -> str:
        """«Интерфакс, НСН и ещё 4»; when one alone would be left over, it is named."""
        head, rest = head_and_rest(names, shown)
        return self.say("and-more", first=", ".join(head), count=rest) if rest else ", ".join(head)


def head_and_rest(names: Sequence[str], shown: int) -> tuple[Sequence[str], int]:
    """The names to show and how many are left over, never exactly one."""
    if len(names) <= shown + 1:
        return names, 0
    return names[:shown], len(names) - shown


def source(language: str) -> str:
    """The text of a language's file."""
    return resources.files(__package__).joinpath(f"{language}.ftl").read_text("utf-8")


def sentence(text: str) -> str:
    """The text with its first letter raised, the rest untouched."""
    return text[:1].upper() + text[1:]


def _read(value: dt.date | str) -> tuple[dt.date, str]:
    """A day, or the first of a month, and which of the two it is. Raises ValueError."""
    if isinstance(value, dt.date):
        return value, "day"
    if re.fullmatch(r"\d{4}-\d{2}", value):
        return dt.date.fromisoformat(value + "-01"), "month"
    return dt.date.fromisoformat(value[:10]), "day"
