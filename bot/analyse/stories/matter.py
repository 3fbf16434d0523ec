"""What a measure is about, in the words that stay the same from its proposal to its end: without those of the way there."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from bot.analyse.language.terms import bag, rare, unit
from bot.model import Reading

_WAY_WORDS = (
    "закон законопроект проект поправка чтение третий второй первый окончательный окончательно принять принимать одобрить одобрять поддержать подписать "
    "подписывать подписание подпись внести вносить предложить предлагать предложение вступить вступать сила действовать действие начать начинать дума госдума "
    "депутат парламент палата сенатор сенат совет федерация президент путин правительство премьер министр министерство ведомство постановление распоряжение приказ "
    "утвердить комитет глава документ норма мера инициатива автор год месяц день январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь "
    "россия российский рф страна мессенджер сервис сообщить заявить рассказать сказать отметить уточнить слово новый теперь сегодня который мочь быть стать это "
    "также свой весь "
    "bill law act parliament senate house lord lords peer approve pass sign royal assent introduce propose proposal force take effect come enter commission "
    "government minister ministry president mps lawmaker draft rule would will could may must say announce new today monday tuesday wednesday thursday friday "
    "saturday sunday month year day messaging app service messenger platform company country"
)
_WAY = frozenset(_WAY_WORDS.split())
"""Lemmas of the steps of a paper, of those who take them, and of what every article of the subject says."""
_TOLD = 5
"""Words by which a store finds the other steps of a measure."""
_RARE = 3.5
"""From this rarity on a word is about few measures."""


@functools.lru_cache(maxsize=20_000)
def of(terms: tuple[str, ...]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The unit vectors of the whole and of the title, without the words of the way, names and numbers."""
    found = bag(terms)
    whole, title = (
        {word: value for word, value in words.items() if word[0] not in "=@#" and word not in _WAY} for words in (found.whole, found.title)
    )
    return unit(whole), unit(title)


def marks(reading: Reading) -> tuple[str, ...]:
    """The rarest of the words of title and lead that say what a measure is about, the rarest first."""
    whole, title = of(reading.terms)
    top = bag(reading.terms).top
    told = [word for word in {*title, *(word for word in top if word in whole)} if rare(word) >= _RARE and len(word) > 3]
    return tuple(sorted(told, key=lambda word: (-rare(word), word))[:_TOLD])
