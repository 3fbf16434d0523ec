"""Penalties: how much, or what share, and for whom."""

from __future__ import annotations

import re

from bot.analyse.amounts import alike
from bot.analyse.features import View
from bot.analyse.papers import LOOKED_AT, Paper

_WORDS = r"один|одного|два|двух|три|трех|трёх|четыре|четырех|четырёх|пять|пяти|шесть|шести|семь|семи|восемь|восьми|десять|десяти|полтора|полутора"
_SUM = rf"(?:\d[\d  \u202f.,]*\d|\d|{_WORDS})"
_UNIT = r"(?:тыс(?:яч\w*|\.)?|млн|млрд|миллион\w*|миллиард\w*)"
_CURRENCY = r"(?:рубл\w+|руб\.?|₽|(?:американск\w+ |австралийск\w+ |сингапурск\w+ )?долл\w+|евро\b|\$|€|£|фунт\w+|крон\w*|рупи\w+|сом(?:ов|ам|ы|а)?\b|сум(?:ов|ы)?\b|тенге|грив\w+|реал(?:ов|а)|лир\w?\b|юан\w+|иен\w*|вон\b|шиллинг\w*|злот\w+|лей\b|базовых величин|МРП)"
_MONEY = re.compile(
    rf"{_CURRENCY}|[%$€£₹¥]|percent|per cent|\b(?:Rs|Shs|RUB|RM|CHF)|rub|roub|rupee|dollar|euro|pound|lira|tenge|reais|won|yen|yuan|franc|ringgit|shilling|hryvn|процент",
    re.IGNORECASE,
)
_ABOUT = r"(?:от|до|более|свыше|почти|около|не менее|минимум|максимум|порядка|примерно)"
_RUSSIAN = re.compile(
    rf"(?:(?P<about>{_ABOUT})\s+)?(?:(?P<whole>полмиллиона|полумиллиона|(?<![\w-])миллион\w?|(?<![\w-])миллиард\w?)\s*|{_SUM}\s*{_UNIT}?\s*(?:(?:–|-|—|до|и до)\s*{_SUM}\s*)?{_UNIT}?\s*)(?P<currency>{_CURRENCY})",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    rf"(?:{_ABOUT}\s+)?{_SUM}\s*(?:{_UNIT}\s*)?(?:(?:–|-|—|до)\s*{_SUM}\s*)?{_UNIT}(?!\s*(?:[а-яё]|$)(?!\s*[,;.]))(?=\s*(?:[,;.)]|$|\s+(?:и|а)\s+))",
    re.IGNORECASE,
)
"""A sum whose currency stands at another sum of the sentence: «для граждан — до 50 тысяч, для юрлиц — до 700 тысяч рублей»."""
_SYMBOL = re.compile(
    rf"(?:(?:up to|more than|over|about|nearly|at least|around|до|от|более|около|почти)\s+)?(?:(?:[A-Z]{{1,3}})?[$€£₹¥]|\bRs\.?|\bShs|\bRUB|\bRM|\bCHF)\s?{_SUM}\s*(?:million|billion|thousand|crore|lakh|bn|m\b|k\b|млн|млрд|тыс\.?)?",
)
_ENGLISH = re.compile(
    r"(?:(?:up to|more than|over|about|nearly|at least|around|between|from)\s+)?(?:\d[\d,.]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten)\s*(?:million|billion|thousand|crore|lakh)?(?:\s*(?:to|and|–|-)\s*(?:\d[\d,.]*\d|\d)\s*(?:million|billion|thousand|crore|lakh)?)?\s*(?:rubles?|roubles?|rupees|dollars|euros?|pounds|liras?|tenge|rub\b|reais|won|yen|yuan|francs|ringgit|shillings|hryvnias?)",
    re.IGNORECASE,
)
_SHARE = (
    re.compile(
        r"(?:(?:up to|as much as)\s+)?\d+(?:[.,]\d+)?\s?(?:%|percent|per cent)\s+of\s+(?:(?:its|their|the|a|company's|global|annual|worldwide|total|yearly|local|gross|firm's)\s+){0,4}(?:turnover|revenue|sales|income)s?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:до|от)\s+)?\d+(?:[.,]\d+)?(?:\s?[–-]\s?\d+)?\s?(?:%|процент\w+)\s+(?:от\s+)?(?:\w+\s+){0,3}?(?:оборота|выручки|дохода|доходов)\b",
        re.IGNORECASE,
    ),
)
_PENAL = re.compile(
    r"штраф|взыска|взыщ|взима|наказ|коап|грозит|санкци|компенсаци|протокол|может стоить|\b(?:за|у|вы)плат(?!ил\w* з)|придется платить|выпи(?:шут|сал)|назначил\w* (?:ему |ей |\w+ )?\d|назначен[оаы]? \d|неустойк|\bfin(?:e|es|ed|ing)\b|penalt|sanction|damages|\bpay\b|breach"
)
_OTHERWISE = re.compile(
    r"выруч|прибыл|заработ|доход|инвест|потер|убыт|бюджет|стоимост|\bцен[аыу]\b|зарплат|аренд|\bсда(?:ют|вал|ва[лт]|ть)|подписк|продал|купил|премия|оборот|рынок|акци[ия]|расход|похит|украл|лиши|обман|перевел|грант|выделил"
    r"|\brevenue|\bprofit|\bearn|invest|\blost\b|\bloss|\bcosts?\b|\bworth\b|\bvalued|\bstole|\brent|\bbudget|\bsubscri|\bsales\b|\busers\b"
)
_OTHERS = re.compile(
    r"\b(?:google|youtube|tiktok|twitch|twitter|facebook|instagram|apple|mozilla|pinterest|wikimedia|roblox|likee|х\.com|x corp|airbnb|spotify)\b"
)
_PAYS = re.compile(r"(?:ам|ям|ому|лицу|елю|еру|ину)$")
"""The dative: whom a penalty awaits, not of whom something is told."""
_TOTAL = re.compile(
    r"\bвсего\b|с начала|\bдолг|на счету|в сумме|набрал|накопил|совокуп|\bитого\b|уже оштрафова|за два года|\bin total\b|so far|since the (?:start|beginning)"
)
"""Before a sum of many penalties."""
_NOT_MONEY = re.compile(r"\s*(?:пользовател|человек|аккаунт|канал|сообщени|подписчик|users|people|accounts|channels)", re.IGNORECASE)
_WHOM = (
    ("граждане", re.compile(r"гражд\w+|физлиц\w*|физическ\w+(?: лиц\w*)?|рядов\w+ пользовател\w*")),
    ("должностные лица", re.compile(r"должностн\w+(?: лиц\w*)?|чиновник\w*|руководител\w*|директор\w*|госслужащ\w+")),
    ("юрлица", re.compile(r"юрлиц\w*|юридическ\w+(?: лиц\w*)?|организаци\w*|компани(?:й|ям|и|ями)\b|фирм\w*|бизнес\w*")),
    ("ИП", re.compile(r"\bип\b|предпринимател\w*")),
    ("рекламодатели", re.compile(r"рекламодател\w+")),
    ("операторы связи", re.compile(r"оператор\w* связи|операторам|операторов")),
    ("блогеры", re.compile(r"блогер\w*|владельц\w+ (?:\S+ )?канал\w*")),
    ("individuals", re.compile(r"individuals?|citizens|natural persons|private persons")),
    ("officials", re.compile(r"\bofficials\b|civil servants")),
    ("companies", re.compile(r"companies|legal entities|organi[sz]ations|businesses|firms")),
    ("advertisers", re.compile(r"advertisers")),
)
_PAIR = re.compile(r"\(\s*(?:около|примерно|about|around|some|или|≈|~)?\s*$|\d[^\d,]{3,20}, (?:roughly|some|or|или|это)?\s*$")
"""Before a sum that is the one before it in other money."""


