"""Who speaks of a measure, in which role, and on which side."""

from __future__ import annotations

import functools
import re
from typing import Any

from bot.analyse import lexicon, parties, wording
from bot.analyse.clean import clean
from bot.analyse.features import View
from bot.analyse.lexicon import fold
from bot.analyse.people import TITLE, full_names
from bot.analyse.text import Sentence, lemma, morphology
from bot.model import Position, Stance

_SAYS = re.compile(
    r"заяв|сказал|счита|отмет|поясн|уточн|объясн|рассказ|предупре|подчеркн|назвал|поддерж|раскритик|выступ|полага|призва|посовет|предлож|предлага|замет(?:ил|ят)|указал|напомн|добав|\bслова(?:м|х)?\b|мнени|обрат|возраж|возраз|\bответ(?!ств)|призна|увер|допус|опроверг|оценил|"
    r"\bsaid|\bsays|\bsaw|argu|warn|called|believ|told|stated|criti|support|welcom|oppos|promis|added|described"
)
_AGAINST = re.compile(
    r"не поддерж|раскритик|(?<!не )против\b(?! (?:мошен|терр|прест))|неадекват|преждевремен|опаса|возраж|протест|ошибк|бессмысл|вред(?:но|ная|ный)|нельзя принужд|(?<!не )насильно|не согласн|недовол|проблем|удар(?:ит)? по|замены нет|замены пока нет|"
    r"невозможно\b|возраз|несоразмерн|подконтрольн|попытк\w+ (?:пересадить|заставить|лишить|принудить)|резко высказал|выстрел\w* в ногу|шаг назад|нарушени\w+ прав|цензур|слежк|обвин\w+ власт|недопустим|отверг|назвал\w* .{0,30}(?:абсурд|вброс|глуп|ошиб)|болезнен|прецедент|принуждени|"
    r"oppos|disagree|attempt to (?:force|silence)|never the right|fundamentally flawed|disproportion|unfair|excessive|inadmissible|criti[cs]|never weaken|refus|mass surveillance|threat to|against the|backdoor|hack|overreach|unconstitution|privacy groups|would rather leave|harm"
)
_FOR = re.compile(
    r"\bподдерж|одобр|правильн|необходим|удобн|поможет|защит|безопасн|своевремен|оправдан|справедлив|давно пора|положительн|приветств|полезн|выступ\w+ за\b|welcom|support|necessary|protect|safe|help fight|right step|praise|back(?:s|ed)? the"
)
_OFFICIAL = re.compile(
    r"министр|глава (?:Мин|Роском|ФСБ|МВД)|пресс-секретар|президент\b|вице-премьер|[Mm]inister|Commissioner|spokes|[Pp]resident",
    re.IGNORECASE,
)
_OPPOSES = re.compile(
    r"не поддерж|раскритик|выступ\w+ против|возраж|недопустим|нельзя (?:принужд|обяз)|преждевремен|ошибк|насильно|oppos|critici|unconstitution|disagree|against the (?:law|bill|ban|plan)|never|taboo|inadmissible|excessive|will not agree"
)
_PROPOSES = re.compile(
    r"(?!.{0,60}(?:отмен|снять|смягч|отказ|переходн|моратори|отсрочк|\bне ))(?:предлож\w+|предлага\w+|призва\w+|потребова\w+|поддерж\w+|надо|нужно|следует|необходимо|пора) (?:\w+ ){0,3}?(?:запрет|заблокир|огранич|ввести|создать|обязать|штрафовать|замедл|закрыть|перевести|ужесточ)\w*"
    r"|(?:propos|called? for|urg|demand)\w* (?:\w+ ){0,4}?(?:ban|block|fine|restrict|curb)\w*"
)
"""Who proposes a measure is for it."""
_NOT_FOR = re.compile(r"не (?:поддерж|нужн|удобн|безопасн|одобр)|нет (?:необходимости|поддержки)")
_ANSWERS = re.compile(
    r",\s+(?:а |но |хотя )?(?:сам\w* )?(?:сервис|мессенджер|компани\w|платформ\w|соцсет\w|в компании|власт\w|ведомств\w|регулятор|в ведомстве)\s[^,;]{0,40}?(?:отверг|отриц|опроверг|не соглас|возража)\w*"
)
"""What another than the speaker says to it."""
_TITLED = re.compile(r"(?<=[а-яё] )«[А-ЯЁA-Z][^»]{0,40}»")
"""The name of a company or paper: its words are nobody's opinion."""
_ROLE = (
    r"(?<![\w-])(?:(?:перв|исполнительн|генеральн|независим|ведущ|старш|управляющ)\w+ )*(?:[\w]+-)?(?:замглав|глав[аыуе]\b|зампред|председател|заместител|замначальник|начальник|депутат|сенатор|министр|замминистр|пресс-секретар|заммэр|мэр\b|вице-премьер|"
    r"директор|гендиректор|замдиректор|эксперт|адвокат|юрист|политолог|аналитик|сооснователь|основател|губернатор|спикер|президент|член|руководител|специалист|блогер|журналист|правозащитник|представител|секретар|уполномоченн|советник|омбудсмен|"
    r"автор поправ|профессор|психолог|координатор|лидер|партн[её]р|сотрудник|омбудсмен)[^,.;«»—]{0,80}?"
)
_ROLE_BEFORE = re.compile(rf"(?P<role>{_ROLE})\s+$", re.IGNORECASE)
_ENGLISH_ROLE = re.compile(rf"(?P<role>{TITLE}(?:\s+(?:of|for)\s+[\w' ]{{2,40}}?)?)\s+$")
_ENGLISH_ROLE_AFTER = re.compile(rf"[^,]{{0,40}}?,\s*(?P<role>[^,]{{0,30}}\b{TITLE}\b[^,]{{0,40}}),")
_ALONE = re.compile(
    r"\s(?:также |ранее |тогда |не )?(?:заявил|сказал|назвал|считает|отметил|пояснил|объяснил|подчеркнул|предупредил|призвал|раскритиковал|поддержал|предложил|ответил|напомнил|обвинил|уверен)а?(?!\w)"
)
"""After a surname that stands alone: «Дуров заявил»."""
_BY = re.compile(r"(?:[Пп]о (?:словам|мнению|оценке|версии|убеждению|выражению)|[Сс]о слов|[Сс]лова|[Мм]нение)\s+[^,.:;«»]{0,90}$")
"""Before a speaker in the genitive."""
_PRONOUN = re.compile(r"по (?:его|ее|их) словам|считает он|\bон\b|\bshe\b|\bhe\b|эксперт|депутат|собеседник")
_BODY_SAYS = re.compile(
    r"[^,.;:«»]{0,40}?\b(?:заяв|сообщ|счита|поясн|объясн|утвержда|подчеркн|отмет|предупре|напомн|опроверг|уточн|said|says|warned|argued|stated|explained)\w*(?:,? (?:что|будто)\b|:| that\b)"
)
_HER = re.compile(r"(?<=[оеёи][вн])ой$")
"""The end of a woman's surname that no dictionary has."""
_LIKELY = 0.05
"""How probable a reading of a word is at least."""
_AUTHORITY_AT = 14
"""Characters before an authority that begins the sentence it says: «В пресс-службе»."""


