"""Documents, penalties and territory, by their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.analyse.features import View
from bot.analyse.text import Sentence

_DOCUMENTS = (
    re.compile(r"(?:№\s*)?(?<![\d-])\d{1,4}-(?:ФЗ|фз|FZ)(?:\s+от\s+\d{1,2}[ .]\S+[ .]\d{4})?"),
    re.compile(
        r"(?:федеральн\w+ закон\w*|законопроект\w*|постановлени\w+|приказ\w*|указ\w*|распоряжени\w+)(?: правительства| президента| Роскомнадзора| РФ)*(?:\s+от\s+\d{1,2}[ .]\S+[ .]\d{4}(?:\s+года)?)?\s+№\s*[\d-]+(?:-[а-я]+)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:част\w+|ч\.|п\.|пункт\w*|подпункт\w*)\s*[\d.]+\s*)*(?:стать\w+|ст\.)\s*\d+(?:\.\d+)*\s*(?:КоАП|УК|ГК|ТК|НК)?(?:\s+(?:РФ|России))?"
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
        rf"(?:(?:up to|more than|over|about|nearly|at least)\s+)?(?:[$€£₹]\s?{_SUM}\s*(?:million|billion|thousand|m|bn|crore|lakh)?|{_SUM}\s*(?:million|billion|thousand|crore|lakh)?\s*(?:rubles|roubles|rupees|dollars|euros|pounds|lira|tenge|rub\b|reais))",
        re.IGNORECASE,
    ),
    re.compile(r"(?:up to\s+)?\d+(?:[.,]\d+)?\s?%\s+of\s+(?:\w+\s+){0,4}(?:turnover|revenue)", re.IGNORECASE),
    re.compile(r"до\s+\d+(?:[.,]\d+)?\s?%\s+(?:\w+\s+){0,3}(?:оборота|выручки)", re.IGNORECASE),
)
_PENAL = re.compile(
    r"штраф|взыска|наказ|оштраф|коап|грозит|компенсаци|протокол|постановлени|может стоить|\bfine|penalt|sanction|damages|неустойк"
)
_TERRITORY = (
    ("Россия", re.compile(r"\bросси[ияйеюи]|\bрф\b|россиян|роскомнадзор|госдум|минцифры\b(?! кир)|\brussia|roskomnadzor|таганск")),
    ("European Union", re.compile(r"евросоюз|\bес\b|еврокомисси|\beu\b|european (?:union|commission|parliament)")),
    ("United Kingdom", re.compile(r"великобритан|британ|\buk\b|britain|ofcom")),
    ("India", re.compile(r"\bинди[ияйею]|\bindia|new delhi")),
    ("Ukraine", re.compile(r"\bукраин[аеуы]\b|\bкиев|\bukraine\b|verkhovna|\bkyiv")),
    ("Kyrgyzstan", re.compile(r"киргизи|кыргызстан|kyrgyz")),
    ("Kazakhstan", re.compile(r"казахстан|kazakh")),
    ("Uzbekistan", re.compile(r"узбекистан|uzbek")),
    ("Belarus", re.compile(r"белорусси|беларус|belarus")),
    ("Iran", re.compile(r"\bиран[аеу]?\b|\biran")),
    ("China", re.compile(r"\bкита[йяею]|\bchin(?:a|ese)\b")),
    ("Nepal", re.compile(r"непал|nepal")),
    ("Vietnam", re.compile(r"вьетнам|vietnam")),
    ("Brazil", re.compile(r"бразили|brazil")),
    ("Turkey", re.compile(r"турци|turkey|turkish")),
    ("Pakistan", re.compile(r"пакистан|pakistan")),
    ("France", re.compile(r"франци|france|french")),
    ("Spain", re.compile(r"испани|spain|spanish")),
    ("United States", re.compile(r"\bсша\b|\bu\.s\.|\busa\b|united states|american")),
)
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
                if not any(value in paper.value or paper.value in value for paper in found):
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
                if not any(value in paper.value or paper.value in value for paper in found):
                    found.append(Paper(value, sentence))
    return found


def territory(seen: View) -> str | None:
    """Where the measure applies: a region where the beginning names one, else the country named first or most."""
    top = " ".join(sentence.folded for sentence in seen.sentences[:3])
    for name, form in _REGION:
        if form.search(top):
            return name
    counts = [(len(form.findall(seen.page.folded)), -index, name) for index, (name, form) in enumerate(_TERRITORY)]
    best = max(counts)
    return best[2] if best[0] else None
