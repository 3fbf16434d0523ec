"""The persons whom an article lets speak: each called by the full name the text gives, joined over surnames alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.analyse.features import View
from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold
from bot.analyse.language.terms import surname
from bot.analyse.language.text import Sentence, morphology
from bot.analyse.speech import called, parties, roles
from bot.analyse.speech.people import TITLE, looks_like_a_name


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a sentence at [start, stop): the key that other forms of the surname share, and the name in the nominative."""

    key: str
    name: str
    start: int
    stop: int


BY = re.compile(
    r"(?:[Пп]о (?:словам|мнению|оценке|версии|убеждению|выражению|прогнозам?|данным)|[Сс]о слов|[Сс]лова|[Мм]нение|[Пп]озици[яию])\s+[^,.:;«»]{0,110}$"
)
"""Before a speaker in the genitive."""
_SPEECH = re.compile(
    r"(?:заяв|сказа|счита|счел|отмет|отмеч|поясн|уточн|объясн|рассказ|предупре|подчерк|назв|назыв|поддерж|раскритик|критик|выступ|полага|призва|призыва|посовет|советует|предлож|предлага|предполож|предполаг|замет|замеч|указа|указы|напомн|напомин|добав|обратил|возраж|возраз|ответ|отвеч|призна|увер|завер|"
    r"допус|опроверг|оцен|сету|посето|жалу|пожалова|написа|пишет|резюмир|констатир|потребова|требу|осуди|осужда|одобр|приветств|отверг|отверга|обвин|поблагодар|прогноз|спрогноз|пообещ|обещ|намекн|ожида|думает|говорит|говорил|пригроз|удив|высказ|усомн|сомнева|порекоменд|рекоменд|парир|соглас|настаива|настоял|"
    r"выраз|прокоммент|протест|сожале|надеет|надеял|попрос|прос[ия]т|просил|сообщ|видит|сравн|опаса|возмут|похвал|проголосов|опис|процитир|попроси|отозва|отреагир|объяв|заключ)[а-яё]*",
    re.IGNORECASE,
)
_PREDICATE = re.compile(r"(?:уверен[аы]?|против|согласн?[аы]?|недовол[а-яё]+|обеспокоен[аы]?|за)")
_QUOTED = re.compile(r"«[^«»]*»")
_CAPITAL = re.compile(r"(?<![\w«-])[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?![\w»-])")
_ENGLISH_FULL = re.compile(
    rf"(?<![\w-])(?P<name>[A-Z][a-z]+(?: [A-Z]\.)?(?:[ -][A-Z][a-z]+){{1,2}}), (?:an? |the )?(?:[^,.]{{0,40}}\b)?{TITLE}\b"
)


def named(seen: View, rows: Mapping[int, Sequence[tuple[str, int, int]]]) -> dict[int, list[Person]]:
    """The persons of each sentence of the beginning, from those that were recognised and the surnames that stand alone for them."""
    found: dict[int, list[Person]] = {}
    for sentence in seen.sentences[:25]:
        here = [_bare(*row) for row in rows.get(sentence.number, [])]
        if not seen.page.russian:
            here += [
                (match["name"], match.start("name"), match.end("name"))
                for match in _ENGLISH_FULL.finditer(sentence.text)
                if looks_like_a_name(match["name"])
            ]
        for name, start, stop in dict.fromkeys(here):
            if _is_person(name, sentence.text[:start], sentence.text[stop:]):
                found.setdefault(sentence.number, []).append(_person(sentence.text, name, start, stop))
    full, shared = _fullest(found)
    for number, row in found.items():
        found[number] = [replace(one, key=one.name) if one.key in shared and " " in one.name else one for one in row]
    for sentence in seen.sentences[:25]:
        taken = found.get(sentence.number, [])
        added = [one for one in _alone(seen, sentence, full) if all(one.stop <= other.start or one.start >= other.stop for other in taken)]
        if taken or added:
            found[sentence.number] = sorted(
                (Person(one.key, full.get(one.key, one.name), one.start, one.stop) for one in (*taken, *added)), key=lambda one: one.start
            )
    return found


def _person(text: str, name: str, start: int, stop: int) -> Person:
    base = called.name(name, case(text, start, name))
    return Person(surname(base), base, start, stop)


def case(text: str, start: int, name: str) -> str:
    """The case that a sentence asks of a Russian name: that of the words it hangs on, of the role before it, or none that is known."""
    if name.isascii():
        return ""
    if BY.search(text[:start]):
        return "gent" if called.may_be(name, "gent") else ""
    at = roles.head(text, start)
    if at is not None:
        for word in text[at:start].split():
            nouns = called.nouns_of(word.strip(","))
            if nouns and not called.is_adjective(word):
                cases = {str(one.tag.case) for one in nouns if "sing" in one.tag}
                if "nomn" in cases or not cases:
                    return "nomn" if called.may_be(name, "nomn") else ""
                return next((one for one in ("gent", "datv", "ablt") if one in cases and called.may_be(name, one)), "")
    return ""


def _fullest(found: Mapping[int, Sequence[Person]]) -> tuple[dict[str, str], set[str]]:
    """Surname's key → the longest name with it, and the surnames that two first names share."""
    full: dict[str, str] = {}
    shared: set[str] = set()
    for row in found.values():
        for one in row:
            kept = full.get(one.key, "")
            if " " in kept and " " in one.name and kept.split()[0][:3] != one.name.split()[0][:3]:
                shared.add(one.key)
            if len(one.name.split()) > len(kept.split()):
                full[one.key] = one.name
    return {key: name for key, name in full.items() if " " in name and key not in shared}, shared


