"""Penalties of the news: how much, or what share, and for whom; those of the past and of others are left out."""

from __future__ import annotations

import datetime as dt
import re

from bot.analyse.facts import bygone
from bot.analyse.facts.amounts import alike
from bot.analyse.facts.papers import LOOKED_AT, Paper
from bot.analyse.facts.payers import payer
from bot.analyse.facts.sums import MONEY, RUSSIAN, Sum, sums
from bot.analyse.features import View
from bot.analyse.language.text import Sentence

_PENAL = re.compile(
    r"штраф|взыска|взыщ|взима|наказ|коап|грозит|санкци|компенсаци|протокол|может стоить|\b(?:за|у|вы)плат(?!ил\w* з)|придется платить|выпи(?:шут|сал)|назначил\w* (?:\w+ ){0,3}\d|назначен[оаы]? \d|неустойк|\bfin(?:e|es|ed|ing)\b|penalt|sanction|damages|\bpay\b|breach"
)
_NEWS = re.compile(
    r"штраф|взыска|взыщ|взима|наказ|коап|неустойк|\bfin(?:e|es|ed|ing)\b|penalt|damages|\bpay\b|\bowes?\b|\bdebt|долг|заплат|выплат|оплат"
)
"""The title and the first sentence of news of a penalty."""
_OTHERWISE = re.compile(
    r"выруч|прибыл|заработ|доход|инвест|потер|убыт|бюджет|стоимост|\bцен[аыу]\b|зарплат|аренд|\bсда(?:ют|вал|ва[лт]|ть)|подписк|продал|купил|премия|оборот|рынок|акци[ия]|расход|похит|украл|лиши|обман|перевел|грант|выделил"
    r"|\brevenue|\bprofit|\bearn|invest|\blost\b|\bloss|\bcosts?\b|\bworth\b|\bvalued|\bstole|\brent|\bbudget|\bsubscri|\bsales\b|\busers\b"
)
_OTHERS = re.compile(
    r"\b(?:google|alphabet|youtube|tiktok|twitch|twitter|facebook|instagram|apple|mozilla|pinterest|wikimedia|wikipedia|roblox|likee|х\.com|x corp|airbnb|spotify|reddit|linkedin|tinder|амазон|amazon|гугл\w*|ютуб\w*|ютьюб\w*|тикток\w*|твич\w*|твиттер\w*|пинтерест\w*|википеди\w*)\b"
)
_MANY = re.compile(
    r"мессенджер(?:ы|ов|ам)\b|сервис(?:ы|ов|ам)\b|компани(?:и|й|ям)\b|платформ(?:ы|ам)?\b|других|ещ[её]|\bmessengers\b|\bapps\b|\bplatforms\b|\bservices\b|\bcompanies\b|\bothers?\b|\bfirms\b"
)
"""A title that tells of more messengers than it names."""
_NAME = r"(?P<name>[A-Z][\w-]*(?:\.[a-z]+)?(?: [A-Z][\w.-]*)*)"
_FINED = (
    re.compile(rf"\b[Ff]in(?:ed|es|ing)\s+(?:[a-z-]+\s+){{0,4}}{_NAME},?\s*\(?$"),
    re.compile(rf"{_NAME} (?:was|were|has been|had been|is) (?:\w+ )?fined\s+$"),
    re.compile(
        rf"(?:оштраф\w+|штраф\w*|наказал\w*|взыска\w+ с) (?:[а-яё-]+ ){{0,4}}[«\"]?{_NAME}[»\"]?(?: в размере| на сумму| на| \()\s*$"
    ),
)
_OWNERS = re.compile(r"Meta|Rakuten|Microsoft|Snap|Tencent|Kakao|Apple|Inc|LLC|Ltd|FZ|Messenger|MAX|VK|The\b|It\b|They\b|[A-Z]{2,4}$")
_TOTAL = re.compile(
    r"\bвсего\b|\bобщ\w+ сумм|с начала|\bдолг|на счету|в сумме|набрал|накопил|совокуп|\bитого\b|уже оштрафова|за два года|\bin total\b|so far|since the (?:start|beginning)"
)
"""Before a sum of many penalties."""
_REDUCED = re.compile(r"\b(?:reduc|cut|lower|slash)\w* (?:an?|the|its|his) $")
"""What a penalty was before it was made smaller: "reduced a 5.5 million euro fine to 4.2"."""
_NOT_MONEY = re.compile(r"\s*(?:пользовател|человек|аккаунт|канал|сообщени|подписчик|users|people|accounts|channels)", re.IGNORECASE)
_PAIR = re.compile(r"\(\s*(?:около|примерно|about|around|some|или|≈|~)?\s*$|\d[^\d,]{3,20}, (?:roughly|some|or|или|это)?\s*$")
"""Before a sum that is the one before it in other money."""
_PARTS = re.compile(r"; |, (?:а|но|and|while|but|after|котор\w+|что|хотя|тогда как|when|having)\b|\. ")
_SHARE = re.compile(r"%|процент|per ?cent")
_CLAUSE = 90
"""Characters before a sum that may belong to its clause."""


