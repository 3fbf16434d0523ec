"""From a person's words to the value of a setting: times, days, periods, groups, messengers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from bot.analyse.language import lexicon
from bot.model import Group, Length
from handlers.dialogue.parse import plain

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_TIMES: Final = 6
MOST_MUTED: Final = 30

_TIME: Final = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:[:.\-ч h]{1,2}([0-5]\d))?(?![\d:])\s*(am|pm|утра|дня|вечера|ночи|час\w*)?", re.IGNORECASE
)

_HOURS: Final = {"(?:в )?полдень": "12:00", "(?:в )?полночь": "00:00", "noon": "12:00", "midnight": "00:00"}
_BARE: Final = re.compile(r"\d{1,2}(?: \d{1,2}){2,}")

_SETS: Final = {"daily": DAYS, "weekdays": DAYS[:5], "weekends": DAYS[5:]}
_DAY_STEMS: Final = {
    "mon": ("пн", "понед", "mon"),
    "tue": ("вт", "вторн", "tue"),
    "wed": ("ср", "сред", "wed"),
    "thu": ("чт", "четв", "thu"),
    "fri": ("пт", "пятн", "fri"),
    "sat": ("сб", "субб", "sat"),
    "sun": ("вс", "воскр", "sun"),
}
_DAY_WORDS: Final = {
    "daily": ("каждый день", "ежедневно", "все дни", "daily", "every day", "всегда"),
    "weekdays": ("будни", "будней", "по будням", "рабочие", "рабочие дни", "weekdays", "workdays"),
    "weekends": ("выходные", "выходных", "по выходным", "weekends", "weekend"),
    "monthly": ("раз в месяц", "ежемесячно", "первое число", "каждый месяц", "monthly", "once a month"),
    "mon": ("раз в неделю", "еженедельно", "weekly", "once a week"),
}

_GROUP_STEMS: Final = {
    Group.COMMERCE: ("маркетпл", "доставк", "продав", "торгов", "магазин", "commerce", "marketpl", "deliver", "seller", "shop"),
    Group.BANKS: ("банк", "страхов", "финанс", "bank", "insur", "financ"),
    Group.TELECOM: ("оператор", "связ", "телеком", "telecom", "operator", "carrier"),
    Group.STATE: ("госслуж", "госорган", "чиновн", "госкомпан", "государств", "кии", "civil", "state", "government"),
    Group.MEDIA: ("сми", "блогер", "журнал", "канал", "редакц", "media", "blogger", "journal"),
    Group.ADVERTISING: ("реклам", "агентств", "advert", "agenc"),
    Group.EDUCATION: ("школ", "вуз", "учител", "родител", "образован", "студент", "school", "universit", "teach", "parent", "educat"),
    Group.HOUSING: ("жкх", "тсж", "управляющ", "ук", "жил", "housing"),
    Group.MILITARY: ("воен", "арм", "milit", "army"),
    Group.PLATFORMS: ("сам", "соцсет", "платформ", "интернет", "сервис", "platform", "social"),
    Group.DEVICES: ("устройств", "смартфон", "телефон", "гаджет", "device", "phone"),
    Group.BUSINESS: ("бизнес", "компани", "предприн", "business", "compan"),
    Group.USERS: ("пользоват", "люд", "граждан", "user", "people", "everyone"),
}

MESSENGERS: Final = (
    *("Telegram", "WhatsApp", "MAX", "Viber", "Signal", "Discord", "FaceTime", "VK Мессенджер", "Snapchat", "Zoom", "imo"),
    *("Skype", "Microsoft Teams", "Threema", "WeChat", "iMessage", "Facebook Messenger", "Сферум", "Line", "ICQ", "ТамТам"),
)
_MESSENGER_STEMS: Final = {
    "Telegram": ("телег", "tg", "тг"),
    "WhatsApp": ("ватсап", "вацап", "вотсап", "уотсап", "whats app", "wa"),
    "MAX": ("макс", "max"),
    "Viber": ("вайбер",),
    "Signal": ("сигнал",),
    "Discord": ("дискорд",),
    "FaceTime": ("фейстайм",),
    "VK Мессенджер": ("вк", "vk", "вконтакте"),
    "Snapchat": ("снапчат",),
    "Zoom": ("зум",),
    "Skype": ("скайп",),
    "Microsoft Teams": ("teams", "тимс"),
    "WeChat": ("вичат",),
    "Facebook Messenger": ("фейсбук", "messenger", "facebook"),
    "Сферум": ("sferum",),
}

_PERIODS: Final = {
    1: ("1d", "день", "за день", "сутки", "за сутки", "сегодня", "24 часа", "day", "today", "1 день"),
    2: ("2d", "вчера", "за вчера", "yesterday"),
    7: ("7d", "1w", "неделя", "неделю", "за неделю", "week", "this week", "7 дней"),
    30: ("30d", "1m", "месяц", "за месяц", "month", "this month", "30 дней"),
    365: ("365d", "1y", "год", "за год", "year", "this year"),
}
_NEW: Final = ("новое", "непрочитанное", "с прошлого раза", "что нового", "new", "since last", "unread")
_COUNTED: Final = re.compile(r"(?:за )?(\d{1,3}) ?(d|д|дн\w*|дней|день|дня|days?|w|нед\w*|weeks?|m|мес\w*|months?)")

_YES: Final = ("да", "вкл", "включить", "включи", "on", "yes", "1", "хочу")
_NO: Final = ("нет", "выкл", "выключить", "выключи", "off", "no", "0", "не надо", "убрать", "сбросить", "все", "any", "all", "none")
_SHOW: Final = re.compile(
    r"(?:убрать|убери|удалить|удали|не скрывать|показывать|вернуть|верни|remove|delete|show|unmute) +|[-–—] *(?=\w)", re.IGNORECASE
)
_LENGTHS: Final = {
    Length.HEADLINES: ("заголов", "headline", "title"),
    Length.SHORT: ("корот", "кратк", "short", "обычн"),
    Length.FULL: ("полн", "подробн", "full", "long"),
}


def read_times(text: str) -> tuple[str, ...]:
    """`HH:MM` of every time named, sorted, or nothing if one of them is none: «9», «08.30 и 18», «7 вечера», «9pm»."""
    found: set[str] = set()
    text = text.lower().replace("ё", "е")
    for word, time in _HOURS.items():
        text = re.sub(rf"\b{word}\b", time, text)
    if _BARE.fullmatch(text.strip()):
        text = text.replace(" ", ", ")  # «9 12 18» names three hours, «9 30» a half
    for match in _TIME.finditer(text):
        hour, minute, half = int(match.group(1)), int(match.group(2) or 0), (match.group(3) or "").lower()
        if half in ("pm", "вечера", "дня") and hour < 12:
            hour += 12
        elif half in ("am", "ночи") and hour == 12:
            hour = 0
        if hour == 24 and not minute:
            hour = 0
        if hour > 23:
            return ()
        found.add(f"{hour:02}:{minute:02}")
    return tuple(sorted(found)) if len(found) <= MOST_TIMES else ()


def read_range(text: str) -> tuple[str, str] | None:
    """From and until: «23–8», «с 22:30 до 7»; the order is kept, since a night crosses midnight."""
    times = [read_times(match.group()) for match in _TIME.finditer(re.sub(r"[–—-]", " до ", text))]
    if len(times) != 2 or not times[0] or not times[1] or times[0] == times[1]:
        return None
    return times[0][0], times[1][0]


def read_days(text: str) -> str:
    """The value of `Schedule.days`, or nothing."""
    words = plain(text)
    for value, phrases in _DAY_WORDS.items():
        if words in phrases:
            return value
    if besides := re.fullmatch(r"(?:каждый день|все дни|все|every day|all)? ?(?:кроме|except) (.+)", words):
        left_out = _named_days(besides.group(1))
        return days_value(day for day in DAYS if day not in left_out) if left_out else ""
    return days_value(_named_days(words))


def _named_days(words: str) -> tuple[str, ...]:
    """The days of a list or a range in their order; none if a word is no day."""
    for value, meant in _SETS.items():
        if words in _DAY_WORDS[value]:
            return meant
    if between := re.fullmatch(r"(?:с |from )?([а-яa-z]+) ?(?:-|–|—|по|до|to) ?([а-яa-z]+)", words):
        ends = [next((at for at, day in enumerate(DAYS) if end.startswith(_DAY_STEMS[day])), -1) for end in between.groups()]
        if -1 not in ends:
            first, last = ends
            return tuple(day for at, day in enumerate(DAYS) if (first <= at <= last if first <= last else at >= first or at <= last))
    parts = re.split(r"[\s,;+]+(?:и |and )?", words)
    chosen = {day for part in parts for day in DAYS if part.startswith(_DAY_STEMS[day])}
    unknown = [part for part in parts if part not in ("и", "and", "по", "в", "on") and not part.startswith(sum(_DAY_STEMS.values(), ()))]
    return () if unknown else tuple(day for day in DAYS if day in chosen)


def days_of(value: str) -> tuple[str, ...]:
    """The days of the week of a value of `Schedule.days`; none of a monthly one."""
    return _SETS.get(value, tuple(day for day in DAYS if day in value.split(",")))


def days_value(days: Iterable[str]) -> str:
    """The same days by the name they share, if they do: who reads on the same days is one audience."""
    days = tuple(days)
    return next((value for value, meant in _SETS.items() if days == meant), ",".join(days))


def read_period(text: str) -> dt.timedelta | None:
    """A length of time up to a year, or nothing."""
    words = plain(text)
    for days, phrases in _PERIODS.items():
        if words in phrases:
            return dt.timedelta(days=days)
    if match := _COUNTED.fullmatch(words):
        unit = 7 if match.group(2)[0] in "wн" else 30 if match.group(2)[0] in "mм" else 1
        days = int(match.group(1)) * unit
        return dt.timedelta(days=days) if 0 < days <= 366 else None
    return None


def wants_new(text: str) -> bool:
    """Whether a period was named as «since I last looked»."""
    return plain(text) in _NEW


def read_groups(text: str) -> tuple[Group, ...]:
    """The groups that a text names by code or by word."""
    parts = re.split(r"[\s,;]+", plain(text))
    return tuple(
        group
        for group, stems in _GROUP_STEMS.items()
        if any(part == group or part.startswith(_long(stems)) or part in stems for part in parts)
    )


def _long(stems: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem for stem in stems if len(stem) > 2)


def read_messengers(text: str) -> tuple[str, ...]:
    """The canonical names of the messengers that a text names."""
    words = plain(text)
    parts = re.split(r"[\s,;]+", words)
    return tuple(
        name
        for name in MESSENGERS
        if re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", words)
        or any(part in stems or part.startswith(_long(stems) or ("\0",)) for stems in (_MESSENGER_STEMS.get(name, ()),) for part in parts)
    )


def read_shown_again(text: str) -> tuple[str, ...]:
    """Words that are to be muted no more: «убрать Viber», «не скрывать штраф, суд», «-выборы»."""
    match = _SHOW.match(text.strip())
    return read_words(text.strip()[match.end() :]) if match else ()


def read_words(text: str) -> tuple[str, ...]:
    """Words to be muted: letters and digits only, 2 to 40 characters each. «Вайбер» and «РКН» are called by their own names."""
    found = (_called(plain(part)) for part in re.split(r"[,;\n]+", text))
    return tuple(dict.fromkeys(word for word in found if 2 <= len(word) <= 40 and any(c.isalnum() for c in word)))[:MOST_MUTED]


def _called(words: str) -> str:
    """The name of whom the words as a whole call in some other way, or the words."""
    folded = lexicon.fold(words)
    authorities = (mention for mention in lexicon.regulators().find(folded) if plain(mention.name) != words)
    found = (*lexicon.messengers().find(folded), *authorities)
    return next((mention.name for mention in found if (mention.start, mention.stop) == (0, len(folded))), words)


def read_switch(text: str) -> bool | None:
    """Yes, no, or neither."""
    words = plain(text)
    return True if words in _YES else False if words in _NO else None


def read_length(text: str) -> Length | None:
    """How much a digest tells, or nothing."""
    words = plain(text)
    return next((length for length, stems in _LENGTHS.items() if words == length or words.startswith(stems)), None)


def read_importance(text: str) -> float | None:
    """0, 0.3 or 0.6, as the buttons offer; or a percentage; or nothing."""
    words = plain(text)
    named = {
        0.0: ("все", "любая", "низкая", "all", "any", "low"),
        0.3: ("важное", "только важное", "средняя", "important", "medium"),
        0.6: ("самое важное", "только самое важное", "главное", "высокая", "top", "most important", "high"),
    }
    for value, phrases in named.items():
        if words in phrases:
            return value
    if re.fullmatch(r"\d{1,3} ?%?", words) and 0 <= (value := int(words.rstrip("% "))) <= 100:
        return value / 100
    return None


def read_language(text: str) -> str:
    """`ru`, `en` or nothing."""
    words = plain(text)
    if words in ("ru", "rus", "русский", "по-русски", "russian"):
        return "ru"
    return "en" if words in ("en", "eng", "английский", "english", "по-английски") else ""
