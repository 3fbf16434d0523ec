"""How one calls a person: a name and the head of a role in the nominative, whatever case the sentence puts them in."""

from __future__ import annotations

import functools
import re
from typing import Any

from bot.analyse.text import morphology

Reading = tuple[str, str, str]
"""How a part of a name can be read: its case and gender as pymorphy writes them, and its nominative."""

CASES = ("nomn", "gent", "datv", "ablt", "loct", "accs")
_GENDERS = ("masc", "femn")
_LIKELY = 0.03
"""How probable a reading of a word is at least."""
_ADJECTIVE = {"ого": "gent", "его": "gent", "ому": "datv", "ему": "datv", "им": "ablt", "ым": "ablt", "ом": "loct"}
_HERS = ("gent", "datv", "ablt", "loct")
_VOWEL = re.compile(r"[еёиоуыэю]$")
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")


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


def _readings(part: str) -> list[Reading]:
    """What a part of a name can be, likeliest first: by the dictionary where it knows it for a name, else by its ending."""
    parses = [one for one in morphology().parse(part.lower()) if "sing" in one.tag and one.score >= _LIKELY]
    named = [one for one in parses if any(mark in one.tag for mark in ("Name", "Surn", "Patr"))]
    found = [row for one in named for row in _inflected(one, part)]
    first = any("Name" in one.tag for one in named) and morphology().word_is_known(part.lower())
    return found if first and found else [*found, *_by_ending(part)]


def _inflected(parse: Any, part: str) -> list[Reading]:
    base = parse.inflect({"nomn", "sing"})
    if base is None or parse.tag.case is None:
        return []
    called = part if parse.tag.case == "nomn" else cased(base.word, part)
    sexes = _GENDERS if "ms-f" in parse.tag or "GNdr" in parse.tag else (str(parse.tag.gender),)
    return [("loct" if parse.tag.case == "loc2" else str(parse.tag.case), sex, called) for sex in sexes]


def _by_ending(part: str) -> list[Reading]:
    """The readings of a part that no dictionary knows for a name."""
    low = part.lower()
    always = [(case, sex, part) for case in CASES for sex in _GENDERS]
    if _VOWEL.search(low) and not re.search(r"(?:ого|его|ому|ему)$", low) and not re.search(r"[бвгджзклмнпрстфхцчшщ][уе]$", low):
        return [("gent", "femn", f"{part[:-1]}а")] if low.endswith("ы") else always
    found: list[Reading] = []
    for ending, case in _ADJECTIVE.items():
        if low.endswith(f"ск{ending}") or low.endswith(f"цк{ending}"):
            found.append((case, "masc", f"{part[: -len(ending)]}ий"))
    if re.search(r"(?:ский|цкий|ой|ый)$", low):
        found.append(("nomn", "masc", part))
    if low.endswith("ой") and not low.endswith(("ской", "цкой")):
        found += [(case, "femn", f"{part[:-2]}а") for case in _HERS]
    elif low.endswith(("ской", "цкой")):
        found += [(case, "femn", f"{part[:-2]}ая") for case in _HERS]
    elif low.endswith(("ская", "цкая")):
        found.append(("nomn", "femn", part))
    elif _CONSONANT.search(low) or low.endswith(("й", "ь")):
        found += [("nomn", "masc", part), *((case, "femn", part) for case in CASES)]
    elif low.endswith("а"):
        found += [("gent", "masc", part[:-1]), ("accs", "masc", part[:-1]), ("nomn", "femn", part)]
        found += [] if re.search(r"(?:[оеё]в|[иы]н)а$", low) else [("nomn", "masc", part)]
    elif low.endswith("я"):
        found += [("gent", "masc", f"{part[:-1]}й"), ("accs", "masc", f"{part[:-1]}й"), ("nomn", "femn", part), ("nomn", "masc", part)]
    elif low.endswith("у"):
        found += [("datv", "masc", part[:-1]), ("accs", "femn", f"{part[:-1]}а"), *((case, "femn", part) for case in CASES)]
    elif low.endswith("е"):
        found += [("loct", "masc", part[:-1]), *always]
    if low.endswith(("ым", "ом", "ем")):
        found.append(("ablt", "masc", part[:-2]))
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
