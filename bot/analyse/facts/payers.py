"""Who is to pay a penalty: the group that its clause names."""

from __future__ import annotations

import re
from typing import Final

_PAYS: Final = re.compile(r"(?:ам|ям|ому|лицу|елю|еру|ину)$")
"""The dative: whom a penalty awaits, not of whom something is told."""
_WHOM: Final = (
    ("граждане", re.compile(r"гражд\w+|физлиц\w*|физическ\w+(?: лиц\w*)?|рядов\w+ пользовател\w*")),
    ("должностные лица", re.compile(r"должностн\w+(?: лиц\w*)?|чиновник\w*|руководител\w*|директор\w*|госслужащ\w+")),
    (
        "управляющие компании",
        re.compile(r"управляющ\w+ (?:компани|организаци)\w*|управляющим(?= \d|\s*[—–-])|\bтсж\b|(?<=для )ук\b(?! рф)"),
    ),
    ("юрлица", re.compile(r"юрлиц\w*|юридическ\w+(?: лиц\w*)?|организаци\w*|компани(?:й|ям|и|ями)\b|фирм\w*|бизнес\w*")),
    ("ИП", re.compile(r"\bип\b|предпринимател\w*")),
    ("банки", re.compile(r"\bбанкам\b|(?<=для )банков\b|(?:кредитн|финансов)\w+ организациям\b")),
    ("рекламодатели", re.compile(r"рекламодател\w+")),
    ("операторы связи", re.compile(r"оператор\w* связи|операторам|операторов")),
    ("блогеры", re.compile(r"блогер\w*|владельц\w+ (?:\S+ )?канал\w*")),
    ("учителя", re.compile(r"учител(?:я|ей|ям)\b|педагог(?:и|ов|ам)\b")),
    ("individuals", re.compile(r"individuals?|citizens|natural persons|private persons")),
    ("officials", re.compile(r"\bofficials\b|civil servants")),
    ("banks", re.compile(r"\b(?:banks|lenders) (?=(?:will |would |could |may |can )?(?:face|risk|pay|be fined))")),
    ("companies", re.compile(r"companies|legal entities|organi[sz]ations|businesses|firms")),
    ("advertisers", re.compile(r"advertisers")),
)
_BEFORE: Final = 70
_AFTER: Final = 45
"""Characters of a clause that are looked at before and after a sum."""
_RIGHT_AFTER: Final = re.compile(r"\s*[(—–-]?\s*(?:для|for) ")


def payer(folded: str, start: int, stop: int) -> str:
    """The group right after a sum at [start, stop), else the one named last before it in its clause, else first after it; empty where none is."""
    before = re.split(r"[;]|, (?:а|and)\b|\d(?:\s*(?:тыс\w*|млн|руб\w*|₽|rubles?)\.?)?,", folded[max(0, start - _BEFORE) : start])[-1]
    told = folded[stop : stop + _AFTER]
    right = _RIGHT_AFTER.match(told)
    after = re.split(r"[,;.—–)]", told[right.end() :] if right else told)[0]
    follow = min(((begin, name) for name, begin, _ in _hits(after)), default=(0, ""))[1]
    if right and follow:
        return follow
    hits = [(bool(_PAYS.search(before[begin:end]) or before[:begin].endswith("для ")), begin, name) for name, begin, end in _hits(before)]
    return max(hits)[2] if hits else follow


def _hits(text: str) -> list[tuple[str, int, int]]:
    """The groups of a text with their places; of two that overlap the longer."""
    found = [(name, *match.span()) for name, form in _WHOM for match in form.finditer(text)]
    return [
        (name, begin, end)
        for name, begin, end in found
        if not any(first <= begin and end <= last and (first, last) != (begin, end) for _, first, last in found)
    ]
