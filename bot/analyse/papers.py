"""Documents, penalties and territory, by their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.analyse import abroad
from bot.analyse.features import View
from bot.analyse.text import Sentence

_DOCUMENTS = (
    re.compile(r"(?:№\s*)?(?<![\d-])\d{1,4}-(?:ФЗ|фз|FZ)(?:\s+от\s+\d{1,2}[ .]\S+[ .]\d{4})?"),
    re.compile(
        r"(?:федеральн\w+ закон\w*|законопроект\w*|постановлени\w+|приказ\w*|указ\w*|распоряжени\w+)(?: правительства| президента| Роскомнадзора| РФ)*(?:\s+от\s+\d{1,2}[ .]\S+[ .]\d{4}(?:\s+года)?)?\s+№\s*\d[\d-]*(?:-?[а-я]{1,2}\b)?",
        re.IGNORECASE,
    ),
    re.compile(r"\bFederal Law (?:No\.? ?)?\d+(?:-FZ)?"),
    re.compile(
        r"(?:(?:част\w+|ч\.|п\.|пункт\w*|подпункт\w*)\s*[\d.]+\s*)*(?:стать\w+|ст\.)\s*\d+(?:\.\d+)*\s*(?:КоАП|УК|ГК|ТК|НК)?(?:\s+(?:РФ|России))?",
        re.IGNORECASE,
    ),
    re.compile(r"законопроект\w*\s+№?\s*\d{4,}-\d", re.IGNORECASE),
    re.compile(r"закон\w*\s+«[^»]{3,90}»", re.IGNORECASE),
    re.compile(
        r"\b(?:Online Safety Act|Digital Services Act|Digital Markets Act|Chat Control|Telecommunication\w* (?:Act|Cyber ?Security (?:\w+ )?Rules)[^,.;]{0,20}|IT (?:Rules|Act)[ ,]*\d{4}|Federal Law (?:No\.? ?)?\d+(?:-FZ)?|"
        r"(?:Directive|Decree|Resolution|Order|Regulation|Law) (?:No\.? ?)[\w/-]+)(?:,? (?:Section|Article) \d+\w*)?"
    ),
    re.compile(r"\b(?:Section|Article) \d+[\w.]*(?: of the [A-Z]\w+(?: [A-Z]\w+)* (?:Act|Code|Law))?"),
)
_SUM = r"(?:\d[\d  .,]*\d|\d|один|одного|два|двух|три|трех|трёх|четыре|пять|шесть|семь|восемь|десять|полмиллиона)"
_PENALTIES = (
    re.compile(
        rf"(?:(?:от|до|более|свыше|почти|около|не менее|на|в)\s+)?{_SUM}\s*(?:(?:–|-|до)\s*{_SUM}\s*)?(?:тыс(?:яч\w*|\.)?|млн|млрд|миллион\w*|миллиард\w*)?\s*(?:рубл\w+|руб\.?|₽|долл\w+|евро|\$|€|крон|рупи\w+|сом\w*|тенге)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?:up to|more than|over|about|nearly|at least)\s+)?(?:(?:[$€£₹]|(?:R|US|A|C)\$|\bRs\.?|\bShs)\s?{_SUM}\s*(?:million|billion|thousand|m|bn|crore|lakh)?|{_SUM}\s*(?:million|billion|thousand|crore|lakh)?\s*(?:rubles|roubles|rupees|dollars|euros|pounds|lira|tenge|rub\b|reais))",
        re.IGNORECASE,
    ),
    re.compile(r"(?:up to\s+)?\d+(?:[.,]\d+)?\s?%\s+of\s+(?:\w+\s+){0,4}(?:turnover|revenue)", re.IGNORECASE),
    re.compile(r"до\s+\d+(?:[.,]\d+)?\s?%\s+(?:\w+\s+){0,3}(?:оборота|выручки)", re.IGNORECASE),
)
_PENAL = re.compile(
    r"штраф|взыска|взыщ|взима|наказ|оштраф|коап|грозит|компенсаци|протокол|постановлени|может стоить|\bfine|penalt|sanction|damages|неустойк"
)
_WHOM = (
    ("граждане", re.compile(r"гражд\w+|физлиц\w*|физическ\w+ лиц\w*|рядов\w+ пользовател\w*")),
    ("должностные лица", re.compile(r"должностн\w+ лиц\w*|чиновник\w*|руководител\w*")),
    ("юрлица", re.compile(r"юрлиц\w*|юридическ\w+ лиц\w*|организаци\w*|компани(?:й|ям|и)\b")),
    ("ИП", re.compile(r"\bип\b|предпринимател\w*")),
    ("individuals", re.compile(r"individuals|citizens|natural persons")),
    ("officials", re.compile(r"\bofficials\b")),
    ("companies", re.compile(r"companies|legal entities|organi[sz]ations")),
)
_RUSSIA = re.compile(r"\bросси[ияйеюи]|\bрф\b|россиян|роскомнадзор|госдум|минцифры\b(?! кир)|\brussia|roskomnadzor|таганск")
_UNION = re.compile(r"евросоюз|еврокомисси|\bес\b|\beu\b|european (?:union|commission|parliament)")
_REGION = (
    ("Москва", re.compile(r"(?:столиц|в москве|москвы\b|москва\b)(?!.{0,12}(?:суд|район))")),
    ("юг России", re.compile(r"юг[еа] (?:россии|страны)|южн\w+ регион")),
    ("Татарстан", re.compile(r"татарстан")),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or a sum and its sentence."""

    value: str
    sentence: Sentence


