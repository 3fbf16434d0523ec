"""Where a measure applies: a part of Russia, a country, the European Union."""

from __future__ import annotations

import functools
import re

from bot.analyse import abroad
from bot.analyse.features import View
from bot.analyse.index import Index
from bot.analyse.lexicon import table
from bot.analyse.papers import Paper
from bot.model import Measure

RUSSIA, UNION = "Россия", "European Union"
_RUSSIA = re.compile(r"\bросси[ияйеюи]|\bрф\b|россиян|роскомнадзор|госдум|минцифры\b(?! кир)|\brussia|roskomnadzor|таганск")
_UNION = re.compile(r"евросоюз|еврокомисси|\bес\b|\beu\b|european (?:union|commission|parliament)")
_EVERYWHERE = re.compile(
    r"по всей (?:стране|россии|территории)|на всей территории|на территории (?:всей )?(?:россии|рф|страны)|во всех регионах|по всей рф|nationwide|across (?:russia|the country)|throughout russia"
)
_BEFORE = re.compile(
    r"(?:\b(?:в|во|на|по|для|из|под|in|across|for)|(?<!\w)(?:власти|мэри\w+|правительств\w+|губернатор\w*|глав[аыеу]|школ\w*|чат\w*|жител\w+|чиновник\w*|учител\w+|педагог\w*|больниц\w*|врач\w*|поликлиник\w*|родител\w+|абонент\w*|оператор\w*|парламент\w*|депутат\w*|минист\w+|комитет\w*(?: по \w+)?|район\w*|муниципалитет\w*|учреждени\w+|департамент\w*))\s+(?:\w+\s+){0,1}$"
)
"""What stands before the place where a measure applies."""
_COURT = re.compile(r"(?:суд\w*|court\w*|прокуратур\w*|район\w* суд\w*|мск|время|времени)(?:\s+(?:в|of|in|г\.|по))?\s+$")
_AFTER_COURT = re.compile(r"\s*(?:районн|городск|област)\w*\s+суд|\s+court|\s+(?:времени|время)")
_CASES = frozenset({Measure.FINE, Measure.COURT_RULING})
"""What a court decides holds for the country, wherever the court sits."""
MOST = 2
"""Parts of the country that may be named: more are a list of examples."""


@functools.cache
def _regions() -> Index:
    return Index({row["name"]: row["forms"] for row in table("regions")["region"]})


@functools.cache
def russian() -> frozenset[str]:
    """Russia and its parts by their names here."""
    return frozenset({RUSSIA, *(row["name"] for row in table("regions")["region"])})


def apart(a: str | None, b: str | None) -> bool:
    """True if two measures apply in different places: a part of a country is not apart from it."""
    if not a or not b or a == b:
        return False
    one, other = set(a.split(", ")), set(b.split(", "))
    return not one & other and not (RUSSIA in one | other and one | other <= russian())


def territory(seen: View, measure: str | None) -> str | None:
    """Where the measure applies: a part of Russia where the beginning says so, else the country named most, the first of equals; None if none is."""
    if measure not in _CASES and (part := _part(seen)):
        return part
    folded = seen.page.folded
    counts = abroad.counts(folded)
    counts[RUSSIA] = len(_RUSSIA.findall(folded))
    counts[UNION] = len(_UNION.findall(folded))
    if not max(counts.values()):
        counts[RUSSIA] = len(_regions().spans(folded))
    most = max(counts.values())
    return next((name for name in (RUSSIA, UNION, *counts) if counts[name] == most), None) if most else None


def cited(seen: View, where: str | None) -> list[Paper]:
    """Where a measure applies with the first sentence that says so; nothing where only an authority or a court does."""
    first = (where or "").split(", ")[0]
    return [Paper(where, sentence) for sentence in (*seen.page.body, seen.page.title) if where and _names(sentence.folded, first)][:1]


def _names(folded: str, where: str) -> bool:
    if where == RUSSIA:
        return bool(_RUSSIA.search(folded)) or _regions().holds(folded)
    if where == UNION:
        return bool(_UNION.search(folded))
    return where in (_regions().present(folded) if where in russian() else abroad.counts(folded))


def _part(seen: View) -> str | None:
    """The part of Russia that the title and the first two sentences say the measure applies in."""
    top = [sentence.folded for sentence in seen.sentences[:3]]
    if any(_EVERYWHERE.search(folded) for folded in top):
        return None
    found: list[str] = []
    for number, folded in enumerate(top):
        spans = sorted(_regions().spans(folded), key=lambda span: span[1])
        if len({name for name, _, _ in spans}) > MOST:
            return None
        for name, start, stop in spans:
            if folded.startswith("столи", start) and abroad.counts(" ".join(top)):
                continue  # the capital of another country
            if _COURT.search(folded[:start]) or _AFTER_COURT.match(folded[stop:]):
                continue
            named = number == 0 or start == 0 or _BEFORE.search(folded[:start])
            beside = found and re.search(r"(?:,| и| and)\s+(?:в\s+)?$", folded[:start])
            if (named or beside) and name not in found:
                found.append(name)
        if found:
            break
    return ", ".join(found) or None
