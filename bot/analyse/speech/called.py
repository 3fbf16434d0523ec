"""How one calls a person: a name and the head of a role in the nominative, whatever case the sentence puts them in."""

from __future__ import annotations

import functools
import re
from typing import Any

from bot.analyse.language.text import morphology

Reading = tuple[str, str, str]
"""How a part of a name can be read: its case and gender as pymorphy writes them, and its nominative."""

CASES = ("nomn", "gent", "datv", "ablt", "loct", "accs")
_GENDERS = ("masc", "femn")
_LIKELY = 0.03
"""How probable a reading of a word is at least."""
_HERS = ("gent", "datv", "ablt", "loct")
_C = "[бвгджзклмнпрстфхцчшщ]"
_ENDINGS = tuple(
    (re.compile(form, re.IGNORECASE), ending, cases, sexes)
    for form, ending, cases, sexes in (
        (r"[сц]к(?P<cut>ого)$", "ий", ("gent", "accs"), ("masc",)),
        (r"[сц]к(?P<cut>ому)$", "ий", ("datv",), ("masc",)),
        (r"[сц]к(?P<cut>им)$", "ий", ("ablt",), ("masc",)),
        (r"(?:[сц]кий|ой|ый)$", None, ("nomn",), ("masc",)),
        (r"[сц]к(?P<cut>ой)$", "ая", _HERS, ("femn",)),
        (r"[сц]кая$", None, ("nomn",), ("femn",)),
        (r"(?<![сц]к)(?P<cut>ой)$", "а", _HERS, ("femn",)),
        (rf"{_C}(?P<cut>ы)$", "а", ("gent",), ("femn",)),
        (rf"(?:{_C}|[йь])$", None, ("nomn",), ("masc",)),
        (rf"(?:{_C}|[йь])$", None, CASES, ("femn",)),
        (rf"{_C}(?P<cut>а)$", "", ("gent", "accs"), ("masc",)),
        (r"(?P<cut>я)$", "й", ("gent", "accs"), ("masc",)),
        (r"[ая]$", None, ("nomn",), ("femn",)),
        (r"(?<!ов)(?<!ев)(?<!ёв)(?<!ин)(?<!ын)[ая]$", None, ("nomn",), ("masc",)),
        (rf"{_C}(?P<cut>у)$", "", ("datv",), ("masc",)),
        (rf"{_C}(?P<cut>у)$", "а", ("accs",), ("femn",)),
        (rf"{_C}(?P<cut>ым|ом|ем)$", "", ("ablt",), ("masc",)),
        (rf"{_C}(?P<cut>е)$", "", ("loct",), ("masc",)),
        (r"(?<!ого)(?<!его)(?<!ому)(?<!ему)[еёиоуэю]$", None, CASES, _GENDERS),
    )
)
"""How a name's end tells its case and gender: the end, what stands there in the nominative (`None`: the same), the cases, the genders."""


@functools.lru_cache(maxsize=4096)
def name(words: str, case: str = "") -> str:
    """A person's name in the nominative; `case`: the one that the sentence asks for, if known. Latin letters and what no reading fits stay as they are."""
    if words.isascii():
        return words
    parts = words.split()
    rows = [_readings(part) for part in parts]
    for wanted in (case,) if case else CASES:
        for gender in _GENDERS:
            found = [next((one for read, sex, one in row if read == wanted and sex == gender), "") for row in rows]
            if all(found):
                return " ".join(found)
    return words


def may_be(words: str, case: str) -> bool:
    """True if a Russian name can stand in a case: both of its parts, as a man's or as a woman's name."""
    rows = [{(read, sex) for read, sex, _ in _readings(part)} for part in words.split()]
    return any(all((case, gender) in row for row in rows) for gender in _GENDERS)


def genders(part: str) -> set[str]:
    """The genders that a part of a name in the nominative can have."""
    if part.isascii():
        return set(_GENDERS)
    return {sex for read, sex, _ in _readings(part) if read == "nomn"}


