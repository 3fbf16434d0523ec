"""Dates in a sentence, the relative ones resolved against the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MONTHS = (
    "январ|феврал|март|апрел|ма[йяюе]|июн|июл|август|сентябр|октябр|ноябр|декабр",
    "january|february|march|april|may|june|july|august|september|october|november|december",
    "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec",
)
_RU = [re.compile(stem) for stem in _MONTHS[0].split("|")]
_MONTH_RU = r"(?P<mon>январ[ьяюе]|феврал[ьяюе]|март[ае]?|апрел[ьяюе]|ма[йяюе]|июн[ьяюе]|июл[ьяюе]|август[ае]?|(?:сентябр|октябр|ноябр|декабр)[ьяюе])\b"
_MONTH_EN = rf"(?P<mon>{_MONTHS[1]}|(?:{_MONTHS[2]})\b\.?)"
_YEAR = r"(?:,?\s+(?P<year>20[12]\d)(?:[- ]?(?:го|м|й))?(?:\s*(?:года|году|год|г\.))?)?"
_NEXT = r"(?P<rel>\s+(?:следующего|будущего|этого|текущего|нынешнего|прошлого|next|this|last)\s*(?:года|year)?)?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:-?го)?(?:\s*[–—-]\s*\d{{1,2}})?\s+{_MONTH_RU}{_NEXT}{_YEAR}",
        rf"\b(?P<day>первого)\s+{_MONTH_RU}{_NEXT}{_YEAR}",
        rf"\b(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH_EN}{_NEXT}{_YEAR}",
        rf"\b{_MONTH_EN}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:тыс|млн|%)){_NEXT}{_YEAR}",
        r"(?<!\d)(?P<day>\d{1,2})\.(?P<num>[01]\d)\.(?P<year>20[12]\d)(?!\d)",
        r"(?<!\d)(?P<year>20[12]\d)-(?P<num>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
    )
)
_RELATIVE = {
    "прошл": "last",
    "следующ": "next",
    "будущ": "next",
    "нынешн": "this",
    "эт": "this",
    "last": "last",
    "next": "next",
    "this": "this",
}
_MONTH_ONLY = (
    re.compile(rf"\b(?P<rel>прошл|следующ|будущ|нынешн|эт)(?:[ое]го|[ое]м)\s+{_MONTH_RU}(?P<year>)"),
    re.compile(rf"\b{_MONTH_RU}{_NEXT}{_YEAR}"),
    re.compile(
        rf"\b(?:in|from|since|by|until|of|early|late|mid-?|as of|starting|beginning|end of|through)\s+(?:early\s+|late\s+|mid-?)?{_MONTH_EN}{_NEXT}{_YEAR}"
    ),
    re.compile(rf"\b(?P<rel>next|last|this)\s+{_MONTH_EN}(?P<year>)"),
    re.compile(r"\b(?P<mon>january|february|march|april|june|july|august|september|october|november|december)\s+(?P<year>20[12]\d)"),
)
_SCHOOL = re.compile(r"с (?:начала )?(?:нового|(?P<year>20[12]\d)(?:[/–-]\d{2,4})?) учебного года")
_SEASON = re.compile(r"\bс(?:о)? начала (?P<season>весны|лета|осени|зимы)(?: (?P<year>20[12]\d))?")
_SEASONS = {"весны": 3, "лета": 6, "осени": 9, "зимы": 12}
_HALF = re.compile(
    r"с[о]? (?P<which>первого|второго|третьего|четвертого|1-го|2-го|3-го|4-го|i|ii|iii|iv) (?P<part>полугодия|квартала)(?: (?P<year>20[12]\d))?"
    r"|(?:from|in|starting in) the (?P<which2>first|second|third|fourth) (?P<part2>half|quarter) of (?P<year2>20[12]\d|next year)"
)
_ORDER = {
    "первого": 0,
    "1-го": 0,
    "i": 0,
    "first": 0,
    "второго": 1,
    "2-го": 1,
    "ii": 1,
    "second": 1,
    "третьего": 2,
    "3-го": 2,
    "iii": 2,
    "third": 2,
}
_WEEKDAY = re.compile(
    r"\b(?:(?P<from>со?|since|as of)|во?|on)\s+(?P<next>следующ(?:его|ей)\s+|next\s+)?"
    r"(?P<day>понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:[аыяуе])?\b(?!,? \d)"
)
_COMING = re.compile(
    r"вступ[аи]|войд|начн|буд[еу]т|заработ|введ[еу]т|станет|смогут|will\b|takes? effect|goes into|comes into|due\b|set to|must\b|долж|намечен|планир|истека"
)
"""What makes a weekday the next one: «вступит в силу в понедельник»; without it the last one is told."""
_DAYS = (
    ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"),
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_NUMBER = {
    word: number
    for number, words in {
        1: "один одного одну one",
        2: "два две двух two",
        3: "три трех трёх three",
        4: "четыре четырех four",
        5: "пять пяти five",
        6: "шесть шести six",
        7: "семь семи seven",
        9: "девять девяти nine",
        10: "десять десяти ten",
        30: "тридцать тридцати thirty",
        60: "шестьдесят шестидесяти sixty",
        90: "девяносто ninety",
    }.items()
    for word in words.split()
}
_AFTER = re.compile(
    r"(?:(?:через|спустя|по истечении|в течение)\s+(?:(?P<n>\d+|\w+)\s+)?(?P<unit>дн\w+|день|недел\w+|месяц\w*|полгода|год\b|года\b)(?:\s+(?:после|со дня|с момента|с даты)\s+(?:\w+\s+){0,3}?(?P<of>\w*публиков\w+|вступлени\w+|подписани\w+))?"
    r"|(?:within|in|after)\s+(?P<n2>\d+|\w+)\s+(?P<unit2>days?|weeks?|months?|years?)(?:\s+(?:of|after|from|following)\s+(?:\w+\s+){0,3}?(?P<of2>publication|the order|notification|issu\w+|today|the directive))?"
    r"|(?P<n3>\d+|\w+)\s+(?P<unit3>days?|weeks?|months?|years?)\s+(?:after|from|following)\s+(?:\w+\s+){0,2}?(?P<of3>publication|issu\w+|the order))"
)
_NEAR = re.compile(
    r"(?P<today>сегодня|с сегодняшнего дня|\btoday)|(?P<tomorrow>с завтрашнего дня|\bзавтра\b|\btomorrow)|(?P<yesterday>\bсо вчерашнего дня|\bвчера\b|\bнакануне\b(?! (?:выбор|праздник|голосован|заседан|встреч|рассмотр))|\byesterday)"
    r"|(?P<nextyear>с[о]? (?:начала )?(?:следующего|будущего) года|from (?:the start of )?next year)"
    r"|(?P<thisyear>\bс начала (?:(?:этого|текущего|нынешнего) )?года|\bsince the (?:start|beginning) of the year)"
)
_YEAR_BEGINS = re.compile(r"\b(?:с начала|from the (?:start|beginning) of|since the (?:start|beginning) of) (?P<year>20[12]\d)(?: года)?\b")
_FROM_DAY = re.compile(
    rf"(?<!\d)(?P<n>\d{{1,3}})\s+(?:days?|дней|дня)\s+(?:from|after|с|после)\s+(?=(?:the\s+)?\d|{_MONTHS[1]}|(?:{_MONTHS[2]})\b)"
)
"""A count of days that starts on a day given: «45 days from Aug. 6»."""
_ENTERS = re.compile(r"вступ\w+ в силу|войд\w+ в силу|take\w* effect|c[oa]me\w* into (?:force|effect)|enters? into force")
"""What «через 180 дней» without a word of what it counts from is told of."""
_EXPIRES = re.compile(r"по истечении .* дня ")
"""«По истечении десяти дней после дня опубликования» is the day after the tenth."""
_ENTERED = re.compile(
    r"(?:вступил\w*|вошл?[а-я]*) в (?:законную )?силу|заработал[аи]?\b|(?:took|taken|came) (?:effect|into (?:force|effect))"
)
"""A count that is over: «вступил в силу спустя десять дней после подписания», on a day that is not told."""
_BEFORE = re.compile(
    r"(?P<from>(?:\bс|\bсо|\bначиная с|\bfrom|\bsince|\bas of|\beffective|\bstarting|\bbeginning)(?:\s+(?:начала|конца|середины|the|on|early|late|from))?\s*$)"
    r"|(?P<on>(?:\bв|\bна|\bон|\bon|\bin|\bво)(?:\s+(?:начале|начало|конце|конец|середине|середину|первых числах|первой половине|минувш\w+|early|late|mid-?))?\s*$)"
    r"|(?P<by>(?:\bк|\bко|\bдо|\bby|\buntil|\bне позднее|\bне позже|\bbefore|\btill)(?:\s+(?:начал\w|конц\w|the (?:end|start) of|end of))?\s*$)"
    r"|(?P<of>(?:\bот|\bdated|\bof)\s*$)"
)


_ONGOING = re.compile(
    r"\bsince(?: \w+)? $|\b(?:еще|уже)(?: с| в)? $|(?:ограничен[аоы]?|заблокирован[аоы]?|ограничива\w+|замедля\w+|замедлен[аоы]?|блокиру\w+|вводятся|вводится|вводит|вводят|не работа\w+|недоступ\w+|нача(?:лся|лась|лось|лись)) (?:\w+ ){0,2}?со? (?:\w+ )?$"
)
"""What goes on already began in the past."""
_SINCE = re.compile(r"\b(?:since(?: \w+)?|еще с) $")
"""What is told of a day so lies behind, however long."""
_BEGAN = re.compile(
    r",? (?:[\w«»-]+ ){0,4}(?:began|started|limited|restricted|blocked|banned|slowed|was|were|had|начал[аио]?|начал(?:ся|ась|ось|ись)|ограничил[аио]?|заблокировал[аио]?|замедлил[аио]?|ввел[аио]?|запретил[аио]?)\b"
)
"""What was done on a day lies behind, whatever is planned: «in August the regulator began limiting calls»."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a folded sentence: `value` is `YYYY-MM-DD`, `YYYY-MM`, or empty where the year is unknown."""

    start: int
    stop: int
    value: str
    before: str
    """What stands before it: `from`, `on`, `by`, `of`, `in` days, or nothing."""
    explicit: bool
    """The text itself gives the year."""
    relative: bool = False


