"""Sums and shares of money, as they stand in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WORDS: Final = r"один|одного|два|двух|три|трех|трёх|четыре|четырех|четырёх|пять|пяти|шесть|шести|семь|семи|восемь|восьми|десять|десяти|полтора|полутора"
_SUM: Final = rf"(?:\d[\d  \u202f.,]*\d|\d|{_WORDS})"
_UNIT: Final = r"(?:тыс(?:яч\w*|\.)?|млн|млрд|миллион\w*|миллиард\w*)"
CURRENCY: Final = r"(?:рубл\w+|руб\.?|₽|(?:американск\w+ |австралийск\w+ |сингапурск\w+ )?долл\w+|евро\b|\$|€|£|фунт\w+|крон\w*|рупи\w+|сом(?:ов|ам|ы|а)?\b|сум(?:ов|ы)?\b|тенге|грив\w+|реал(?:ов|а)|лир\w?\b|юан\w+|иен\w*|вон\b|шиллинг\w*|злот\w+|лей\b|базовых величин|МРП)"
MONEY: Final = re.compile(
    rf"{CURRENCY}|[%$€£₹¥]|percent|per cent|\b(?:Rs|Shs|RUB|RM|CHF)|rub|roub|rupee|dollar|euro|pound|lira|tenge|reais|won|yen|yuan|franc|ringgit|shilling|hryvn|процент",
    re.IGNORECASE,
)
_ABOUT: Final = r"(?:от|до|более|свыше|почти|около|не менее|минимум|максимум|порядка|примерно)"
RUSSIAN: Final = re.compile(
    rf"(?:(?P<about>{_ABOUT})\s+)?(?:(?P<whole>полмиллиона|полумиллиона|(?<![\w-])миллион\w?|(?<![\w-])миллиард\w?)\s*|{_SUM}\s*{_UNIT}?\s*(?:(?:–|-|—|до|и до)\s*{_SUM}\s*)?{_UNIT}?\s*)(?P<currency>{CURRENCY})",
    re.IGNORECASE,
)
_ELLIPTIC: Final = re.compile(
    rf"(?:{_ABOUT}\s+)?{_SUM}\s*(?:{_UNIT}\s*)?(?:(?:–|-|—|до)\s*{_SUM}\s*)?{_UNIT}(?!\s*(?:[а-яё]|$)(?!\s*[,;.]))(?=\s*(?:[,;.)]|$|\s+(?:и|а)\s+))",
    re.IGNORECASE,
)
"""A sum whose currency stands at another sum of the sentence: «для граждан — до 50 тысяч, для юрлиц — до 700 тысяч рублей»."""
_ROUGHLY: Final = r"(?:up to|as much as|more than|over|about|nearly|at least|around|до|от|более|около|почти)"
_SIGN: Final = r"(?:(?:[A-Z]{1,3})?[$€£₹¥]|\bRs\.?|\bShs|\bRUB|\bRM|\bCHF)"
_MANY: Final = r"(?:million|billion|thousand|crore|lakh|bn\b|[mMkKB]\b|млн|млрд|тыс\.?)"
_SYMBOL: Final = re.compile(
    rf"(?:between\s+{_SIGN}\s?{_SUM}\s*{_MANY}?\s+and\s+|(?:from\s+)?{_SIGN}\s?{_SUM}\s*{_MANY}?\s*(?:to|–|-|—)\s*(?={_SIGN})|(?:{_ROUGHLY}\s+)?){_SIGN}\s?{_SUM}\s*{_MANY}?",
)
_ENGLISH: Final = re.compile(
    r"(?:(?:up to|as much as|more than|over|about|nearly|at least|around|between|from)\s+)?(?:\d[\d,.]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten)\s*(?:million|billion|thousand|crore|lakh)?(?:\s*(?:to|and|–|-)\s*(?:\d[\d,.]*\d|\d)\s*(?:million|billion|thousand|crore|lakh)?)?\s*(?:rubles?|roubles?|rupees|dollars|euros?|pounds|liras?|tenge|rub\b|reais|won|yen|yuan|francs|ringgit|shillings|hryvnias?)",
    re.IGNORECASE,
)
_SHARE: Final = (
    re.compile(
        r"(?:(?:up to|as much as|between|from)\s+)?(?:\d+(?:[.,]\d+)?\s?(?:%|percent|per cent)?\s?(?:to|and|–|-)\s?)?\d+(?:[.,]\d+)?\s?(?:%|percent|per cent)\s+of\s+(?:[\w'’-]+\s+){0,5}?(?:turnover|revenues?|sales|income|capital|assets|profits?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:до|от)\s+)?(?:\d+(?:[.,]\d+)?\s?(?:%|процент\w+)?\s?(?:до|[–-])\s?)?\d+(?:[.,]\d+)?\s?(?:%|процент\w+)\s+(?:от\s+)?(?:\w+\s+){0,3}?(?:оборота|выручки|дохода|доходов|прибыли|капитала|активов)\b",
        re.IGNORECASE,
    ),
)
_CHANGED: Final = re.compile(
    r"(?:увелич|повы[сш]|подн[яи]м?|вырос|возрос|возраст|сниз|сниж|уменьш|сократ|сокращ|урез|\brais|\brose\b|\bris(?:e|es|en)\b|increas|hik(?:e|ed|es)\b|doubl|tripl|lower|reduc|\bcut|slash|lift|grow|grew)\w*"
)
_RANGE: Final = re.compile(r"^(?:from\s+)?(?P<old>.*\d.*?)\s*\b(?P<to>до|to)\s+(?=\D{0,4}\d)", re.IGNORECASE)
_SINCE: Final = re.compile(r"(?<!\w)со? $")
"""«с 4 до 7 млн» tells of a change, «от 4 до 7 млн» of a range."""
_FROM: Final = re.compile(r"(?:\bот|\bfrom) $")
_CHANGED_FROM: Final = re.compile(r"(?<!\w)со? [^,;]{2,30} $")
_BACK: Final = re.compile(r"\b(?:to|до) [^,;]{2,25} (?:from|со?) $")
"""«до 7 млн с 4 млн», "to $5 million from $1 million"."""
_NEXT: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:до|to)\s+(?=\D{0,5}\d)", re.IGNORECASE)
_SET_TO: Final = re.compile(
    r"(?:увеличил|повысил|поднял|снизил|уменьшил|сократил|увеличен|повышен|снижен|уменьшен|сокращен)[аои]? (?:\S+ ){0,4}$"
)
"""«Суд снизил штраф до 2 млн рублей»: no limit, the sum itself."""
_EACH: Final = re.compile(
    r"\s+(?:(?:в|за кажд(?:ые|ый)) (?:сутки|день|час|месяц)|ежедневно|ежемесячно|(?:a|an|per|each|every|for (?:each|every)) (?:day|hour|week|month)\b|daily)",
    re.IGNORECASE,
)
_DAILY: Final = (
    (re.compile(r"(?:ежедневн|ежесуточн)\w+(?: \w+){0,2}? (?:штраф|неустойк|санкц)"), " в день"),
    (re.compile(r"\bdaily(?: \w+)? (?:fine|penalt)"), " a day"),
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum at [start, stop) of a sentence, and what of it is told: all of it, or what a penalty was changed to."""

    start: int
    stop: int
    value: str


