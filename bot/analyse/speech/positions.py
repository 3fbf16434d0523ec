"""Who speaks of a measure, in which role, and on which side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.analyse.features import View
from bot.analyse.language.clean import clean
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import Sentence
from bot.analyse.speech import called, parties, roles, stances, voices
from bot.analyse.speech.voices import Person
from bot.analyse.summaries import wording
from bot.model import Position, Stance

_PRONOUN = re.compile(
    r"по (?:его|ее|их) словам|по (?:словам|мнению) (?:депутата|сенатора|министра|чиновника|эксперта|собеседника|политика|главы ведомства)|(?:считает|говорит|сетует|полагает|подчеркнул\w*|заявил\w*|отметил\w*|добавил\w*|сказал\w*|пояснил\w*|уточнил\w*|настаивал\w*|предупредил\w*|признал\w*|уверен\w*|убежден\w*|рассказал\w*) "
    r"(?:он|она|депутат|сенатор|министр|чиновник|эксперт|собеседник|политик|глава ведомства|парламентарий)(?=[ ,.;:]|$)|^(?:он|она|he|she) (?:\w+ ){0,2}?(?:\w+л|\w+ла|счита\w+|полага\w+|говорит|said|says|added|warned|called|told|argued)\b|, (?:he|she) (?:said|added|says|wrote)\b"
)
"""Words by which the speaker of the sentence before goes on."""
_HERS = re.compile(r"\b(?:она|she)\b|\b(?:заявила|отметила|добавила|сказала|пояснила|уточнила)\b")
_HIS = re.compile(r"\b(?:он|he)\b")
_POINTS = re.compile(
    r"^(?:об этом|о таком|с так(?:ой|им) (?:инициатив|предложени|призыв|заявлени)\w*|такое (?:мнение|предложение|заявление)|такую (?:мысль|точку зрения|позицию|инициативу|оценку)|эту информацию|так(?:ое|ую)? \w+ (?:высказал|выразил|озвучил))\b",
)
"""The beginning of a sentence that says only who said what stands before."""
_INITIATIVE = re.compile(r"инициатив|предложени|призыв")
_HOLLOW = re.compile(
    r"(?:отвеча(?:л|ла|я)|ответил\w*) на (?:вопрос|выпад|запрос|критик|обвинени)(?![^«]*[«:])|^[^,:«]*(?:не (?:стал\w* )?(?:ответил|отвечал|проко?мментир|комментир)|сказал\w* об этом|прокомментировал\w*)"
    r"|^так (?:он|она) прокоммент|answered (?:a |the )?questions?\b"
)
"""Somebody spoke, and the sentence does not say what."""


def positions(seen: View, article_id: str, rows: Mapping[int, Sequence[tuple[str, int, int]]]) -> tuple[Position, ...]:
    """Positions in the order of the text, one a speaker; `rows` are the persons recognised in each sentence."""
    found: dict[str, Position] = {}
    people = voices.named(seen, rows)
    known = _roles(seen, people)
    current: tuple[str, str] | None = None
    for sentence in seen.sentences[1:25]:
        here = people.get(sentence.number, [])
        if _retold(seen, sentence) or parties.silent(sentence.folded):
            continue
        one = next((person for person in _nearest(sentence, here) if _lets_speak(sentence, person)), None)
        if one is not None:
            current = (one.key, one.name)
            _keep(found, _person(seen, sentence, current, known.get(one.key, ""), article_id), one.key)
            continue
        if current is not None and not here and _goes_on(sentence, current[1]):
            _keep(found, _person(seen, sentence, current, known.get(current[0], ""), article_id), current[0])
            continue
        if party := _party(seen, sentence, people, known):
            who, stance, text = party
            key = next((key for key, row in known.items() if who == f"@{key}"), "")
            if key:
                name = next(one.name for row in people.values() for one in row if one.key == key)
                _keep(found, _person(seen, sentence, (key, name), known[key], article_id), key)
            elif not (here and _is_spoken_of(sentence, here)):
                _keep(found, Position(who=who, role="", stance=stance, sentence=text, article_id=article_id), who)
    return tuple(found.values())[:8]


def _keep(found: dict[str, Position], position: Position | None, key: str) -> None:
    """Keeps the first position of a speaker, or the first that takes a side."""
    if position is None:
        return
    kept = found.get(key)
    if kept is None or (kept.stance is Stance.EXPLAINS and position.stance is not Stance.EXPLAINS):
        found[key] = position


def _roles(seen: View, people: Mapping[int, Sequence[Person]]) -> dict[str, str]:
    """Person's key → the role; the fullest that the text gives."""
    known: dict[str, str] = {}
    for sentence in seen.sentences[:25]:
        row = people.get(sentence.number, [])
        spans = [(one.name, one.start, one.stop) for one in row]
        for one in row:
            said = roles.role(seen, sentence.number, sentence.text, one.start, one.stop, spans)
            if len(said) > len(known.get(one.key, "")) + (20 if known.get(one.key) else 0):
                known[one.key] = said
            known.setdefault(one.key, "")
    return known


