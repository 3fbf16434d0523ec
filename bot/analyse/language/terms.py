"""What the clustering compares: the terms of a reading, and the vectors and sets made of them."""

from __future__ import annotations

import datetime as dt
import functools
import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TypeVar

from bot.analyse import features
from bot.analyse.facts import dates
from bot.analyse.features import View
from bot.analyse.language import lexicon, text
from bot.analyse.language.lexicon import fold

LOOKED_AT = 10
"""Sentences of the body that are compared: what follows is background."""
LEAD_ENDS = "|"
_MARKS = "^=@#~$%|"

_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)),
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "iu",
    "я": "ia",
}
_COUNTED = {
    "один": 1,
    "два": 2,
    "две": 2,
    "три": 3,
    "четыре": 4,
    "пять": 5,
    "шесть": 6,
    "семь": 7,
    "восемь": 8,
    "девять": 9,
    "десять": 10,
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
_POWERS = (("тыс", 3), ("thousand", 3), ("млн", 6), ("миллион", 6), ("million", 6), ("млрд", 9), ("миллиард", 9), ("billion", 9), ("bn", 9))
_OWN = re.compile(r"(?:ов|ев|ин|ын|ск|цк)$")
_CASE = re.compile(r"(?:(?<=ов)|(?<=ев)|(?<=ин)|(?<=ын))(?:а|у|ым|ом|е|ой|ых)$|(?:(?<=ск)|(?<=цк))(?:ий|ого|ому|им|ом|ая|ой|ую)$")
_SUM = re.compile(
    rf"(?<![\w.,])(?P<count>\d[\d \u202f]*(?:[.,]\d+)?|{'|'.join(_COUNTED)})\s*(?P<power>{'|'.join(stem for stem, _ in _POWERS)})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
K = TypeVar("K")
_NO_YEAR = dt.date(2025, 6, 1)
"""Only the day and the month of a date are kept, so any year will do where the article has none."""


def terms(seen: View, persons: Mapping[int, Sequence[tuple[str, int, int]]], published: dt.date | None) -> tuple[str, ...]:
    """Lemmas (`^` those of the title; those before `|` are the lead's), canonical names `=`, surnames `@`, numbers `#`, days `~`, sums `$`, years `%`."""
    found = [f"^{word}" for word in text.lemmas(seen.page.title.folded)]
    for number, sentence in enumerate(seen.page.body[:LOOKED_AT]):
        found.extend(word for word in text.lemmas(sentence.folded) if not word.isdigit())
        if number == 0:
            found.append(LEAD_ENDS)
    for row in (*seen.messengers[:LOOKED_AT], *seen.regulators[:LOOKED_AT]):
        found.extend(f"={mention.name}" for mention in row)
    for number, named in persons.items():
        if number <= LOOKED_AT:
            found.extend(f"@{surname(name)}" for name, _, _ in named if len(name) > 3 and not lexicon.regulators().find(fold(name)))
    for sentence in seen.sentences[:LOOKED_AT]:
        found.extend(f"#{number}" for number in features.numbers(sentence.folded))
        found.extend(f"${value}" for value in sums(sentence.folded))
        found.extend(f"%{year}" for year in _YEAR.findall(sentence.folded))
        found.extend(
            f"~{date.value[5:]}"
            for date in dates.dates(sentence.folded, published or _NO_YEAR)
            if len(date.value) == 10 and not date.relative
        )
    return tuple(found)


def surname(name: str) -> str:
    """The last word of a name in Latin letters without what transliterations differ in, so that «Песков» meets Peskov."""
    word = fold(name.split()[-1])
    bare = _CASE.sub("", word)
    word = bare if bare != word or _OWN.search(word) else text.lemma(word)
    latin = "".join(_LATIN.get(char, char) for char in word)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[iyj]+", "i", latin).replace("kh", "h").replace("ie", "e")).rstrip("i")


def sums(folded: str) -> list[str]:
    """Amounts of thousands and more as plain numbers: «семь миллионов» is 7000000, as is 7 million."""
    found = []
    for match in _SUM.finditer(folded):
        said = re.sub(r"\s", "", match["count"]).replace(",", ".").lower()
        power = next(power for stem, power in _POWERS if match["power"].lower() == stem)
        count = _COUNTED.get(said) or float(said)
        found.append(f"{count * 10**power:.0f}")
    return found


@functools.cache
def rarity() -> Mapping[str, float]:
    """Inverse document frequencies; that of the empty word holds for words never seen."""
    return dict(json.loads(resources.files("bot.analyse").joinpath("data", "rarity.json").read_text(encoding="utf-8")))


def rare(term: str) -> float:
    """How much a term that two articles share says."""
    table = rarity()
    return table.get(term, table[""])


@functools.cache
def notions() -> Mapping[str, int]:
    """The notion that a lemma stands for, the same in both languages."""
    lines = tomllib.loads(resources.files("bot.analyse").joinpath("data", "glossary.toml").read_text(encoding="utf-8"))["notions"]
    return {text.lemma(word): number for number, line in enumerate(lines) for word in reversed(line.split())}


@dataclass(frozen=True, slots=True)
class Bag:
    """The terms of a reading as unit vectors and as sets."""

    whole: Mapping[str, float]
    """All words, those of the title twice."""
    title: Mapping[str, float]
    top: Mapping[str, float]
    """Title and lead."""
    notions: Mapping[int, float]
    """What title and body are about, whatever the language."""
    people: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]
    sums: frozenset[str]
    years: frozenset[str]


@functools.lru_cache(maxsize=20_000)
def bag(given: tuple[str, ...]) -> Bag:
    """The vectors and sets of a reading's terms."""
    counts: dict[str, float] = {}
    title: dict[str, float] = {}
    top: dict[str, float] = {}
    leading = True
    for term in given:
        if term == LEAD_ENDS:
            leading = False
            continue
        bare = term.lstrip("^")
        counts[bare] = counts.get(bare, 0.0) + (2.0 if term[0] == "^" else 1.0)
        if term[0] == "^":
            title[bare] = rare(bare)
        if leading and bare[0] not in _MARKS:
            top[bare] = rare(bare)
    about: dict[int, float] = {}
    known, rarities = notions(), notion_rarities()
    for bare, count in counts.items():
        if bare in known:
            about[known[bare]] = about.get(known[bare], 0.0) + count
    return Bag(
        whole=unit({term: (1 + math.log(count)) * rare(term) for term, count in counts.items() if term[0] not in "~$%"}),
        title=unit(title),
        top=unit(top),
        notions=unit({notion: (1 + math.log(count)) * rarities[notion] for notion, count in about.items()}),
        people=_marked(given, "@"),
        numbers=_marked(given, "#"),
        days=_marked(given, "~"),
        sums=_marked(given, "$"),
        years=_marked(given, "%"),
    )


@functools.cache
def notion_rarities() -> Mapping[int, float]:
    """The rarity of the commonest word for each notion."""
    found: dict[int, float] = {}
    for word, notion in notions().items():
        found[notion] = min(found.get(notion, math.inf), rare(word))
    return found


def _marked(given: Iterable[str], mark: str) -> frozenset[str]:
    return frozenset(term for term in given if term[0] == mark)


def unit(values: Mapping[K, float]) -> dict[K, float]:
    """The vector of length one in the same direction."""
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {term: value / length for term, value in values.items()}


def cosine(a: Mapping[K, float], b: Mapping[K, float]) -> float:
    """The cosine of two unit vectors."""
    if len(a) > len(b):
        a, b = b, a
    return sum(value * b[term] for term, value in a.items() if term in b)