def sums(text: str, folded: str, *, known: bool) -> list[Sum]:
    """All sums and shares of a sentence in their order; `known`: their money was told before."""
    found: list[tuple[int, int]] = []
    for form in (*_SHARE, RUSSIAN, _SYMBOL, _ENGLISH):
        for match in form.finditer(text):
            if not _taken(match, found):
                found.append(match.span())
    if known or any(re.search(CURRENCY, text[start:stop], re.IGNORECASE) for start, stop in found):
        for match in _ELLIPTIC.finditer(text):
            if not _taken(match, found):
                found.append(match.span())
    told = [_told(text, folded, start, stop) for start, stop in sorted(found)]
    return [one for one in told if one.value]


def _taken(match: re.Match[str], found: list[tuple[int, int]]) -> bool:
    return any(match.start() < stop and start < match.end() for start, stop in found)


def _told(text: str, folded: str, start: int, stop: int) -> Sum:
    """A sum with how often it is due; nothing of the one that a penalty was changed from."""
    stop = start + len(text[start:stop].rstrip())
    before, value = folded[:start], " ".join(text[start:stop].split()).strip(" ,")
    changed = _CHANGED.search(before[-90:]) is not None
    halves = _RANGE.match(value)
    since = _SINCE.search(before) is not None
    if changed and _BACK.search(before):
        return Sum(start, stop, "")
    if halves and not value.lower().startswith("от ") and (since or changed):
        value = value[halves.end() :]
    elif not halves and _NEXT.match(folded[stop:]) and (since or (changed and _FROM.search(before))):
        return Sum(start, stop, "")
    elif changed and (_SET_TO.search(before) or _CHANGED_FROM.search(before)):
        value = re.sub(r"^до\s+", "", value)
    if each := _EACH.match(text[stop:]):
        return Sum(start, stop, value + " " + " ".join(each[0].split()))
    return Sum(start, stop, value + next((often for form, often in _DAILY if form.search(before[-60:])), ""))