def _alone(seen: View, sentence: Sentence, full: Mapping[str, str]) -> list[Person]:
    """Surnames of a sentence that stand for a person named in full elsewhere, or by which the table of authorities knows one."""
    found = []
    words = _CAPITAL if seen.page.russian else re.compile(r"(?<![\w-])[A-Z][a-z]{3,}(?![\w-])")
    for match in words.finditer(sentence.text):
        key = surname(match[0])
        base = called.name(match[0], "")
        key = key if key in full else surname(base)
        if key in full and not lexicon.messengers().hold(fold(match[0])):
            found.append(Person(key, full[key], match.start(), match.end()))
        elif seen.page.russian and is_surname(match[0]) and lexicon.regulators().hold(fold(match[0])):
            found.append(Person(key, base, match.start(), match.end()))
    return found


def is_surname(word: str) -> bool:
    """True if a word is a person's surname by the dictionary, not an authority's name."""
    tags = [one.tag for one in morphology().parse(word.lower())]
    return any("Surn" in tag and "sing" in tag for tag in tags) and not any("Orgn" in tag or "Geox" in tag for tag in tags)


def speaks(text: str, one: Person, role_at: int | None) -> bool:
    """True if a sentence lets a person speak: in a speaker's case beside a verb of speech, or in the genitive after «по словам»."""
    written = text[one.start : one.stop]
    if text.startswith(("'s", "’s"), one.stop) and text[one.start : one.stop].isascii():
        return False
    if written.isascii():
        return parties.says(text, one.start, one.stop)
    at = role_at if role_at is not None else one.start
    if BY.search(text[: one.start]):
        return called.may_be(written, "gent")
    return (
        called.may_be(written, "nomn")
        and case(text, one.start, written) in ("", "nomn")
        and (_said_before(text[:at]) or _says_behind(text[one.stop :]))
    )


def _said_before(before: str) -> bool:
    masked = _QUOTED.sub(lambda match: "Q" * len(match[0]), before)
    clause = re.split(r"[,.;:!?()—–]", masked)[-1].split()
    for word in reversed(clause[-8:]):
        if says(word):
            return True
        if word[:1].islower() and _is_verb(word):
            return False
    return False


def _says_behind(after: str) -> bool:
    if re.match(r"\s*:\s", after):
        return True
    bare = _QUOTED.sub(lambda match: "Q" * len(match[0]), after)
    bare = re.sub(r"^(?:\s*\([^)]*\))?(?:\s+из\s+[^,.;]{2,40}?(?=,|\s+[а-яё]+(?:л|ла|ет)\b))?(?:,[^,;]{2,90},)?", "", bare)
    for word in re.findall(r"[\w-]+|[,.;:—–]", bare)[:9]:
        if word in ",.;:":
            break
        if _PREDICATE.fullmatch(word):
            return True
        if word[:1].islower() and _is_verb(word):
            return says(word)
    later = re.search(r"^[^.;]{0,160}? и (?:также |что )?(?P<verb>[а-яё]+)(?= |,)", bare)
    return bool(
        later
        and _SPEECH.fullmatch(later["verb"])
        and _is_verb(later["verb"])
        and not re.search(r"[,:].{0,40}$", bare[: later.start("verb") - 3])
    )


def says(word: str) -> bool:
    """True if a Russian word is a verb of speech or of taking a side, in a form that has a subject."""
    return bool(_SPEECH.fullmatch(word)) and _is_verb(word)


def _is_verb(word: str) -> bool:
    return any(one.tag.POS == "VERB" or ("ADJS" in one.tag and one.score > 0.5) for one in morphology().parse(word.lower())[:2])


def _bare(name: str, start: int, stop: int) -> tuple[str, int, int]:
    """A name without the authority before it that was taken for a part of it: «Минцифры Максут Шадаев», «Рады Юрченко»."""
    first, _, rest = name.partition(" ")
    if rest and (
        first in _PARLIAMENTS or ((first.lower().startswith(("мин", "рос")) or first.isupper()) and lexicon.regulators().hold(fold(first)))
    ):
        return rest, start + len(first) + 1, stop
    return name, start, stop


_PARLIAMENTS = frozenset(
    ("Рады", "Сейма", "Думы", "Госдумы", "Кнессета", "Бундестага", "Меджлиса", "Совфеда", "Мажилиса", "Сената", "Конгресса")
)
_VERB_FORMS = re.compile(r"\s(?:также |ранее |тогда |не )?(?P<verb>[а-яё]+)")


def _is_person(name: str, before: str, after: str) -> bool:
    """True if what was taken for a person is neither an authority nor a service, nor a lone word that nothing shows to be a surname."""
    folded = fold(name)
    if name.isascii():
        return not lexicon.messengers().hold(folded)
    if not any("Name" in one.tag or "Surn" in one.tag for part in name.split() for one in morphology().parse(part.lower())):
        return " " in name and not lexicon.regulators().hold(folded) and not lexicon.messengers().hold(folded)
    if " " in name or roles.head(before + name, len(before)) is not None:
        return True
    verb = _VERB_FORMS.match(after)
    return bool(verb and says(verb["verb"])) or is_surname(name)