def documents(sentences: tuple[Sentence, ...]) -> list[Paper]:
    """Numbers and names of laws, bills, decrees and articles, as they are written; a shorter form of a longer one is left out."""
    found: list[Paper] = []
    for sentence in sentences[:14]:
        for pattern in _DOCUMENTS:
            for match in pattern.finditer(sentence.text):
                value = " ".join(match[0].split()).strip(" ,.")
                if any(value in paper.value for paper in found):
                    continue
                found = [paper for paper in found if paper.value not in value]
                found.append(Paper(value, sentence))
    return found


def penalties(sentences: tuple[Sentence, ...]) -> list[Paper]:
    """Sums in the sentences that speak of a penalty."""
    found: list[Paper] = []
    for sentence in sentences[:14]:
        if not _PENAL.search(sentence.folded):
            continue
        for pattern in _PENALTIES:
            for match in pattern.finditer(sentence.text):
                value = re.sub(r"^(?:на|в)\s+", "", " ".join(match[0].split()))
                if not any(value in paper.value or paper.value.split(" (")[0] in value for paper in found):
                    whom = _whom(sentence.folded, match.start(), match.end())
                    found.append(Paper(f"{value} ({whom})" if whom else value, sentence))
    return found


def _whom(folded: str, start: int, stop: int) -> str:
    """Who is to pay: the group named last in the clause before the sum, else first right after it; empty where none is."""
    before = re.split(r"[;—–]|, (?:а|and)\b", folded[max(0, start - 70) : start])[-1]
    after = re.split(r"[,;.—–]", folded[stop : stop + 45])[0]
    hits = [(match.start(), name) for name, form in _WHOM for match in form.finditer(before)]
    if hits:
        return max(hits)[1]
    hits = [(match.start(), name) for name, form in _WHOM for match in form.finditer(after)]
    return min(hits)[1] if hits else ""


def territory(seen: View) -> str | None:
    """Where the measure applies: a region where the beginning names one, else the country named first or most."""
    top = " ".join(sentence.folded for sentence in seen.sentences[:3])
    for name, form in _REGION:
        if form.search(top):
            return name
    folded = seen.page.folded
    counts = abroad.counts(folded)
    counts["Россия"] = len(_RUSSIA.findall(folded))
    counts["European Union"] = len(_UNION.findall(folded))
    most = max(counts.values())
    return next((name for name in ("Россия", "European Union", *counts) if counts[name] == most), None) if most else None