def penalties(seen: View, published: dt.date | None = None) -> list[Paper]:
    """Sums and shares in the sentences that speak of a penalty, with those who are to pay where the clause names them.

    Earlier ones and totals are told only where news of a penalty gives no other; those of other companies are not.
    """
    own: list[Paper] = []
    aside: list[Paper] = []
    penal = False
    for sentence in seen.sentences[:LOOKED_AT]:
        goes_on = penal and seen.sentences[sentence.number - 1].text.endswith(";")
        penal = goes_on or _PENAL.search(sentence.folded) is not None
        if not penal:
            continue
        reminds = sentence.number > 0 and bygone.reminds(sentence.folded)
        shared = 0
        for told in sums(sentence.text, sentence.folded, known=bool(own or aside)):
            before = _clause(sentence.folded, told.start)
            since, shared = max(0, len(before) - told.start + shared), told.stop if _SHARE.search(told.value) else shared
            if (
                _REDUCED.search(before)
                or _otherwise(before[since:])
                or _converted(sentence.text, told)
                or _NOT_MONEY.match(sentence.text[told.stop :])
            ):
                continue
            whom = payer(sentence.folded, told.start, told.stop)
            value = told.value
            if not MONEY.search(value):
                if not whom:
                    continue
                value = f"{re.sub('тыс$', 'тыс.', value)} {_money_of(sentence.text, [*own, *aside])}".strip()
            if _of_another(seen, sentence, told.start, before):
                continue
            past = reminds or ((sentence.number > 1 or bool(own)) and bygone.bygone(before + _rest(sentence.folded, told.stop), published))
            paper = Paper(f"{value} ({whom})" if whom else value, sentence)
            (aside if past or _TOTAL.search(before) else own).append(paper)
    if own or not any(_NEWS.search(sentence.folded) for sentence in seen.sentences[:2]):
        return _once(own)
    return _once(aside)


def _money_of(text: str, known: list[Paper]) -> str:
    """The money that a sum without its own is in: that of the sentence, else that of the sums before."""
    found = [match["currency"] for told in (text, *(paper.value for paper in reversed(known))) for match in RUSSIAN.finditer(told)]
    return found[0] if found else ""


def _of_another(seen: View, sentence: Sentence, start: int, before: str) -> bool:
    """True if a sum is what another company pays, or a messenger that the news is not about."""
    begin = start - len(before)
    named = [mention for mention in seen.messengers[sentence.number] if begin <= mention.start < start]
    news = {mention.name for row in seen.messengers[:2] for mention in row}
    if _OTHERS.search(before) and not named:
        return True
    if named:
        return bool(news) and named[-1].name not in news and not _MANY.search(seen.sentences[0].folded)
    if not any(seen.messengers[:3]):
        return False
    match = next((match for form in _FINED if (match := form.search(sentence.text[begin:start]))), None)
    return (
        match is not None
        and not _OWNERS.match(match["name"])
        and not any(
            mention.start < begin + match.end("name") and begin + match.start("name") < mention.stop
            for mention in seen.regulators[sentence.number]
        )
    )


def _converted(text: str, told: Sum) -> bool:
    """True if a sum is the one before it in other money."""
    return (
        _PAIR.search(text[: told.start]) is not None
        and re.search(r"[$€£]|долл|евро|dollars|euros", text[told.start : told.stop]) is not None
    )


def _once(found: list[Paper]) -> list[Paper]:
    kept: list[Paper] = []
    for paper in found:
        twin = next((index for index, other in enumerate(kept) if alike(paper.value, other.value)), None)
        if twin is None:
            kept.append(paper)
        elif len(paper.value) > len(kept[twin].value) and "(" in paper.value and "(" not in kept[twin].value:
            kept[twin] = paper
    return kept


def _clause(folded: str, start: int) -> str:
    """What stands before a sum in its clause."""
    return _PARTS.split(folded[max(0, start - _CLAUSE) : start])[-1]


def _rest(folded: str, stop: int) -> str:
    """What stands after a sum in its clause."""
    return re.split(r"[,;.(]| (?:а|и|and|but|while)\b", folded[stop : stop + _CLAUSE])[0]


def _otherwise(before: str) -> bool:
    """True if the word nearest to a sum speaks of other money than a penalty."""
    other = [match.start() for match in _OTHERWISE.finditer(before)]
    penal = [match.start() for match in _PENAL.finditer(before)]
    return bool(other) and (not penal or other[-1] > penal[-1])