def penalties(seen: View) -> list[Paper]:
    """Sums and shares in the sentences that speak of a penalty, with those who are to pay where the clause names them.

    What was imposed earlier, or on another company, is left out where the article gives a penalty of its own.
    """
    own: list[Paper] = []
    aside: list[Paper] = []
    for sentence in seen.sentences[:LOOKED_AT]:
        if not _PENAL.search(sentence.folded):
            continue
        earlier = bool(seen.cues[sentence.number] & {"earlier"}) and bool(own)
        for start, stop in _spans(sentence.text, known=bool(own)):
            before = _clause(sentence.folded, start)
            if _otherwise(before) or _converted(sentence.text, start, stop) or _NOT_MONEY.match(sentence.text[stop:]):
                continue
            value = " ".join(sentence.text[start:stop].split()).strip(" ,")
            whom = _whom(sentence.folded, start, stop)
            if not _MONEY.search(value):
                if not whom:
                    continue
                value = f"{value} {_money_of(sentence.text, own)}".strip()
            paper = Paper(f"{value} ({whom})" if whom else value, sentence)
            others = _OTHERS.search(before) is not None and not _names_messenger(seen, sentence.number, start - len(before), start)
            total = _TOTAL.search(before) is not None
            (aside if earlier or others or total else own).append(paper)
    return _once(own or aside)


