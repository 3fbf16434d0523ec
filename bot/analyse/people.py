"""Who speaks of a measure, in which role, and on which side."""

from __future__ import annotations

import functools
import re
import warnings
from typing import Any

from bot.analyse import meaning
from bot.analyse.clean import clean
from bot.analyse.features import View
from bot.analyse.text import Sentence, lemma
from bot.model import Position, Stance

_SAYS = re.compile(
    r"заяв|сказал|счита|отмет|поясн|уточн|объясн|рассказ|предупре|подчеркн|назвал|поддерж|раскритик|выступ|полага|призв|посовет|предлож|напомн|добав|слов|мнени|обрат|возраж|ответ|призна|увер|допус|опроверг|оценил|"
    r"\bsaid|\bsays|\bsaw|argu|warn|called|believ|told|stated|criti|support|welcom|oppos|promis|added|described"
)
_AGAINST = re.compile(
    r"не поддерж|раскритик|против\b(?! (?:мошен|терр|прест))|неадекват|преждевремен|опаса|возраж|протест|ошибк|бессмысл|вред(?:но|ная|ный)|нельзя принужд|насильно|не согласн|недовол|проблем|удар(?:ит)? по|замены нет|замены пока нет|"
    r"невозможн|нарушени\w+ прав|цензур|слежк|обвин\w+ власт|недопустим|отверг|назвал\w* .{0,30}(?:абсурд|вброс|глуп|ошиб)|болезнен|прецедент|принужд|"
    r"oppos|criti[cs]|never weaken|refus|mass surveillance|threat to|against the|backdoor|hack|overreach|unconstitution|privacy groups|would rather leave|harm"
)
_FOR = re.compile(
    r"\bподдерж|одобр|правильн|необходим|удобн|поможет|защит|безопасн|своевремен|оправдан|справедлив|давно пора|положительн|приветств|полезн|выступ\w+ за\b|welcom|support|necessary|protect|safe|help fight|right step|praise|back(?:s|ed)? the"
)
_NOT_FOR = re.compile(r"не (?:поддерж|нужн|удобн|безопасн|одобр)|нет (?:необходимости|поддержки)")
_ROLE = (
    r"(?:(?:первый |исполнительный |генеральный |независимый )*(?:замглавы|глава|зампред\w*|председатель|депутат|сенатор|министр|замминистра|пресс-секретарь|заммэра|вице-премьер|директор|гендиректор|эксперт|адвокат|юрист|политолог|"
    r"аналитик|сооснователь|основатель|губернатор|спикер|президент|член|руководитель|ИТ-специалист|блогер|журналист|правозащитник|представитель|секретарь|уполномоченный|советник|омбудсмен|автор поправки)[^,.;«»—]{0,80}?)"
)
_NAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_ROLE_BEFORE = re.compile(rf"(?P<role>{_ROLE})\s+$", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?P<role>(?:(?:Prime |Interior |Digital |Communications |Telecom )?Minister|Commissioner|President|spokes(?:man|woman|person)|Deputy|Senator|CEO|founder|lawyer|analyst|expert|MP|lawmaker|Judge|head)(?:\s+(?:of|for)\s+[\w' ]{2,40}?)?)?\s*"
    r"(?P<name>[A-Z][a-z]+(?:[- ][A-Z][a-z]+){1,2})"
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


def positions(seen: View, article_id: str, people: dict[int, list[tuple[str, int, int]]]) -> tuple[Position, ...]:
    """Positions in the order of the text; `people` are the persons found in each sentence."""
    found: dict[str, Position] = {}
    current: tuple[str, str] | None = None
    known = full_names(people)
    for sentence in seen.sentences[:25]:
        spoken = bool(_SAYS.search(sentence.folded))
        here = [(known.get(lemma(name.split()[-1].lower()), name), start) for name, start, _ in people.get(sentence.number, [])]
        speaker = _speaker(sentence, here) if spoken else None
        if speaker is None and here and _stance(sentence.folded) is not Stance.EXPLAINS:
            speaker = (here[0][0], _role(sentence.text, here[0][1]))
        if (
            speaker is None
            and current is not None
            and re.search(r"по (?:его|ее|их) словам|считает он|\bон\b|\bshe\b|\bhe\b|эксперт|депутат|собеседник", sentence.folded)
            and not here
        ):
            speaker = current
        if speaker is None or sentence.number == 0:
            continue
        current = speaker if speaker[1] or current is None or current[0] != speaker[0] else current
        stance = _stance(sentence.folded)
        key = lemma(speaker[0].split()[-1].lower())
        kept = found.get(key)
        if kept is None or (kept.stance is Stance.EXPLAINS and stance is not Stance.EXPLAINS):
            role = speaker[1] or (kept.role if kept else "")
            found[key] = Position(
                who=kept.who if kept else speaker[0], role=role, stance=stance, sentence=clean(sentence.text), article_id=article_id
            )
    return tuple(found.values())[:8]


def full_names(people: dict[int, list[tuple[str, int, int]]]) -> dict[str, str]:
    """Surname's lemma → the longest form of the name met."""
    known: dict[str, str] = {}
    for row in people.values():
        for name, _, _ in row:
            key = lemma(name.split()[-1].lower())
            if len(name.split()) > len(known.get(key, "").split()):
                known[key] = name
    return known


def english_people(text: str) -> list[tuple[str, int, int]]:
    """Persons of an English sentence by their form."""
    return [
        (match["name"], match.start("name"), match.end("name"))
        for match in _ENGLISH.finditer(text)
        if not _NOT_PEOPLE.search(match["name"]) and match["role"]
    ]


def _speaker(sentence: Sentence, here: list[tuple[str, int]]) -> tuple[str, str] | None:
    if not here:
        return None
    says = [match.start() for match in _SAYS.finditer(sentence.folded)]
    name, start = min(here, key=lambda item: min(abs(item[1] - position) for position in says))
    return name, _role(sentence.text, start)


def _role(text: str, start: int) -> str:
    before = _ROLE_BEFORE.search(text[:start])
    if before:
        role = before["role"]
        return role[0].lower() + role[1:] if not role[:2].isupper() else role
    english = re.search(
        r"(?P<role>(?:\w+ ){0,3}(?:Minister|Commissioner|President|spokes\w+|Deputy|Senator|CEO|founder|lawyer|analyst|expert|MP|lawmaker|Judge))\s+$",
        text[:start],
    )
    if english:
        return english["role"]
    after = re.match(r"[^,]{0,40}?,\s*(?P<role>[а-яё][^,.]{4,70}),", text[start:])
    return after["role"] if after and re.match(_ROLE, after["role"], re.IGNORECASE) else ""


def _stance(folded: str) -> Stance:
    against, support = bool(_AGAINST.search(folded)), bool(_FOR.search(_NOT_FOR.sub("", folded)))
    if against:
        return Stance.AGAINST
    return Stance.FOR if support else Stance.EXPLAINS
