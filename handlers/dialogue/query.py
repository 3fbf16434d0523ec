"""From a person's words to what is searched for: the words, and the filters named among them."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final

from bot.locales import LANGUAGES, words
from bot.model import Group, Period, Stage, Status
from bot.store.search import Order, Wanted
from handlers.dialogue import values
from handlers.dialogue.parse import plain

LONGEST: Final = 200
"""Characters of a search that are looked at."""
DAYS: Final = (1, 7, 30, 365)
"""The periods that have a button."""

_STAGES: Final = {
    Stage.PLANNED: ("проект", "законопроект", "предложен", "план", "внесен", "planned", "draft", "proposed", "bill"),
    Stage.PASSING: ("рассматрива", "чтени", "госдум", "passing", "in parliament", "reading"),
    Stage.ADOPTED: ("принят", "подписан", "adopted", "signed", "passed"),
    Stage.ACTIVE: ("действ", "вступил", "в силе", "применен", "active", "in force", "enforced"),
    Stage.STATEMENT: ("заявлен", "statement"),
    Stage.CANCELLED: ("отмен", "отклонен", "cancel", "reject"),
}
_ORDERS: Final = {
    Order.NEWEST: re.compile(r"\b(?:сначала (?:новые|свежие|последние)|newest(?: first)?)\b", re.IGNORECASE),
    Order.BEST: re.compile(
        r"\b(?:сначала (?:подходящие|лучшие|точные|важные)|по релевантности|best(?: first)?|most relevant(?: first)?)\b"
    ),
}
_EDGES: Final = ' .,;:!?«»"()[]—–-…'
_NAMES: Final = r"(?:стадия|кому|кого касается|касается|для кого|для|мессенджер|период|stage|touches|for|audience|messenger|period) ?:"
_NAMED: Final = re.compile(rf"\b({_NAMES[:-3]}) ?: ?([^:;]+?)(?=[;,]? *(?:$|;|\b{_NAMES}))", re.IGNORECASE)
_SPAN: Final = re.compile(
    r"\b(?:за|in|for|during)(?: the)?(?: последние| последний| последнюю| last| past)? ((?:\d{1,3} ?)?[a-zа-яё]+)\b", re.IGNORECASE
)
_TODAY: Final = re.compile(
    r"\b(?:за )?(сегодня|вчера|today|yesterday|(?:на |в )?эт(?:ой|от|у|ом) (?:недел|месяц|год)[а-я]*|this (?:week|month|year))\b",
    re.IGNORECASE,
)
_SINCE: Final = {
    **dict.fromkeys(("сегодня", "today"), 1),
    **dict.fromkeys(("вчера", "yesterday"), 2),
    **dict.fromkeys(("недел", "week"), 7),
    **dict.fromkeys(("месяц", "month"), 30),
    **dict.fromkeys(("год", "year"), 365),
}
"""Days back that words for a time stand for."""
_FILLER: Final = re.compile(
    r"\b(?:(?:последние |свежие |все )?новости(?: (?:про|о|об|по))?|(?:что|чего) нового(?: (?:про|о|об|по|у|с))?|"
    r"(?:найди|покажи|расскажи)(?: мне)?(?: (?:про|о|об))?|про|"
    r"(?:the )?(?:latest |recent )?news(?: (?:about|on|of))?|what'?s new (?:about|with|on)|(?:show|find)(?: me)?|about)(?= \S)",
    re.IGNORECASE,
)
"""What is said round a question and stands in no story."""
_WHO: Final = ("кому", "кого касается", "касается", "для кого", "для", "touches", "for", "audience")
_WHOM: Final = re.compile(r"\b(?:для|for) ([a-zа-яё]{2,})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What one search looks for, as it is remembered between two presses."""

    words: str = ""
    stage: str = ""
    audience: str = ""
    messenger: str = ""
    days: int = 0
    """How far back; 0: all."""
    order: str = Order.NEWEST.value

    @property
    def filtered(self) -> bool:
        """Whether anything but the words narrows it."""
        return bool(self.stage or self.audience or self.messenger or self.days)

    def wanted(self, now: dt.datetime) -> Wanted:
        """The same for the store."""
        return Wanted(
            words=self.words,
            stage=Stage(self.stage) if self.stage else None,
            audience=Group(self.audience) if self.audience else None,
            messenger=self.messenger or None,
            period=Period(since=now - dt.timedelta(days=self.days), until=now + dt.timedelta(minutes=1)) if self.days else None,
            order=Order(self.order),
        )

    def narrowed(self, name: str, value: str) -> Query | None:
        """With one filter set or, by an empty value, taken away; None if no button offers that."""
        match name:
            case "stage" if value in ("", *Stage):
                return replace(self, stage=value)
            case "audience" if value in ("", *Group):
                return replace(self, audience=value)
            case "messenger" if not value:
                return replace(self, messenger="")
            case "messenger" if value.isdecimal() and int(value) < len(values.MESSENGERS):
                return replace(self, messenger=values.MESSENGERS[int(value)])
            case "days" if value in ("", *map(str, DAYS)):
                return replace(self, days=int(value or 0))
            case "order" if value in list(Order):
                return replace(self, order=value)
            case "without" if value.isascii() and value.isdigit() and int(value) < len(self.words.split()) > 1:
                return self.without(int(value))
            case "all" if not value:
                return Query(words=self.words, order=self.order)
        return None

    def without(self, place: int) -> Query:
        """With one word less."""
        words_ = self.words.split()
        return replace(self, words=" ".join([*words_[:place], *words_[place + 1 :]]))

    def dump(self) -> str:
        """As text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> Query:
        """From `dump`'s text."""
        return cls(**json.loads(text))