_IMPOSED = re.compile(
    r"оштрафова(?!ть)\w*|штраф\w* (?:\w+ ){0,2}(?:составил|назнач|налож)|(?:назнач|налож|получ|выпис)\w* (?:\w+ ){0,4}штраф|взыска(?!ть|ни)\w*|признал\w* винов|наказал|наказан|заплатит|уплат|взыщут"
    r"|обязан\w* (?:у|вы)платить|(?<!be )(?<!been )\bfined\b|\bfines (?!of )(?:\w+ ){1,3}[$€£\d]|court fines|impos|ordered to pay|upheld|penali[sz]ed|вступ\w+ в силу|в силе|took effect|in force"
)
"""A penalty imposed, or a rule that holds."""
_THREATENED = re.compile(
    r"грозит|грозят|пригрозил|(?:могут|может|хотят|предлож\w+) (?:быть )?(?:оштраф|штраф)|предупред\w* .{0,30}штраф|faces? (?:a )?(?:\w+ )?fines?|(?:could|may|might|would|to) be fined|risks? (?:a )?fines?|threat\w* .{0,30}fine"
)
_REMINDED = re.compile(r"(?:напомн|разъясн)\w* .{0,30}штраф|remind\w* .{0,40}fine")


def _money_of(text: str, own: list[Paper]) -> str:
    """The money that a sum without its own is in: that of the sentence, else that of the sums before."""
    found = [match["currency"] for told in (text, *(paper.value for paper in reversed(own))) for match in _RUSSIAN.finditer(told)]
    return found[0] if found else ""


def threatened(seen: View) -> str:
    """`planned` where an article only warns of a penalty, `statement` where it only reminds of one, empty where one is imposed."""
    top = [sentence.folded for sentence in seen.sentences[:7]]
    if any(_IMPOSED.search(folded) for folded in top):
        return ""
    if any(_REMINDED.search(folded) for folded in top[:2]):
        return "statement"
    return "planned" if any(_THREATENED.search(folded) for folded in top) else ""


def _names_messenger(seen: View, number: int, start: int, stop: int) -> bool:
    """True if a messenger is named between two places of a sentence."""
    return any(start <= mention.start < stop for mention in seen.messengers[number])


def _converted(text: str, start: int, stop: int) -> bool:
    """True if a sum is the one before it in other money."""
    return _PAIR.search(text[:start]) is not None and re.search(r"[$€£]|долл|евро|dollars|euros", text[start:stop]) is not None


def _once(found: list[Paper]) -> list[Paper]:
    kept: list[Paper] = []
    for paper in found:
        twin = next((index for index, other in enumerate(kept) if alike(paper.value, other.value)), None)
        if twin is None:
            kept.append(paper)
        elif len(paper.value) > len(kept[twin].value) and "(" in paper.value and "(" not in kept[twin].value:
            kept[twin] = paper
    return kept


def _spans(text: str, *, known: bool) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for form in (*_SHARE, _RUSSIAN, _SYMBOL, _ENGLISH):
        for match in form.finditer(text):
            if not any(match.start() < stop and start < match.end() for start, stop in found):
                found.append(match.span())
    if known or any(re.search(_CURRENCY, text[start:stop], re.IGNORECASE) for start, stop in found):
        for match in _ELLIPTIC.finditer(text):
            if not any(match.start() < stop and start < match.end() for start, stop in found):
                found.append(match.span())
    return sorted(found)


def _clause(folded: str, start: int) -> str:
    """What stands before a sum in its clause."""
    return re.split(r"; |, (?:а|но|and|while|but|котор\w+|что|хотя)\b|\. ", folded[max(0, start - 90) : start])[-1]


def _otherwise(before: str) -> bool:
    """True if the word nearest to a sum speaks of other money than a penalty."""
    other = [match.start() for match in _OTHERWISE.finditer(before)]
    penal = [match.start() for match in _PENAL.finditer(before)]
    return bool(other) and (not penal or other[-1] > penal[-1])


def _whom(folded: str, start: int, stop: int) -> str:
    """Who is to pay: the group named last in the clause before the sum, else first right after it; empty where none is."""
    before = re.split(r"[;]|, (?:а|and)\b|\d(?:\s*(?:тыс\w*|млн|руб\w*|₽|rubles?)\.?)?,", folded[max(0, start - 70) : start])[-1]
    after = re.split(r"[,;.—–]", folded[stop : stop + 45])[0]
    hits = [
        (bool(_PAYS.search(match[0]) or before[: match.start()].endswith("для ")), match.start(), name)
        for name, form in _WHOM
        for match in form.finditer(before)
    ]
    if hits:
        return max(hits)[2]
    return min(((match.start(), name) for name, form in _WHOM for match in form.finditer(after)), default=(0, ""))[1]