def dates(folded: str, published: dt.date | None, *, future: bool = False, year_hint: int | None = None) -> list[Date]:
    """All dates of a folded sentence; without the day of publication only `year_hint` or the text can give the year."""
    found: list[Date] = []
    taken: list[tuple[int, int]] = []

    def ahead(start: int, stop: int) -> bool | None:
        if _SINCE.search(folded[max(0, start - 20) : start]):
            return None
        return future and not _ONGOING.search(folded[max(0, start - 45) : start]) and not _BEGAN.match(folded, stop)

    def add(start: int, stop: int, value: str, *, explicit: bool, relative: bool = False, before: str = "") -> None:
        if any(start < b and a < stop for a, b in taken):
            return
        taken.append((start, stop))
        found.append(Date(start, stop, value, before or _preposition(folded[max(0, start - 24) : start]), explicit, relative))

    for start, stop, value in _counted(folded, published, year_hint):
        add(start, stop, value, explicit=False, relative=True, before="in")
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            month = int(groups["num"]) if groups.get("num") else _month(groups["mon"])
            day = 1 if groups["day"] == "первого" else int(groups["day"])
            if 1 <= day <= 31 and 1 <= month <= 12:
                year = _year(groups, month, day, published, ahead(*match.span()), year_hint)
                add(*match.span(), _iso(year, month, day), explicit=bool(groups.get("year")))
    for span, value, explicit in _beginnings(folded, published, ahead, year_hint):
        add(*span, value, explicit=explicit, before="from")
    for pattern in _MONTH_ONLY:
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            month = _month(groups["mon"])
            start = match.start("rel") if groups.get("rel") in _RELATIVE else match.start("mon")
            year = _year(groups, month, 15, published, ahead(start, match.end()), year_hint)
            add(start, match.end(), _iso(year, month, None), explicit=bool(groups.get("year")))
    _add_relative(folded, published, add, ahead)
    return sorted(found, key=lambda date: date.start)


