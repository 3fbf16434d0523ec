"""Sentences made fit to read: attributions, legal marks and emphasis cut without changing what is said."""

from __future__ import annotations

import re

from bot.analyse.language.text import morphology
from bot.analyse.speech import attributions
from bot.analyse.speech.attributions import OUTLET

_LEADS = (
    re.compile(
        r"^[A-Z][A-Z]{3,}(?: [A-Z]{2,})*(?:[.,]? [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \((?:AP|AFP|Reuters|Interfax|TASS|dpa)\))?\s*(?:--|[-—–])\s+(?=[A-Z])"
    ),
    re.compile(r"^(?:[A-ZА-ЯЁ][\w-]+\. )?(?:\d{1,2} [а-я]+\. )?INTERFAX\.RU\s*[-—–]+\s+(?=[А-ЯЁ])"),
    re.compile(r"^[A-Z]{4,} [A-Z]{3,}:\s+(?=[A-Z])"),
    re.compile(r"^(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2} [-—–]\s+(?=[A-Z])"),
    re.compile(rf"^(?:Как\s+)?(?:[Сс]ообщает|[Пп]ередает|[Пп]ишет|[Пп]ередаёт|[Сс]ообщили в|[Ии]нформирует)\s+{OUTLET},\s+"),
    re.compile(rf"^(?:По (?:данным|информации|сведениям)|According to)\s+{OUTLET},\s+"),
    re.compile(
        r"^(?:Кроме того|Также|При этом|Между тем|Тем временем|Вместе с тем|Напомним|Отметим|Однако|Тогда же(?!, \d)|Заодно|Например|В частности|Более того|К слову|Итак|Поэтому|Meanwhile|However|Moreover|Also|In addition),?\s+"
    ),
    re.compile(r"^Так,\s+"),
)
_MARKS = re.compile(
    r"\s*[(\[](?:[^()\[\]]*(?:иноагент|иностранн\w+ агент|экстремист|террорист|нежелательн|designated)[^()\[\]]*"
    r"|[^()\[\]\d]*(?:запрещ[её]н\w*(?: (?:в|на территории) (?:РФ|России|Российской Федерации))?|banned in russia))[)\]]",
    re.IGNORECASE,
)
"""A mark that the law asks for; what is forbidden to whom, or since when, is a fact and stays."""
_MARK_CLAUSE = re.compile(
    r",\s+(?:признанн\w+|запрещ[её]нн\w+)\s+(?:в (?:России|РФ)\s+)?(?:экстремистск\w+|иноагент\w*|нежелательн\w*)(?:\s+организаци\w+)?(?:\s+(?:и\s+)?запрещ[её]нн\w+)?,?"
)
_BARE = re.compile(r"[*†‡]+|\[\d+\]|\(\*+\)")
_COMPLEMENT = r"(?! (?:о|об|обо|по|для|против) |,? (?-i:[A-ZА-ЯЁ«№]))"
"""What makes of a kind a thing of its own: «закон о связи», «сервис Apple», but not «закон вступит в силу»."""
DANGLING = re.compile(
    r"^(?:(?:он|она|оно|они|его|ее|её|их|им|это|этот|эта|эти|этим|этой|этого|так|там|тогда|столько|ровно столько|такой|такие|такое|также|кроме|при этом|однако|но|а|и|поэтому|зато|"
    r"речь|(?:по|в|при) так(?:ому|ой|ом|их)|таким образом|по (?:его|её|ее|их)|в (?:нем|нём|ней|них|их число|этот|эту)|под (?:него|неё|нее|них|это|запрет попали)|в (?:список|перечень|реестр) (?:вош|попал|включ)\w+|в списке|"
    r"(?:накануне|дн[её]м|утром|вечером|ночью|позже|позднее|затем|в тот же день|на следующий день|после этого|до этого|later|the same day|a day (?:earlier|later|before)|the day before)\b(?! \d)|"
    r"ранее|раньше|теперь|сейчас|тем временем|в частности|например|причин\w+|тот|те|последн\w+|оба|обе|другой|другая|другие|"
    r"he|she|it|they|his|her|its|their|this|that|these|those|also|however|but|and|officials|moreover|such|both)\b"
    rf"|(?:ведомств[оа]|регулятор|сервис|служба|документ|норма|закон|запрет|проект|мер[аы]|требование|ограничение|приложение|мессенджер|компания|издание|автор|эксперт|депутат|чиновник|министерство|собеседник|цель|способ)\b{_COMPLEMENT}"
    r"|the (?:regulator|ministry|company|app|law|measure|ban|service|bill|order|agency|watchdog|document)\b(?! (?:of|for|on|that) |'s? | (?-i:[A-Z])))",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"^(?:Министерство|Служба|Ведомство|Приложение|Компания|Закон|Автор|Эксперт|Депутат|Сервис)\s+(?P<next>[а-яё]+)")
