"""Authorities of the parts of Russia: no federal body, and named by the part where the sentence gives it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from bot.analyse.language.index import Index
from bot.analyse.language.lexicon import Mention, table

_LOCAL = re.compile(r"(?:региональн|областн|краев|республиканск|городск|окружн|местн|муниципальн|районн)\w+ $")
_OWN = re.compile(r"(?<!\w)(?:краев|областн)(?!\w*ск)\w+ $")
"""Russia alone is divided so."""
_AFTER = re.compile(r" (?:(?:это[гй]о?|наше[гй]о?) )?(?:республики|региона|области|края|округа|города|района|муниципалитета)\b")
_BETWEEN = re.compile(r" (?:(?:республики|города|г\.|города-героя) ?)?")
_ENDINGS = (("ая область", "ой области"), ("кий край", "кого края"), ("ая ", "ой "), ("ика ", "ики "))
_LAST = (("ия", "ии"), ("ея", "еи"), ("ня", "ни"), ("ва", "вы"), ("ка", "ки"), ("ль", "ля"))
WHOLE = ("юг России", "приграничные регионы", "Дальний Восток", "Северный Кавказ")
"""Parts of the country that have no authority of their own."""


def genitive(part: str) -> str:
    """The name of a part of Russia as it stands after a body: Дагестан → Дагестана, Мурманская область → Мурманской области."""
    said = part
    for ending, other in _ENDINGS:
        said = said.replace(ending, other)
    for ending, other in _LAST:
        if said.endswith(ending):
            return said.removesuffix(ending) + other
    return said + "а" if said == part and re.search(r"[а-я]{2}[бвгджзклмнпрстфхцчшщ]$", said) else said


@functools.cache
def _kinds() -> tuple[tuple[str, ...], Index, dict[str, str]]:
    data = table("regional")
    return tuple(row["name"] for row in data["kind"]), Index({str(at): row["forms"] for at, row in enumerate(data["kind"])}), data["own"]


@functools.cache
def _parts() -> tuple[Index, Index]:
    """The parts by name and by the adjective."""
    rows = [row for row in table("regions")["region"] if row["name"] not in WHOLE]
    derived = {row["name"]: row["name"].split()[0].lower()[:-2] for row in rows if re.search(r"ая область|кий край", row["name"])}
    adjectives = derived | table("regional")["adjectives"]
    endings = r"(?:ого|ое|ому|им|ом|ий|ая|ой|ую|ие|их|ими)\b"
    return Index({row["name"]: row["forms"] for row in rows}), Index({name: [f"(?:{stem}){endings}"] for name, stem in adjectives.items()})


def bodies(folded: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The authorities of a sentence with those of the parts of Russia in the place of the federal ones that they were taken for."""
    names, kinds, own = _kinds()
    spans = kinds.spans(folded)
    if not spans:
        return tuple(found)
    named, adjectives = (index.spans(folded) for index in _parts())
    kept = list(found)
    for at, start, stop in sorted(spans, key=lambda span: (span[1], -span[2])):
        part = next((name for name, begin, _ in named if begin > stop and _BETWEEN.fullmatch(folded[stop:begin])), None)
        part = part or next((name for name, _, end in adjectives if folded[end:start] == " "), None)
        local = _LOCAL.search(folded[:start]) or _AFTER.match(folded[stop:])
        if part is None and not local:
            continue
        if part is None and len(only := {name for name, _, _ in named} - {"Москва"}) == 1:
            part = only.pop()  # Moscow stands for the federal centre too
        kept = [mention for mention in kept if mention.stop <= start or mention.start >= stop or _regional(mention, part)]
        if part and not any(mention.start < stop and start < mention.stop for mention in kept):
            said = names[int(at)].replace("{of}", genitive(part))
            kept.append(Mention(own.get(said, said), start, stop))
    return tuple(sorted(kept, key=lambda mention: mention.start))


def at_home(folded: str) -> bool:
    """True if a text names a part of Russia, or one of the bodies that only such a part has: «краевое Минцифры»."""
    named, _ = _parts()
    return named.holds(folded) or any(_OWN.search(folded[:start]) for _, start, _ in _kinds()[1].spans(folded))


def _regional(mention: Mention, part: str | None) -> bool:
    """True if a mention names a body of the part already, or of Moscow where no part is given."""
    return mention.name.endswith(genitive(part or "Москва"))
