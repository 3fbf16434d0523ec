"""The persons that an article names."""

from __future__ import annotations

import functools
import re
import warnings
from typing import Any

from bot.analyse.language import meaning

TITLE = (
    r"(?:(?:[A-Z][a-z]+ ){0,2}[Mm]inister|(?:[A-Z][a-z]+ )?[Cc]ommissioner|[Pp]resident|[Ss]pokes(?:man|woman|person)|[Dd]eput(?:y|ies)|[Ss]enator|CEO|[Cc]hief executive|[Ff]ounder|[Cc]o-?founder|[Ll]awyer|[Aa]nalyst|[Ee]xpert|"
    r"MP|MEP|[Ll]awmaker|[Jj]udge|[Jj]ustice|[Hh]ead|[Rr]apporteur|[Dd]irector|[Cc]hairman|[Gg]overnor|[Mm]ayor|[Rr]esearcher|[Pp]rofessor|[Cc]ampaigner)"
)
_ENGLISH = re.compile(
    rf"\b(?P<role>{TITLE}(?:\s+(?:of|for)\s+[\w' ]{{2,40}}?)?)\s+(?P<name>[A-Z][a-z]+(?:[- ][A-Z][a-z]+){{1,2}})"
    rf"|^(?P<alone>[A-Z][a-z]+(?:[- ][A-Z][a-z]+){{1,2}}), (?P<what>[^,]{{0,30}}\b{TITLE}\b[^,]{{0,40}}),"
)
_NOT_PEOPLE = re.compile(
    r"Россий|Госдум|Совет|Роскомнадз|Telegram|Таганск|Москв|Европ|Минциф|Нижн|Банк|Цифров|Красн|Ростов|Суд|Комсомол|European|United|State|Online|Prime Min|Digital|Chat|Telecom|Meta|WhatsApp|Private|New Delhi|Business|Service|National|Supreme|Federal|House|Security|Financial|User|September|October|January"
)


@functools.cache
def recogniser() -> Any:
    """The named-entity recogniser of the natasha wheel, loaded without importing natasha itself (its imports cost a second)."""
    from slovnet import NER

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        ner = NER.load(str(meaning.natasha() / "model" / "slovnet_ner_news_v1.tar"))
        ner.navec(meaning.vectors())
    return ner


@functools.lru_cache(maxsize=512)
def names(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """Named entities of a Russian text: (kind, surface, start, stop), kind one of PER, ORG, LOC."""
    return tuple((span.type, text[span.start : span.stop], span.start, span.stop) for span in recogniser()(text).spans)


def looks_like_a_name(words: str) -> bool:
    """True if capitalised English words are no body, place or product that is taken for a person."""
    return not _NOT_PEOPLE.search(words)


def english_people(text: str) -> list[tuple[str, int, int]]:
    """Persons of an English sentence by their form."""
    return [
        (match[kind], match.start(kind), match.end(kind))
        for match in _ENGLISH.finditer(text)
        for kind in ("name", "alone")
        if match[kind] and looks_like_a_name(match[kind])
    ]