def read_query(text: str) -> Query:
    """Reads «штрафы Viber для банков за неделю», «штраф стадия: действует», «законы, сначала подходящие».

    What looks like a filter and is none stays a word.
    """
    query, rest = Query(), " ".join(text[:LONGEST].split())
    for order, phrase in _ORDERS.items():
        if phrase.search(rest):
            query, rest = replace(query, order=order.value), phrase.sub(" ", rest)
    query, rest = _take(query, rest, _SPAN, _span)
    query, rest = _take(query, rest, _TODAY, _today)
    query, rest = _take_named(query, rest)
    query, rest = _take(query, rest, _WHOM, _whom)
    return replace(query, words=_FILLER.sub(" ", " ".join(rest.split())).strip(_EDGES))


def _take(query: Query, text: str, pattern: re.Pattern[str], read: Callable[[Query, re.Match[str]], Query | None]) -> tuple[Query, str]:
    """The query with what the pattern names, and the text without it."""
    for match in reversed(list(pattern.finditer(text))):
        found = read(query, match)
        if found is not None:
            query, text = found, f"{text[: match.start()]} {text[match.end() :]}"
    return query, text


def _take_named(query: Query, text: str) -> tuple[Query, str]:
    """The same for «стадия: действует штраф»: of what stands behind a name as much as says its value, the rest stays words."""
    for match in reversed(list(_NAMED.finditer(text))):
        name, said = plain(match.group(1)), match.group(2).split()
        taken = [count for count in range(1, len(said) + 1) if _named(query, name, plain(" ".join(said[:count]))) is not None]
        if not taken:
            continue
        labels = [count for count in taken if plain(" ".join(said[:count])) in _labels()]
        count = labels[-1] if labels else taken[0]
        found = _named(query, name, plain(" ".join(said[:count])))
        rest = [word for word in said[count:] if name not in _WHO or not values.read_groups(word)]
        if found is not None:
            query, text = found, " ".join([text[: match.start()], *rest, text[match.end() :]])
    return query, text


@functools.cache
def _labels() -> frozenset[str]:
    """What our own messages call the values of filters, in either language."""
    named = [f"stage-{stage}" for stage in Stage] + [f"status-{status}" for status in Status] + [f"group-{group}" for group in Group]
    said = (words(language).say(key) for language in LANGUAGES for key in named)
    return frozenset(map(plain, (*said, *values.MESSENGERS)))


def _named(query: Query, name: str, value: str) -> Query | None:
    if name in ("стадия", "stage"):
        stage = next((stage for stage, stems in _STAGES.items() if value == stage or value.startswith(stems)), None)
        return replace(query, stage=stage.value) if stage else None
    if name in ("мессенджер", "messenger"):
        names = values.read_messengers(value)
        return replace(query, messenger=names[0]) if names else None
    if name in ("период", "period"):
        length = values.read_period(value)
        return replace(query, days=length.days) if length else None
    return _audience(query, value)


def _today(query: Query, match: re.Match[str]) -> Query | None:
    said = plain(match.group(1))
    return replace(query, days=next(days for word, days in _SINCE.items() if word in said))


def _span(query: Query, match: re.Match[str]) -> Query | None:
    words = plain(match.group(1))
    length = dt.timedelta(days=365) if words in ("год", "year") else values.read_period(words)
    return replace(query, days=length.days) if length else None


def _whom(query: Query, match: re.Match[str]) -> Query | None:
    return _audience(query, match.group(1))


def _audience(query: Query, text: str) -> Query | None:
    groups = values.read_groups(text)
    return replace(query, audience=groups[0].value) if groups else None
