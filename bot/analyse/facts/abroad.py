"""Authorities of other countries: by their kind and by the country that the text, or the sentence, is about."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analyse.facts import regional
from bot.analyse.language.index import Index
from bot.analyse.language.lexicon import Mention, countries, table

_RUSSIAN = re.compile(
    r"росси|\bрф\b|роскомнадзор|\bркн\b|\bфсб\b|госдум|кремл|песков|путин|совфед|таганск|russia|kremlin|\bduma\b|putin|roskomnadzor|\bfsb\b|moscow|москв"
)
_FOLLOWED = re.compile(r"(?:вслед за|как и|после|по примеру|помимо|кроме|вслед|following|after|like|besides) (?:в )?(?:росси\w*|russia)")
"""Russia as the example that another country follows."""
_RUSSIAN_ONLY = frozenset(
    {
        "Роскомнадзор",
        "Кремль",
        "ФСБ",
        "Правительство Москвы",
        "Роспотребнадзор",
        "Рособрнадзор",
        "Росфинмониторинг",
        "ФСО",
        "ФСТЭК",
        "Росгвардия",
    }
)
"""Russian names that no other country uses for a body of its own; the short forms of the rest any country may use."""
_OF_THE_UNION = frozenset({"the commission", "member states", "council presidency", "presidency of the council"})
"""What stands for the European Union only where no country is spoken of."""
_HEAD = r"(?:Commission|Authority|Agency|Council|Board|Bureau|Tribunal|Service|Directorate|Inspectorate|Administration|Commissioner|Ombudsman|Office|Regulator|Court|Parliament|Senate|Ministry|Department)"
_WORD = r"[A-Z][a-zA-Z’'-]+"
_NAMED = re.compile(
    rf"\b(?:(?:{_WORD}|of|and|for) ){{0,6}}?{_WORD} (?:(?:{_WORD}|of|and|for|&) ){{0,4}}?{_HEAD}\b(?: (?:of|for|on(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)) (?:the )?{_WORD}(?:(?:,| and| of| &)? {_WORD}){{0,4}})?"
    rf"|\b{_HEAD} (?:of|for|on(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)) (?:the )?{_WORD}(?:(?:,| and| of| &|, and)? {_WORD}){{0,5}}"
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


@functools.cache
def _countries() -> tuple[dict[str, _Country], Index]:
    rows = table("abroad")["country"]
    known = {row["name"]: _Country(row["name"], row.get("short", row["name"])) for row in rows}
    return known, Index({row["name"]: row["forms"] for row in rows})


@functools.cache
def _kinds() -> tuple[tuple[tuple[str, bool], ...], Index]:
    """The kinds of bodies by number: template and whether the country may be that of the article."""
    rows = table("abroad")["kind"]
    return tuple((row["name"], bool(row["bare"])) for row in rows), Index({str(number): row["forms"] for number, row in enumerate(rows)})


@functools.cache
def _known() -> tuple[dict[str, str], Index]:
    """The country of each body known by a short name or a head, and the forms of these."""
    rows = table("abroad")["known"]
    return {row["name"]: row["country"] for row in rows}, Index({row["name"]: row["forms"] for row in rows})


@functools.cache
def _own() -> dict[str, str]:
    """What a country calls a body instead; a name of its own that lacks the country's counts with it in brackets too."""
    own: dict[str, str] = table("abroad")["own"]
    return own | {_key(name): name for name in (*countries(), *own.values()) if name}


def _key(name: str) -> str:
    """The words of an English name that tell bodies of one country apart, and its country."""
    within = _first_country(name.lower())
    bare = re.sub(r"[^\w ]", " ", name.lower())
    words = [word for word in bare.split() if word not in ("of", "the", "and", "for") and not _first_country(word)]
    return " ".join((*words, "/", within.short)) if within else name


def _first_country(folded: str) -> _Country | None:
    known, anything = _countries()
    spans = anything.spans(folded)
    return known[min(spans, key=lambda span: span[1])[0]] if spans else None


def country(top: Sequence[str]) -> _Country | None:
    """The country that an article is about by its title and first sentences (folded); None where Russia is named there, or is named as early."""
    known, anything = _countries()
    top = [_FOLLOWED.sub("", folded) for folded in top]
    joined = "\n".join(top)
    if not anything.holds(joined) or any(_RUSSIAN.search(folded) or regional.at_home(folded) for folded in top[:2]):
        return None
    if not anything.holds("\n".join(top[:2])) and _RUSSIAN.search(joined):
        return None
    spans = [name for name, _, _ in anything.spans(joined)]
    best = max(spans, key=lambda name: (spans.count(name), -list(known).index(name)), default=None)
    return known[best] if best else None


