"""Where a measure applies: a part of Russia, a country, the European Union."""

from __future__ import annotations

import functools
import re
from itertools import pairwise

from bot.analyse.facts import abroad, regional
from bot.analyse.facts.papers import Paper
from bot.analyse.features import View
from bot.analyse.language.index import Index
from bot.analyse.language.lexicon import table
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
"""Parts of the country that may be named at large: more are told only where the sentence says that the measure holds there."""
_HOLDS = frozenset({"block", "access", "full", "restrict", "slow", "forbid", "duty", "done", "chats", "calls"})
"""Cues of a measure that is taken in the places named."""
_EXAMPLES = re.compile(
    r"сбо[йяиею]|жалоб|жалу[ею]|перебо|неполад|проблем|например|в том числе|таки[емх] как|чаще всего|больше всего|массов|фиксир|\b\d+ (?:регион|субъект)|(?:ряде|десятк\w+|многих|нескольких) (?:регион|субъект)|(?:dozens|several|many|\d+) (?:of )?(?:\w+ )?regions|downdetector|outage|complain|glitch|disruption|for example|including|such as|most reports"
)
"""A list of places that are no more than examples, or where something only does not work."""
_BESIDE = re.compile(r"(?:,|\bи|\band|а также|as well as)\s*(?:(?:в|во|на|и|in|on|the|also|также|республик\w+|republics? of)\s+){0,3}$")
_SHARED = re.compile(
    r"((?:[\w-]+(?:, (?:а также |and )?| и | а также | and ))+)[\w-]+ (?:област(?:ях|ей|ям|ями)|кра(?:ях|ев|ям|ями)|regions|oblasts|territories|krais)\b"
)
"""«В Курской, Брянской и Белгородской областях»."""
_CASE = r"(?:ой|ую|ая|ом|ого|ому|ий)"
_INSIDE = re.compile(r"\w*\s*(?:[—–:(]|- )")
"""Between a part that holds others and those it holds."""
_JOINED = re.compile(
    r"\w*(?: (?:област|кра|республик|region|oblast|krai)\w*)?(?:, (?:а также |and )?| и | а также | and | as well as )(?:(?:в|во|in|республик\w+) ){0,2}"
)
"""Between two parts of one list."""


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
    """Where a measure applies with the first sentence that says all of it, else a part; nothing where only an authority or a court does."""
    if not where:
        return []
    parts = where.split(", ")
    naming = [sentence for sentence in (*seen.page.body, seen.page.title) if _names(sentence.folded, parts[0])]
    full = (sentence for sentence in naming if all(_names(sentence.folded, part) for part in parts[1:]))
    return [Paper(where, sentence) for sentence in (*full, *naming)][:1]


def _names(folded: str, where: str) -> bool:
    if where == RUSSIA:
        return bool(_RUSSIA.search(folded)) or _regions().holds(folded)
    if where == UNION:
        return bool(_UNION.search(folded))
    return where in ({name for name, _, _ in _spans(folded)} if where in russian() else abroad.counts(folded))


@functools.cache
def _adjectives() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The parts by the word that stands for them in a list with one noun for all: «Курской», "Tula"."""
    found = []
    for row in table("regions")["region"]:
        english = [form.split(" ")[0] for form in row["forms"] if " (?:region" in form]
        russian = [row["name"].split()[0].lower()[:-2] + _CASE] if re.search(r"ая область|кий край", row["name"]) else []
        if english or russian:
            found.append((row["name"], re.compile("|".join([*russian, *english]))))
    return tuple(found)


def _spans(folded: str) -> list[tuple[str, int, int]]:
    """The parts named in a sentence with their places, in its order."""
    found = _regions().spans(folded)
    for listed in _SHARED.finditer(folded):
        for word in re.finditer(r"[\w-]+", listed[1]):
            names = [name for name, form in _adjectives() if form.fullmatch(word[0])]
            start = listed.start() + word.start()
            if names and not any(begin <= start < stop for _, begin, stop in found):
                found.append((names[0], start, start + len(word[0])))
    return sorted(found, key=lambda span: span[1])


def _part(seen: View) -> str | None:
    """The parts of Russia that the title and the first two sentences say the measure applies in; the fuller list of two."""
    top = seen.sentences[:3]
    if any(_EVERYWHERE.search(row.folded) for row in top):
        return None
    found: list[str] = []
    for row in top:
        spans = _spans(row.folded)
        if len({name for name, _, _ in spans}) > MOST and (
            any(_EXAMPLES.search(one.folded) for one in top[: row.number + 1]) or not seen.cues[row.number] & _HOLDS
        ):
            if found:
                break
            return None
        named = _named_in(row.folded, spans, title=row.number == 0, abroad_too=" ".join(one.folded for one in top))
        if not found or (set(named) > set(found) and _one_list(row.folded, spans, named)):
            found = named
    return ", ".join(found) or None


def _one_list(folded: str, spans: list[tuple[str, int, int]], named: list[str]) -> bool:
    """True if some parts of a sentence stand side by side."""
    told = [span for span in spans if span[0] in named]
    return all(_JOINED.fullmatch(folded[one[2] : other[1]]) for one, other in pairwise(told))


def _named_in(folded: str, spans: list[tuple[str, int, int]], *, title: bool, abroad_too: str) -> list[str]:
    """The parts of a sentence in which a measure applies: after «в», "across", «власти», or in one list with such."""
    found: list[str] = []
    end = 0
    for name, start, stop in spans:
        if folded.startswith("столи", start) and abroad.counts(abroad_too):
            continue  # the capital of another country
        if _COURT.search(folded[:start]) or _AFTER_COURT.match(folded[stop:]):
            continue
        inside = bool(found) and found[-1] in regional.WHOLE and _INSIDE.match(folded[end:start])
        beside = bool(found) and _BESIDE.search(folded[:start])
        if (title or start == 0 or _BEFORE.search(folded[:start]) or beside or inside) and name not in found:
            if inside:
                found.pop()
            found.append(name)
            end = stop
    return found