def positions(seen: View, article_id: str, people: dict[int, list[tuple[str, int, int]]]) -> tuple[Position, ...]:
    """Positions in the order of the text; `people` are the persons found in each sentence. An authority explains its measure, it takes no side."""
    found: dict[str, Position] = {}
    current: tuple[str, str] | None = None
    people = {number: [_bare(*row) for row in rows] for number, rows in people.items()}
    known = full_names(people)
    for sentence in seen.sentences[:25]:
        if sentence.number == 0:
            continue
        spoken = bool(_SAYS.search(sentence.folded))
        stance = _stance(sentence.text)
        met = [
            (name, start)
            for name, start, stop in people.get(sentence.number, [])
            if _is_person(name, sentence.text[:start], known, sentence.text[stop:])
        ]
        here = [
            (name, start)
            for name, start in met
            if _speaks(sentence.text, start, name) and not sentence.text.startswith(("'s", "’s"), start + len(name))
        ]
        speaker = _speaker(sentence, here, known) if spoken or stance is not Stance.EXPLAINS else None
        if speaker is None and current is not None and not met and _PRONOUN.search(sentence.folded):
            speaker = current
        if speaker is None:
            if (
                not met
                and (party := _party(seen, sentence))
                and (party[0] not in found or (found[party[0]].stance is Stance.EXPLAINS and party[1] is not Stance.EXPLAINS))
            ):
                found[party[0]] = Position(who=party[0], role="", stance=party[1], sentence=party[2], article_id=article_id)
            continue
        current = speaker if speaker[1] or current is None or current[0] != speaker[0] else current
        if stance is Stance.AGAINST and _OFFICIAL.search(speaker[1]) and not _OPPOSES.search(sentence.folded):
            stance = Stance.EXPLAINS  # an official who blames the messenger is not against the measure
        if "earlier" in seen.cues[sentence.number]:
            stance = Stance.EXPLAINS  # said before the measure, so not for or against it
        key = lemma(speaker[0].split()[-1].lower())
        kept = found.get(key)
        if kept is None or (kept.stance is Stance.EXPLAINS and stance is not Stance.EXPLAINS):
            role = speaker[1] or (kept.role if kept else "")
            found[key] = Position(
                who=kept.who if kept else speaker[0],
                role=role,
                stance=stance,
                sentence=clean(sentence.text).rstrip(" ;"),
                article_id=article_id,
            )
    return tuple(found.values())[:8]