def at_home(texts: Sequence[str]) -> bool:
    """True if an article's title or first sentences (folded) name Russia."""
    return any(_RUSSIAN.search(folded) for folded in texts[:3])


def counts(folded: str) -> dict[str, int]:
    """How often each other country is named, those never named left out."""
    known, anything = _countries()
    found = Counter(name.removeprefix("the ") for name, _, _ in anything.spans(folded))
    return {name: found[name] for name in (row.long.removeprefix("the ") for row in known.values()) if found[name]}


def bodies(text: str, folded: str, found: Sequence[Mention], about: _Country | None) -> tuple[Mention, ...]:
    """The authorities of a sentence: those of the tables, and those of another country in its own words or in those that all countries use."""
    found = regional.bodies(folded, found) if about is None else found
    places = _countries()[1].spans(folded)
    if about is None and not places:
        return tuple(found)
    kept = [mention for mention in found if not _another(folded, mention, about, places)]
    for match in _NAMED.finditer(text):
        mention = _proper(match, about)
        if mention and not any(other.start < mention.stop and mention.start < other.stop for other in kept):
            kept.append(mention)
    kept.extend(mention for mention in _short(folded, about, places) if not _overlaps(mention, kept))
    kinds, index = _kinds()
    for number, start, stop in sorted(index.spans(folded), key=lambda span: (span[1], -span[2], int(span[0]))):
        name, bare = kinds[int(number)]
        if any(mention.start < stop and start < mention.stop for mention in kept):
            continue
        where = _beside(folded, start, stop, places) or (about if bare else None)
        if where is None:
            continue
        if said := _called(name, where):
            kept.append(Mention(said, start, stop))
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _another(folded: str, mention: Mention, about: _Country | None, places: Sequence[tuple[str, int, int]]) -> bool:
    """True if a name of the tables stands for a body of another country: Russian for Russian bodies, or the Union's for none of the Union."""
    said = folded[mention.start : mention.stop]
    if said in _OF_THE_UNION:
        return about is not None
    if countries().get(mention.name) != "ru" or mention.name in _RUSSIAN_ONLY or _RUSSIAN.search(folded[mention.start : mention.stop + 12]):
        return False
    return about is not None or _beside(folded, mention.start, mention.stop, places) is not None


def _overlaps(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(other.start < mention.stop and mention.start < other.stop for other in others)


def _short(folded: str, about: _Country | None, places: Sequence[tuple[str, int, int]]) -> list[Mention]:
    """Bodies known by a short name or a head in the country of the article or of the sentence."""
    owners, index = _known()
    here = {_countries()[0][name].short for name, _, _ in places} | ({about.short} if about else set())
    return [Mention(name, start, stop) for name, start, stop in index.spans(folded) if owners[name] in here]


def _proper(match: re.Match[str], about: _Country | None) -> Mention | None:
    """A body under its own English name, its country in brackets where the name does not say it."""
    name, start = match[0].replace("’", "'"), match.start()
    while leading := _LEADING.match(name):
        name, start = name[leading.end() :], start + leading.end()
    owner = re.match(r"([\w ]+?)'s? (?=[A-Z])", name)
    if owner:
        name, start = name[owner.end() :], start + owner.end()
        about = _first_country(owner[1].lower()) or about
    if " " not in name or _NO_BODY.match(name) or _RUSSIAN.search(name.lower()):
        return None
    within = _first_country(name.lower())
    where = within or about
    if where is None:
        return None
    kinds, index = _kinds()
    for number, begin, stop in index.spans(name.lower()):
        if stop == len(name) and all(map(_first_country, name[:begin].lower().split())) and _called(kinds[int(number)][0], where):
            return None  # a kind, with no more than the country before it
    said = name if within or about is None else f"{name} ({about.short})"
    own = _own()
    return Mention(said if said in countries() else own.get(said) or own.get(_key(said)) or said, start, match.end())


def _called(kind: str, where: _Country) -> str:
    """What a body of a kind is called in a country; empty if it has none or its name is not known."""
    said = kind.replace("{of}", where.long).replace("{in}", where.short)
    return _own().get(said, "" if said[0].islower() else said)


def _beside(folded: str, start: int, stop: int, places: Sequence[tuple[str, int, int]]) -> _Country | None:
    """The country named right after or right before a body, or in its name."""
    after = re.match(r"(?: \w+){0,2}", folded[stop : stop + 40])
    before = re.search(r"(?:[\w'.’-]+ ){0,2}$", folded[max(0, start - 40) : start])
    ahead, behind = stop + (after.end() if after else 0), start - (len(before[0]) if before else 0)
    for low, high in ((stop, ahead), (behind, start), (start, stop)):
        for name, begin, _ in places:
            if low <= begin < high:
                return _countries()[0][name]
    return None
