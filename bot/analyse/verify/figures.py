"""Numbers with what they count and how exactly they are told: in figures or words, one spelling for all."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analyse.language import lexicon
from bot.analyse.language.text import WORD, lemma

_DIGITS = r"\d{1,3}(?:[   ,]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(rf"(?<![\w.,])(?P<sign>(?:[a-z]{{1,2}})?[$€£₹₽])?\s?(?P<digits>{_DIGITS})(?!\d)")
_TIMES = (
    (re.compile(r"(?:тыс\b\.?|тысяч\w*|thousand|k\b)"), 10**3),
    (re.compile(r"(?:млн\b|миллион\w*|million|mn\b|m\b)"), 10**6),
    (re.compile(r"(?:млрд\b|миллиард\w*|billion|bn\b|b\b)"), 10**9),
    (re.compile(r"(?:трлн\b|триллион\w*|trillion)"), 10**12),
    (re.compile(r"(?:lakh)"), 10**5),
    (re.compile(r"(?:crore)"), 10**7),
)
_KINDS = (
    ("RUB", re.compile(r"руб|₽|rubl|roubl|rub\b")),
    ("USD", re.compile(r"долл|\$|dollar|usd")),
    ("EUR", re.compile(r"евро\b|€|euro|eur\b")),
    ("GBP", re.compile(r"фунт|£|pound|gbp")),
    ("INR", re.compile(r"рупи|₹|rupee|rs\b")),
    ("%", re.compile(r"%|процент|percent|per cent")),
    (
        "other money",
        re.compile(
            r"тенге|лир[аы]?\b|юан|иен|вон[аы]?\b|гривен|гривн|франк|крон|злот|сум(?:ов)?\b|драм|манат|лари\b|реал|песо|tenge|lira|yuan|yen\b|won\b|hryvnia|franc|reais|peso|shilling|ringgit"
        ),
    ),
    ("minute", re.compile(r"минут|minute")),
    ("hour", re.compile(r"час(?:а|ов|ам|у)?\b|hour")),
    ("day", re.compile(r"(?:\w+ )?(?:день|дня|дней|дням|суток|сут|days?\b)")),
    ("week", re.compile(r"недел|week")),
    ("month", re.compile(r"месяц|month")),
    ("year", re.compile(r"год(?:а|у|ов|ам|ом|ах)?\b|лет\b|years?\b|г\.")),
)
_MONEY = frozenset({"RUB", "USD", "EUR", "GBP", "INR", "%", "other money"})
_BOUNDS = (
    (
        "upto",
        re.compile(
            r"(?<!\w)(?:до|не более(?: чем)?|не больше|максимум|вплоть до|не превыш\w+|up to|at most|as much as|no more than|a maximum of|maximum(?: \w+)? of)(?: \w+){0,1} ?$"
        ),
    ),
    (
        "more",
        re.compile(
            r"(?<!\w)(?:более|свыше|больше|превы\w+|не менее(?: чем)?|не меньше|минимум|over|more than|above|exceed\w*|at least|a minimum of|from|от)(?: чем)?(?: \w+){0,1} ?$"
        ),
    ),
    ("less", re.compile(r"(?<!\w)(?:менее|меньше|ниже|under|below|less than|fewer than)(?: чем)? ?$")),
    (
        "about",
        re.compile(
            r"(?<!\w)(?:около|примерно|почти|порядка|приблизительно|about|around|almost|nearly|roughly|approximately|some)(?: в)? ?$"
        ),
    ),
)
_HALVES = {
    "полмиллиона": 5e5,
    "полумиллиона": 5e5,
    "полмиллиарда": 5e8,
    "полумиллиарда": 5e8,
    "полтора": 1.5,
    "полторы": 1.5,
    "полутора": 1.5,
}
_TO = re.compile(r"\s*(?:тыс\.?|млн|млрд|руб\w*\.?|рублей|million|billion)?\s*(?:-|–|—|до|и|или|to|and|or)\s*$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a folded sentence: what it counts (empty where nothing strict is told) and its bound."""

    value: float
    unit: str
    bound: str
    start: int
    stop: int

    @property
    def money(self) -> bool:
        """True for a sum, a share, or a number too large to be counted out."""
        return self.unit in _MONEY or self.unit.endswith("$") or self.value >= 1000

    def told_by(self, other: Figure) -> bool:
        """True if another figure says this one: the same number of the same, no more exactly told."""
        bound = self.bound == other.bound or (self.bound == "about" and not other.bound)
        return self.same(other) and bound

    def same(self, other: Figure) -> bool:
        """True if two figures are one, however exactly they are told."""
        return abs(self.value - other.value) <= 1e-9 * max(1.0, abs(self.value)) and (
            self.unit == other.unit or (not self.unit and self.value >= 1000)
        )


@functools.cache
def _words() -> dict[str, float]:
    return {word: float(number) for number, words in lexicon.table("verify")["counted"].items() for word in words.split()}


def figures(folded: str, dated: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The numbers of a folded sentence, those of dates left out (`dated` are their places)."""
    raw = [
        (match.start(), match.end(), float(re.sub(r"[   ]|,(?=\d{3}(?!\d))", "", match["digits"]).replace(",", ".")), match["sign"] or "")
        for match in _NUMBER.finditer(folded)
    ]
    raw += _in_words(folded)
    found: list[tuple[int, int, float, str, int]] = []
    for start, stop, value, sign in sorted(raw):
        if any(a < stop and start < b for a, b in dated):
            continue
        times, end = 1, stop
        unit = sign and (_unit(sign) or sign)
        rest = re.match(r"[\s-]*", folded[end:])
        place = end + (len(rest[0]) if rest else 0)
        for form, by in _TIMES:
            if hit := form.match(folded, place):
                times, end = by, hit.end()
                place = end + len(folded[end:]) - len(folded[end:].lstrip(" ."))
                break
        if not unit:
            unit = _unit(folded[place : place + 24])
        found.append((start, end, value, unit, times))
    for index in range(len(found) - 2, -1, -1):
        start, end, value, unit, times = found[index]
        after = found[index + 1]
        if _TO.match(folded[end : after[0]].ljust(1)) and len(folded[end : after[0]]) < 14:
            found[index] = (start, end, value, unit or after[3], times if times > 1 or unit else after[4])
    return [Figure(value * times, unit, _bound(folded[:start]), start, end) for start, end, value, unit, times in found]


def _unit(after: str) -> str:
    return next((name for name, form in _KINDS if form.match(after)), "")


def _bound(before: str) -> str:
    before = before[-40:].rstrip(" $€£₹") + " "
    return next((name for name, form in _BOUNDS if form.search(before)), "")


def _in_words(folded: str) -> list[tuple[int, int, float, str]]:
    """Numbers told in words: «двадцать пять», «полмиллиона», "five"."""
    found: list[tuple[int, int, float, str]] = []
    for match in WORD.finditer(folded):
        if half := _HALVES.get(match[0]):
            found.append((match.start(), match.end(), half, ""))
            continue
        value = _words().get(match[0], _words().get(lemma(match[0])))
        if value is None:
            continue
        if (
            found
            and not folded[found[-1][1] : match.start()].strip(" -")
            and found[-1][2] >= 20
            and value < found[-1][2]
            and found[-1][2] % 10 == 0
        ):
            start, _, before, _ = found.pop()
            found.append((start, match.end(), before + value, ""))
        else:
            found.append((match.start(), match.end(), value, ""))
    return found