_ANAPHORA = re.compile(
    r"\b(?:по (?:его|её|ее|их) (?:словам|мнению|данным)|об этом|в ведомстве|ведомств[оауе]м?\b|регулятор\w*|собеседник\w*|тогда же|там же|он\b|она\b|они\b|его\b|её\b|ее\b|их\b|ним\b|нему\b|него\b|неё\b|нее\b|ней\b|нею\b|ею\b|служб(?:а|у|е|ой)(?= (?:под|сооб|заяв|объяс|отказ|намер|обещ|не\b|увер|счит|призн|ввод|вв[её]л|огран|потреб))|(?:в|о|об|на|при|по) н[её]м\b|них\b|им\b|ими\b|(?<!: )туда\b|оттуда\b|этот|этого|эти|этой|эту|этим|этому|этих|такую|такие|такой|such|he\b|she\b|they\b|his\b|their\b|them\b)",
    re.IGNORECASE,
)
_SPEAKER_LOST = re.compile(
    r"\b(?:сказал|заявил|отметил|подчеркнул|добавил|пояснил|рассказал|уточнил|считает|уверен)[аи]? (?:он|она|они)\b|\b(?:he|she|they) (?:said|added|told|says)\b",
    re.IGNORECASE,
)
"""Words of somebody who stands elsewhere: «— заявил он»."""


def clean(sentence: str) -> str:
    """The sentence without attributions to outlets, legal marks and opening connectives."""
    text = " ".join(sentence.split())
    text = _BARE.sub("", _MARK_CLAUSE.sub("", _MARKS.sub("", text)))
    text = attributions.cut(text)
    for lead in _LEADS:
        shorter = lead.sub(attributions.unless_a_person if OUTLET in lead.pattern else "", text)
        if len(shorter) >= 25:
            text = shorter
    text = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.split())).strip(" —–-,")
    if text.startswith("«") and text.count("«") > text.count("»"):
        text = text[1:]
    if text.endswith("»") and text.count("»") > text.count("«"):
        text = text[:-1]
    if text and text[0].islower() and not re.match(r"[a-z][A-Z]", text):
        text = text[0].upper() + text[1:]
    return text


def sentence_end(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{text.rstrip(' ,;:—–-')}."


def alone(text: str) -> bool:
    """True if a text stands alone: no word of it points outside."""
    if DANGLING.match(text) and not _whole(text):
        return False
    anaphora = _ANAPHORA.search(text)
    if _SPEAKER_LOST.search(text):
        return False
    return anaphora is None or anaphora.start() > 40


def _whole(text: str) -> bool:
    """True if what begins a text as a kind is named by a noun in the genitive: «Министерство науки», «Автор поправки»."""
    match = _GENITIVE.match(text)
    if match is None:
        return False
    return any(one.tag.POS in ("NOUN", "ADJF") and "gent" in one.tag for one in morphology().parse(match["next"])[:3])


def tie(text: str) -> int:
    """How many words point outside the sentence."""
    return int(bool(DANGLING.match(text)) and not _whole(text)) * 2 + len(_ANAPHORA.findall(text))


def shorten(text: str, limit: int = 300) -> str:
    """The text within `limit` characters, cut at a clause if it can be, else at a word."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    for mark in ("; ", ", ", " — ", " "):
        position = cut.rfind(mark)
        if position > limit * 0.55:
            return sentence_end(cut[:position])
    return cut + "…"