def _readings(part: str) -> list[Reading]:
    """What a part of a name can be, likeliest first: by the dictionary where it knows it for a name, else by its ending."""
    if re.fullmatch(r"[А-ЯЁ]\.(?:-?[А-ЯЁ]\.)?", part):
        return [(case, sex, part) for case in CASES for sex in _GENDERS]
    parses = [one for one in morphology().parse(part.lower()) if "sing" in one.tag and one.score >= _LIKELY]
    named = [one for one in parses if any(mark in one.tag for mark in ("Name", "Surn", "Patr"))]
    found = [row for one in named for row in _inflected(one, part)]
    first = any("Name" in one.tag for one in named) and morphology().word_is_known(part.lower())
    if first and found:
        return found
    declines = any("Surn" in one.tag and "Fixd" not in one.tag for one in named) and morphology().word_is_known(part.lower())
    ending = _by_ending(part)
    return [*found, *(one for one in ending if not (declines and re.search(r"[еиоуэю]$", part) and one[2] == part))]


def _inflected(parse: Any, part: str) -> list[Reading]:
    base = parse.inflect({"nomn", "sing"})
    if base is None or parse.tag.case is None:
        return []
    called = part if parse.tag.case == "nomn" else cased(base.word, part)
    sexes = _GENDERS if "ms-f" in parse.tag or "GNdr" in parse.tag else (str(parse.tag.gender),)
    return [("loct" if parse.tag.case == "loc2" else str(parse.tag.case), sex, called) for sex in sexes]


def _by_ending(part: str) -> list[Reading]:
    """The readings of a part that no dictionary knows for a name."""
    found: list[Reading] = []
    for form, ending, cases, sexes in _ENDINGS:
        if match := form.search(part):
            turned = part[: match.start("cut")] + ending if ending is not None else part
            found += [(case, sex, turned) for case in cases for sex in sexes]
    return found


@functools.lru_cache(maxsize=2048)
def role(words: str) -> str:
    """A role with its head, and what stands before the head, in the nominative singular: «первого зампреда комитета» is «первый зампред комитета»."""
    parts = words.split()
    for index, word in enumerate(parts):
        nouns = nouns_of(word)
        if not nouns or (index + 1 < len(parts) and is_adjective(word)):
            continue  # it goes with the noun after it
        if any("nomn" in one.tag and "sing" in one.tag for one in nouns):
            break
        gender = nouns[0].tag.gender
        for number, before in enumerate(parts[:index]):
            row = [one for one in morphology().parse(before.lower()) if one.tag.POS in ("ADJF", "PRTF")]
            base = row[0].inflect({"nomn", "sing", *([gender] if gender else [])}) if row else None
            parts[number] = cased(base.word, before) if base else before
        base = nouns[0].inflect({"nomn", "sing"})
        parts[index] = cased(base.word, word) if base else word
        break
    said = " ".join(parts)
    return said[:1].lower() + said[1:] if said and not said[:2].isupper() else said


def nouns_of(word: str) -> list[Any]:
    """The readings of a word as a noun that names a person or an office."""
    parses = [one for one in morphology().parse(word.lower()) if one.tag.POS == "NOUN" and one.tag.case is not None]
    return [one for one in parses if "anim" in one.tag] or parses


def is_adjective(word: str) -> bool:
    """True if a word is likeliest an adjective or a participle."""
    return morphology().parse(word.lower())[0].tag.POS in ("ADJF", "PRTF")


def cased(word: str, like: str) -> str:
    """A word with capitals where another form of it has them, and with ё only if that form writes ё."""
    pieces = zip(word.split("-"), like.split("-"), strict=False)
    turned = "-".join(
        old if len(old) > 1 and old.isupper() else piece[:1].upper() + piece[1:] if old[:1].isupper() else piece for piece, old in pieces
    )
    return turned if "ё" in like.lower() else turned.replace("ё", "е")
