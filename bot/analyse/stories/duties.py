"""Which duties of one day are two: the same authority obliges, in the same words, to do other things."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from bot.analyse.language.terms import bag, cosine, unit
from bot.analyse.stories import matter
from bot.model import Group, Measure, Reading

DUTIES = frozenset({Measure.OBLIGATION, Measure.NATIONAL_MESSENGER, Measure.REGISTRATION, Measure.IDENTIFICATION, Measure.DATA_STORAGE})
BROAD = frozenset({Group.USERS, Group.PLATFORMS, Group.BUSINESS, Group.TELECOM})
"""Groups that nearly every measure touches."""
_UNLIKE = 0.05
"""Below this likeness of what is to be done two duties are two."""
_UNLIKE_FOR_OTHERS = 0.15
"""The same where they are laid on different groups."""
_HOW = frozenset(
    """обязать обязывать обязанность обязательный обязательно должный должен потребовать требовать требование заставить ввести вводить разрешить использовать
    пользоваться связь оператор пользователь россиянин гражданин владелец максут шадаев сеть соцсеть социальный контент работа конец источник издание пресс-служба писать
    ссылка представитель рынок участник информация подтвердить подтверждать комментарий max макс whatsapp telegram сообщение общение чат интернет перейти перевести
    require requirement order oblige user told tell direct ask operator department want service""".split()  # noqa: SIM905  # as a list it fills a page
)
"""Lemmas by which any duty of our subject is told."""


def two_duties(a: Reading, b: Reading) -> bool:
    """True if two readings tell duties of which nothing shows that they are one: no group, person or number in common, hardly a word of what is to be done."""
    f, g = a.facts, b.facts
    if a.language != b.language or not {f.measure, g.measure} <= DUTIES:
        return False
    one, other = bag(a.terms), bag(b.terms)
    if one.people & other.people or one.numbers & other.numbers:
        return False
    groups = [set(facts.audiences) - BROAD for facts in (f, g)]
    if groups[0] & groups[1]:
        return False
    if f.measure is g.measure is not Measure.OBLIGATION and not _of_devices(f.measure, groups):
        return False  # few others are on their way: what they are says that they are one
    return _likeness(a, b) < (_UNLIKE_FOR_OTHERS if all(groups) else _UNLIKE)


def _of_devices(measure: Measure | None, groups: list[set[Group]]) -> bool:
    """True if one of two duties about the national messenger is to sell devices with it."""
    return measure is Measure.NATIONAL_MESSENGER and (Group.DEVICES in groups[0]) != (Group.DEVICES in groups[1])


def _likeness(a: Reading, b: Reading) -> float:
    (whole, title), (whole_other, title_other) = _deed(a.terms), _deed(b.terms)
    return max(cosine(whole, whole_other), cosine(title, whole_other), cosine(title_other, whole))


@functools.lru_cache(maxsize=20_000)
def _deed(terms: tuple[str, ...]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """What is to be done, without the words by which any duty is told."""
    whole, title = ({word: value for word, value in words.items() if word not in _HOW} for words in matter.of(terms))
    return unit(whole), unit(title)
