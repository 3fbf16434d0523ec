"""Sums of money as numbers, so that one sum written in two ways is one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_AMOUNT: Final = re.compile(
    r"(?P<number>\d{1,3}(?:[\s\u00a0\u202f.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|(?<![\w-])(?:один|одн\w+|два|двух|три|тр[её]х|четыр\w+|пят[ьи]|шест[ьи]|сем[ьи]|вос[её]?м\w+|десят[ьи]|полтора|полутора|полмиллиона|полумиллиона|миллион\w?|миллиард\w?|one|two|three|four|five|six|seven|eight|nine|ten)(?!\w))"
    r"(?:\s*(?P<unit>тыс|млн|миллион|млрд|миллиард|трлн|триллион|thousand|million|billion|bn|crore|lakh|m\b|k\b)\w*)?",
    re.IGNORECASE,
)
_TIMES: Final = (
    ("тыс", 10**3),
    ("thou", 10**3),
    ("k", 10**3),
    ("lakh", 10**5),
    ("млн", 10**6),
    ("миллион", 10**6),
    ("mill", 10**6),
    ("m", 10**6),
    ("crore", 10**7),
    ("трл", 10**12),
    ("трил", 10**12),
    ("млрд", 10**9),
    ("миллиард", 10**9),
    ("bill", 10**9),
    ("bn", 10**9),
)
"""By how the word begins."""
_COUNTED: Final = {
    "од": 1,
    "дв": 2,
    "тр": 3,
    "че": 4,
    "пя": 5,
    "ше": 6,
    "се": 7,
    "во": 8,
    "де": 10,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_WHOLE: Final = {"полт": "1.5", "полу": "1.5", "полм": "500000", "полум": "500000", "миллион": "1000000", "миллиард": "1000000000"}
_CURRENCIES: Final = (
    ("RUB", re.compile(r"руб|₽|rubl|roubl|\brub", re.IGNORECASE)),
    ("AUD", re.compile(r"австралийск|A\$|AU\$", re.IGNORECASE)),
    ("BRL", re.compile(r"реал|R\$|reais", re.IGNORECASE)),
    ("SGD", re.compile(r"сингапурск|S\$", re.IGNORECASE)),
    ("EUR", re.compile(r"евро|€|euro", re.IGNORECASE)),
    ("GBP", re.compile(r"фунт|£|pound", re.IGNORECASE)),
    ("USD", re.compile(r"долл|\$|dollar", re.IGNORECASE)),
    ("INR", re.compile(r"рупи|₹|rupee|\bRs\b", re.IGNORECASE)),
    ("%", re.compile(r"%|процент|percent|per cent", re.IGNORECASE)),
)
_ROUGHLY: Final = re.compile(r"почти|около|примерно|порядка|более|свыше|nearly|about|around|more than|over\b", re.IGNORECASE)
_CLOSE: Final = Decimal("0.15")
"""How far a sum that is given roughly may be from the exact one."""


def amounts(text: str) -> frozenset[Decimal]:
    """The numbers of a penalty, written out: half a million is no part of five millions, though its digit is. «30–50 тысяч» are two of thousands."""
    found: set[Decimal] = set()
    bare: list[Decimal] = []
    for match in _AMOUNT.finditer(text):
        times = next((times for start, times in _TIMES if (match["unit"] or "").lower().startswith(start)), 0)
        number = _number(match["number"])
        if not times and number < 1000:
            bare.append(number)
            continue
        found |= {one * (times or 1) for one in (number, *bare)}
        bare = []
    return frozenset(found or bare)


def _number(text: str) -> Decimal:
    said = text.lower()
    whole = next((value for start, value in sorted(_WHOLE.items(), key=lambda item: -len(item[0])) if said.startswith(start)), None)
    if whole:
        return Decimal(whole)
    if not said[0].isdigit():
        return Decimal(next(value for start, value in sorted(_COUNTED.items(), key=lambda item: -len(item[0])) if said.startswith(start)))
    return Decimal(re.sub(r"\s|[.,](?=\d{3}(?!\d))", "", said).replace(",", "."))


def currency(text: str) -> str:
    """The money that a sum is in, `%` for a share, empty if it is not told."""
    return next((name for name, form in _CURRENCIES if form.search(text)), "")


def whom(text: str) -> str:
    """Who is to pay a penalty, as it stands in brackets after it."""
    match = re.search(r"\(([^()]+)\)$", text)
    return match[1] if match else ""


_SAME_WHOM: Final = {
    "individuals": "граждане",
    "officials": "должностные лица",
    "companies": "юрлица",
    "advertisers": "рекламодатели",
    "banks": "банки",
}


def alike(a: str, b: str) -> bool:
    """True if two penalties are one: the same money for the same payers, or one with more said of it; a rough sum may be near the exact one."""
    payers = [_SAME_WHOM.get(whom(text), whom(text)) for text in (a, b)]
    if all(payers) and payers[0] != payers[1]:
        return False
    money = [currency(text) for text in (a, b)]
    if all(money) and money[0] != money[1]:
        return False
    one, other = amounts(a), amounts(b)
    if not one or not other:
        return a.casefold() == b.casefold()
    if one <= other or other <= one:
        return True
    if len(one) == len(other) == 1 and (_ROUGHLY.search(a) or _ROUGHLY.search(b)):
        (first,), (second,) = one, other
        return abs(first - second) <= _CLOSE * max(first, second)
    return False