@functools.lru_cache(maxsize=2048)
def nominative(words: str) -> str:
    """A person's name, or the head of a role, as one calls the person; unknown words stay as they are."""
    parts = words.split()
    rows = [_named(part) for part in parts]
    if len(parts) > 1 and any("nomn" in one.tag for one in rows[0]):
        return words
    genders = [{mark for one in row for mark in ("masc", "femn") if mark in one.tag} for row in rows if row]
    common = set.intersection(*genders) if genders else set()
    turned: list[str] = []
    for part, row in zip(parts, rows, strict=True):
        fit = [one for one in row if not common or any(mark in one.tag for mark in common)]
        base = fit[0].inflect({"nomn"}) if fit and not any("nomn" in one.tag for one in fit) else None
        turned.append(_cased(base.word, part) if base else _HER.sub("а", part) if common == {"femn"} else part)
    return " ".join(turned)


def _named(part: str) -> list[Any]:
    """How a word can be read as a part of a name: as a name or surname, else as a surname that is an adjective."""
    parses = [one for one in morphology().parse(part.lower()) if "sing" in one.tag and one.score >= _LIKELY]
    return [one for one in parses if "Name" in one.tag or "Surn" in one.tag] or [
        one
        for one in parses
        if one.tag.POS == "ADJF" and one.word.endswith(("ский", "цкий", "ского", "цкого", "скому", "цкому", "ской", "цкой"))
    ]


def _cased(word: str, like: str) -> str:
    """A word with capitals where another form of it has them."""
    pieces = zip(word.split("-"), like.split("-"), strict=False)
    return "-".join(piece[:1].upper() + piece[1:] if old[:1].isupper() else piece for piece, old in pieces)


def _bare(name: str, start: int, stop: int) -> tuple[str, int, int]:
    """A name without the authority before it that was taken for a part of it: «Минцифры Максут Шадаев»."""
    first, _, rest = name.partition(" ")
    if rest and (first.lower().startswith(("мин", "рос")) or first.isupper()) and lexicon.regulators().hold(fold(first)):
        return rest, start + len(first) + 1, stop
    return name, start, stop


def _is_person(name: str, before: str, known: dict[str, str], after: str) -> bool:
    """True if what was taken for a person is neither an authority nor a service, nor a lone word that nothing shows to be a surname."""
    if name.isascii() and _ENGLISH_ROLE.search(before):
        return True
    if not any("Name" in one.tag or "Surn" in one.tag for part in name.split() for one in morphology().parse(part.lower())):
        folded = fold(name)
        return " " in name and not lexicon.regulators().hold(folded) and not lexicon.messengers().hold(folded)
    if " " in name or _ALONE.match(after):
        return True
    return " " in known.get(lemma(name.lower()), "") or bool(_ROLE_BEFORE.search(before)) or bool(_ENGLISH_ROLE.search(before))


