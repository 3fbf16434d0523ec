"""Authorities of other countries: by their kind and by the country that the text, or the sentence, is about."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analyse.index import Index
from bot.analyse.lexicon import Mention, countries, table, union

_RUSSIAN = re.compile(
    r"росси|\bрф\b|роскомнадзор|\bркн\b|\bфсб\b|госдум|кремл|песков|путин|совфед|таганск|russia|kremlin|\bduma\b|putin|roskomnadzor|\bfsb\b|moscow|москв"
)
_OPEN_TO_ALL = frozenset(
    {"Правительство РФ", "Президент РФ", "Суд", "Минпросвещения", "Минцифры", "МВД", "Генпрокуратура", "Минобороны", "Минюст", "Госдума"}
)
"""Russian names whose short forms any country may use."""
_HEAD = r"(?:Commission|Authority|Agency|Council|Board|Bureau|Tribunal|Service|Directorate|Inspectorate|Administration|Commissioner|Ombudsman|Office|Regulator|Court|Parliament|Senate|Ministry|Department)"
_WORD = r"[A-Z][a-zA-Z’'-]+"
_NAMED = re.compile(
    rf"\b(?:(?:{_WORD}|of|and|for) ){{0,6}}?{_WORD} (?:(?:{_WORD}|of|and|for|&) ){{0,4}}?{_HEAD}\b(?: (?:of|for|on) (?:the )?{_WORD}(?:(?:,| and| of| &)? {_WORD}){{0,4}})?"
    rf"|\b{_HEAD} (?:of|for|on) (?:the )?{_WORD}(?:(?:,| and| of| &|, and)? {_WORD}){{0,5}}"
)
"""A body by its own name in English."""
_NO_BODY = re.compile(
    r"^(?:Customer|Terms|Privacy|App|Play|WhatsApp|Telegram|Signal|Meta|Google|Apple|News|Press|Radio|BBC|Voice|Software|Law|Internet Watch|Opinion|Board|Service|Office|Court|Department|Commission|Council|Authority|Ministry|Parliament|Senate)\b(?! (?:of|for|on) )"
)
_LEADING = re.compile(
    r"^(?:The|A|An|In|On|At|By|But|And|When|While|As|After|Since|Earlier|Last|If|For|From|Under|Its|His|Her|Their|Meanwhile|Officials|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|of|and|for) "
)


@dataclass(frozen=True, slots=True)
class _Country:
    long: str
    short: str
    form: re.Pattern[str]


@functools.cache
def _countries() -> tuple[tuple[_Country, ...], Index]:
    rows = table("abroad")["country"]
    found = tuple(_Country(row["name"], row.get("short", row["name"]), union(row["forms"])) for row in rows)
    return found, Index({row.long: given["forms"] for row, given in zip(found, rows, strict=True)})


@functools.cache
def _kinds() -> tuple[tuple[tuple[str, bool, re.Pattern[str]], ...], Index, dict[str, str]]:
    data = table("abroad")
    kinds = tuple((row["name"], bool(row["bare"]), union(row["forms"])) for row in data["kind"])
    return kinds, Index({"any": [form for row in data["kind"] for form in row["forms"]]}), {row["name"]: row["says"] for row in data["own"]}


def country(top: Sequence[str]) -> _Country | None:
    """The country that an article is about by its title and first sentences (folded); None where Russia is named there."""
    known, anything = _countries()
    joined = "\n".join(top)
    if not anything.holds(joined) or any(_RUSSIAN.search(folded) for folded in top[:2]):
        return None
    spans = [name for name, _, _ in anything.spans(joined)]
    best = max(spans, key=lambda name: (spans.count(name), -[row.long for row in known].index(name)), default=None)
    return next((row for row in known if row.long == best), None)


def at_home(texts: Sequence[str]) -> bool:
    """True if an article's title or first sentences (folded) name Russia."""
    return any(_RUSSIAN.search(folded) for folded in texts[:3])


def counts(folded: str) -> dict[str, int]:
    """How often each other country is named, those never named left out."""
    known, anything = _countries()
    found = Counter(name.removeprefix("the ") for name, _, _ in anything.spans(folded))
    return {name: found[name] for name in (row.long.removeprefix("the ") for row in known) if found[name]}


def bodies(text: str, folded: str, found: Sequence[Mention], about: _Country | None) -> tuple[Mention, ...]:
    """The authorities of a sentence: those of the tables, and those of another country in its own words or in those that all countries use."""
    known, anything = _countries()
    kinds, any_kind, own = _kinds()
    named = bool(anything.holds(folded))
    if about is None and not named:
        return tuple(found)
    kept = [
        mention
        for mention in found
        if not (mention.name in _OPEN_TO_ALL and (about or named) and not _RUSSIAN.search(folded[mention.start : mention.stop + 12]))
        or (about is None and not _beside(folded, mention.start, mention.stop, known))
    ]
    for match in _NAMED.finditer(text) if about or named else ():
        mention = _proper(match, about, known)
        if mention and not any(other.start < mention.stop and mention.start < other.stop for other in kept):
            kept.append(mention)
    if any_kind.holds(folded):
        for name, bare, form in kinds:
            for match in form.finditer(folded):
                if any(mention.start < match.end() and match.start() < mention.stop for mention in kept):
                    continue
                where = _beside(folded, match.start(), match.end(), known) or (about if bare else None)
                if where is None:
                    continue
                said = name.replace("{of}", where.long).replace("{in}", where.short)
                kept.append(Mention(own.get(said, said), match.start(), match.end()))
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _proper(match: re.Match[str], about: _Country | None, known: Sequence[_Country]) -> Mention | None:
    """A body under its own English name, its country in brackets where the name does not say it."""
    name, start = match[0].replace("’", "'"), match.start()
    while leading := _LEADING.match(name):
        name, start = name[leading.end() :], start + leading.end()
    owner = re.match(r"([\w ]+?)'s? (?=[A-Z])", name)
    if owner:
        name, start = name[owner.end() :], start + owner.end()
        about = next((row for row in known if row.form.search(owner[1].lower())), about)
    if " " not in name or _NO_BODY.match(name) or _RUSSIAN.search(name.lower()):
        return None
    if any(form.fullmatch(name.lower()) for _, bare, form in _kinds()[0] if bare):
        return None
    within = next((row for row in known if row.form.search(name.lower())), None)
    if within is None and about is None:
        return None
    said = name if within or about is None else f"{name} ({about.short})"
    _, _, own = _kinds()
    return Mention(said if said in countries() else own.get(said, said), start, match.end())


def _beside(folded: str, start: int, stop: int, known: Sequence[_Country]) -> _Country | None:
    """The country named right before or right after a body."""
    after = re.match(r"(?: \w+){0,2}", folded[stop : stop + 40])
    before = re.search(r"(?:[\w'.’-]+ ){0,2}$", folded[max(0, start - 40) : start])
    for part in (after[0] if after else "", before[0] if before else "", folded[start:stop]):
        for row in known:
            if part and row.form.search(part):
                return row
    return None