def _beginnings(
    folded: str, published: dt.date | None, ahead: Callable[[int, int], bool | None], hint: int | None
) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """Where a school year, a season or a year is said to begin, when that is, and whether the text gives the year."""
    for match in _SCHOOL.finditer(folded):
        year = int(match["year"]) if match["year"] else _year({}, 9, 1, published, ahead(*match.span()), hint)
        yield match.span(), _iso(year, 9, None if match["year"] else 1), bool(match["year"])
    for match in _SEASON.finditer(folded):
        month = _SEASONS[match["season"]]
        year = int(match["year"]) if match["year"] else _year({}, month, 1, published, ahead(*match.span()), hint)
        yield match.span(), _iso(year, month, 1), bool(match["year"])
    for match in _YEAR_BEGINS.finditer(folded):
        yield match.span(), f"{match['year']}-01-01", True


def _counted(folded: str, published: dt.date | None, hint: int | None) -> list[tuple[int, int, str]]:
    """Where a count of days that starts on a day given stands, and the day that it ends on."""
    found = []
    for match in _FROM_DAY.finditer(folded):
        first = next((said for pattern in _PATTERNS[:4] if (said := pattern.match(folded, match.end()))), None)
        if first is None:
            continue
        month = _month(first["mon"])
        day = 1 if first["day"] == "первого" else int(first["day"])
        year = _year(first.groupdict(), month, day, published, False, hint)
        begins = _iso(year, month, day)
        if len(begins) == 10:
            found.append((match.start(), first.end(), (dt.date.fromisoformat(begins) + dt.timedelta(days=int(match["n"]))).isoformat()))
    return found