def _speaks(text: str, start: int, name: str) -> bool:
    """True if a name stands in a speaker's case: the nominative, or the genitive after «по словам»; in English, beside a verb of speech."""
    before = text[:start]
    if name.isascii():
        return parties.says(text, start, start + len(name))
    if _BY.search(before):
        return True
    return nominative(name) == name


def _speaker(sentence: Sentence, here: list[tuple[str, int]], known: dict[str, str]) -> tuple[str, str] | None:
    if not here:
        return None
    says = [match.start() for match in _SAYS.finditer(sentence.folded)]
    name, start = min(here, key=lambda item: min((abs(item[1] - position) for position in says), default=item[1]))
    return nominative(known.get(lemma(name.split()[-1].lower()), name)), _role(sentence.text, start)


def _party(seen: View, sentence: Sentence) -> tuple[str, Stance, str] | None:
    """Who speaks in a sentence that names no person, on which side, and the sentence with names in place of «ведомство»."""
    text = wording.resolve(clean(sentence.text), seen, sentence.number).rstrip(" ;")
    if body := _authority(seen, sentence) or parties.authority(text):
        return body, Stance.EXPLAINS, text
    if name := parties.service(text):
        return name, _touched(text), text
    if name := parties.group(text):
        return name, Stance.AGAINST if parties.criticises(name, fold(text)) else _stance(text), text
    return None


def _touched(text: str) -> Stance:
    """The side of who is touched by a measure: safety and defence are what it speaks of when it is against."""
    folded = fold(text)
    if parties.refuses(folded) or _AGAINST.search(folded):
        return Stance.AGAINST
    return Stance.FOR if parties.welcomes(folded) else Stance.EXPLAINS


def _authority(seen: View, sentence: Sentence) -> str:
    """The authority that a sentence begins with and lets speak, or nothing."""
    for mention in seen.regulators[sentence.number]:
        if mention.start <= _AUTHORITY_AT and _BODY_SAYS.match(sentence.folded[mention.stop :]) and mention.name != "Суд":
            return mention.name
    return ""


def _role(text: str, start: int) -> str:
    before = _ROLE_BEFORE.search(text[:start])
    if before:
        return _called(before["role"])
    english = _ENGLISH_ROLE.search(text[:start])
    if english:
        return english["role"]
    if name := _ENGLISH_ROLE_AFTER.match(text[start:]):
        return re.sub(r"^(?:the )?(?:(?:app|company|messenger|service|platform)['’]s )?", "", name["role"])
    after = re.match(r"[^,]{0,40}?,\s*(?P<role>[а-яё][^,.]{4,70}),", text[start:])
    return _called(after["role"]) if after and re.match(_ROLE, after["role"], re.IGNORECASE) else ""


def _called(role: str) -> str:
    """A role in the nominative; nothing if a verb stands in it, since then it is another's."""
    words = role.split()
    if any(morphology().parse(word.lower())[0].tag.POS == "VERB" for word in words):
        return ""
    for index, word in enumerate(words):
        parses = morphology().parse(word.lower())
        nouns = [one for one in parses if one.tag.POS == "NOUN" and "sing" in one.tag]
        if not nouns or any(one.tag.POS == "ADJF" for one in parses):
            continue  # an adjective: it goes with the noun after it
        if not any("nomn" in one.tag for one in nouns):
            for number, before in enumerate(words[: index + 1]):
                row = [one for one in morphology().parse(before.lower()) if one.tag.POS in ("ADJF", "PRTF") and "sing" in one.tag] or nouns
                base = row[0].inflect({"nomn", nouns[0].tag.gender} if row[0].tag.POS != "NOUN" else {"nomn"}) if row else None
                words[number] = _cased(base.word, before) if base else before
        break
    role = " ".join(words)
    return role[0].lower() + role[1:] if not role[:2].isupper() else role


def _stance(text: str) -> Stance:
    folded = _ANSWERS.sub("", fold(_TITLED.sub("", text)))
    if _PROPOSES.search(folded):
        return Stance.FOR
    against, support = bool(_AGAINST.search(folded)), bool(_FOR.search(_NOT_FOR.sub("", folded)))
    if against:
        return Stance.AGAINST
    return Stance.FOR if support else Stance.EXPLAINS