def _retold(seen: View, sentence: Sentence) -> bool:
    """True if a sentence is the title once more."""
    return sentence.folded.strip(" .«»") == seen.page.title.folded.strip(" .«»")


def _nearest(sentence: Sentence, here: Sequence[Person]) -> list[Person]:
    """The persons of a sentence, those named behind «по словам» first."""
    return sorted(here, key=lambda one: (not voices.BY.search(sentence.text[: one.start]), one.start))


def _lets_speak(sentence: Sentence, one: Person) -> bool:
    return voices.speaks(sentence.text, one, roles.head(sentence.text, one.start))


def _is_spoken_of(sentence: Sentence, here: Sequence[Person]) -> bool:
    """True if a person of the sentence may be its speaker, though nothing shows it."""
    return any(called.may_be(sentence.text[one.start : one.stop], "nomn") and one.start < 60 for one in here if not one.name.isascii())


def _goes_on(sentence: Sentence, name: str) -> bool:
    """True if the speaker of the sentence before speaks on: «по его словам», «подчеркнул министр»."""
    match = _PRONOUN.search(sentence.folded)
    if match is None:
        return False
    first = name.split()[0]
    woman = called.may_be(first, "nomn") and any(sex == "femn" for sex in called.genders(first))
    man = any(sex == "masc" for sex in called.genders(first))
    if _HERS.search(match[0]) and not woman:
        return False
    return not (_HIS.search(match[0]) and not man)


def _person(seen: View, sentence: Sentence, who: tuple[str, str], role: str, article_id: str) -> Position | None:
    """What a person says in a sentence, or nothing if the sentence does not tell."""
    text, folded = clean(sentence.text).rstrip(" ;"), sentence.folded
    stance = stances.of_person(sentence.text, role)
    if _POINTS.match(folded):
        if sentence.number < 2:
            return None
        text = clean(seen.sentences[sentence.number - 1].text).rstrip(" ;")
        stance = stances.of_person(text, role)
        if stance is Stance.EXPLAINS and _INITIATIVE.search(folded[:40]):
            stance = Stance.FOR
    elif stance is Stance.EXPLAINS and _HOLLOW.search(folded):
        return None
    if "earlier" in seen.cues[sentence.number]:
        stance = Stance.EXPLAINS  # said before the measure, so not for or against it
    return Position(who=who[1], role=role, stance=stance, sentence=text, article_id=article_id)


def _party(
    seen: View, sentence: Sentence, people: Mapping[int, Sequence[Person]], known: Mapping[str, str]
) -> tuple[str, Stance, str] | None:
    """Who speaks in a sentence where no person does, on which side, and the sentence with names in place of «ведомство»; `@key` for a person told by the role."""
    text = wording.resolve(clean(sentence.text), seen, sentence.number).rstrip(" ;")
    folded = fold(text)
    if key := _by_role(folded, known):
        return f"@{key}", Stance.EXPLAINS, text
    if body := _authority(seen, sentence, people) or parties.authority(text):
        return body, stances.of_authority(text), text
    if name := parties.service(text):
        return name, _touched(text), text
    if name := parties.group(text):
        return name, Stance.AGAINST if parties.criticises(name, folded) else stances.of(text), text
    return None


def _by_role(folded: str, known: Mapping[str, str]) -> str:
    """The person whose role, told without the name, begins or ends a sentence: «…, подчеркнул пресс-секретарь президента»."""
    for key, role in known.items():
        said = re.escape(fold(role))
        if len(role) <= 8:
            continue
        begun = re.match(rf"{said} (?:также |ещё |еще )?(?P<verb>[а-я]+)\b", folded)
        ended = re.search(rf", (?P<verb>[а-я]+) (?:также )?{said}\.?$", folded)
        if (begun and voices.says(begun["verb"])) or (ended and voices.says(ended["verb"])):
            return key
    return ""


def _touched(text: str) -> Stance:
    """The side of who is touched by a measure: safety and defence are what it speaks of when it is against."""
    text = text.split("; ")[0]  # behind it another speaks
    folded = fold(text)
    if parties.refuses(folded) or stances.of(text) is Stance.AGAINST:
        return Stance.AGAINST
    return Stance.FOR if parties.welcomes(folded) else Stance.EXPLAINS


def _authority(seen: View, sentence: Sentence, people: Mapping[int, Sequence[Person]]) -> str:
    """The authority that a sentence begins with and lets speak, or nothing."""
    persons = people.get(sentence.number, [])
    for mention in seen.regulators[sentence.number]:
        if any(one.start < mention.stop and mention.start < one.stop for one in persons):
            continue
        if mention.name != "Суд" and parties.body_says(sentence.folded, mention.start, mention.stop):
            return mention.name
    return ""