def _add_relative(folded: str, published: dt.date | None, add: object, ahead: Callable[[int, int], bool | None]) -> None:
    assert callable(add)  # noqa: S101 - narrows the type of a local closure
    if published is None:
        return
    for match in _NEAR.finditer(folded):
        kind = match.lastgroup
        if kind == "nextyear":
            add(*match.span(), f"{published.year + 1}-01", explicit=False, relative=True, before="from")
        elif kind == "thisyear":
            add(*match.span(), f"{published.year}-01-01", explicit=False, relative=True, before="from")
        else:
            moved = published + dt.timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[kind or "today"])
            add(
                *match.span(),
                moved.isoformat(),
                explicit=False,
                relative=True,
                before="from" if match[0].startswith(("с ", "со ")) else "on",
            )
    for match in _HALF.finditer(folded):
        which, part, said = match["which"] or match["which2"], match["part"] or match["part2"], match["year"] or match["year2"]
        month = _ORDER.get(which or "", 3) * (6 if part in ("полугодия", "half") else 3) + 1
        year = published.year + 1 if said == "next year" else int(said) if said else published.year + (month < published.month)
        add(*match.span(), f"{year:04d}-{month:02d}", explicit=bool(said), relative=True, before="from")
    for match in _WEEKDAY.finditer(folded):
        weekday = next(days.index(match["day"]) for days in _DAYS if match["day"] in days)
        moved = published - dt.timedelta(days=(published.weekday() - weekday) % 7)
        coming = match["from"] or _COMING.search(folded[max(0, match.start() - 60) : match.start()])
        if match["next"] or (coming and moved < published and ahead(match.start("day"), match.end())):
            moved += dt.timedelta(days=7)
        add(*match.span(), moved.isoformat(), explicit=False, relative=True, before="from" if match["from"] else "on")
    for match in _AFTER.finditer(folded):
        of = match["of"] or match["of2"] or match["of3"]
        number, unit = match["n"] or match["n2"] or match["n3"], match["unit"] or match["unit2"] or match["unit3"]
        amount = 1 if number is None else int(number) if number.isdigit() else _NUMBER.get(number)
        near = folded[max(0, match.start() - 60) : match.end() + 40]
        if amount is None or amount > 1000 or (of is None and not _ENTERS.search(near)) or _ENTERED.search(near):
            continue
        if unit.startswith(("месяц", "month", "полгода", "год", "year")):
            total = published.month - 1 + amount * (6 if unit == "полгода" else 12 if unit.startswith(("год", "year")) else 1)
            moved = dt.date(published.year + total // 12, total % 12 + 1, min(published.day, 28))
        else:
            moved = published + dt.timedelta(days=amount * (7 if unit.startswith(("недел", "week")) else 1))
        if _EXPIRES.match(match[0]):
            moved += dt.timedelta(days=1)
        add(*match.span(), moved.isoformat(), explicit=False, relative=True, before="in")


def _preposition(before: str) -> str:
    match = _BEFORE.search(before)
    return (match.lastgroup or "") if match else ""


def _month(word: str) -> int:
    for number, stem in enumerate(_RU, 1):
        if stem.match(word):
            return number
    return [name[:3] for name in _MONTHS[1].split("|")].index(word[:3]) + 1


def _year(
    groups: dict[str, str | None], month: int, day: int, published: dt.date | None, future: bool | None, hint: int | None
) -> int | None:
    if groups.get("year"):
        return int(groups["year"] or 0)
    if published is None:
        return hint
    relative = groups.get("rel") or ""
    relative = _RELATIVE.get(relative, relative)
    if relative == "next" and month > published.month:
        return published.year
    if re.search(r"следующ|будущ|next", relative):
        return published.year + 1
    if re.search(r"этого|текущ|нынешн|this", relative):
        return published.year
    if relative == "last" and month < published.month:
        return published.year
    if re.search(r"прошл|last", relative):
        return published.year - 1

    # The nearest such day; where the sentence speaks of what is to come, the past counts as farther.
    def distance(year: int) -> int:
        days = (dt.date(year, month, min(day, 28)) - published).days
        return days if days >= 0 else -days * (3 if future else 1) if not future or days < -45 else -days

    def past(year: int) -> int:
        days = (dt.date(year, month, min(day, 28)) - published).days
        return -days if days <= 0 else days * 2

    years = (published.year - 1, published.year, published.year + 1)
    if future is None:  # «since», «ещё с»: it lies behind
        return max((year for year in years if (dt.date(year, month, min(day, 28)) - published).days <= 1), default=years[0])
    return min(years, key=distance if future else past)


def _iso(year: int | None, month: int, day: int | None) -> str:
    if year is None:
        return ""
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04d}-{month:02d}"
