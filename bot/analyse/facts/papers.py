"""Documents by their numbers and names: laws, bills, decrees, articles of codes, acts of other countries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.analyse.language.text import Sentence

LOOKED_AT = 14
"""Sentences that are looked at, with the title: what follows is background."""
_MONTH = r"(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
_DATE = rf"от\s+(?P<date>\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|\d{{2}}\.\d{{2}}\.\d{{4}})(?:\s+(?:года|г\.))?"
_NO = r"(?:№|N|номер(?:ом)?)\s*"
_ISSUER = r"(?P<issuer>(?:\s+(?:правительства|кабмина|кабинета министров|президента|(?:города|г\.)(?=\s+[А-ЯЁ])|республики|министерства|комитета|управления|службы|федеральной|РФ|России|Российской Федерации|Москвы|[А-ЯЁ][а-яё]*[А-ЯЁ]+|[А-ЯЁ]{2,}|(?:Роскомнадзор|Мин[а-яё]+|Генпрокуратур)[а-яё]*|Центробанка|Банка России)){0,4})"
_KINDS = (
    ("переч", "перечень поручений"),
    ("поручени", "поручение"),
    ("закон", "закон"),
    ("постановлени", "постановление"),
    ("распоряжени", "распоряжение"),
    ("приказ", "приказ"),
    ("указ", "указ"),
    ("законопроект", "законопроект"),
)
_CODES = (
    (r"КоАП|Кодекса об административных правонарушениях|административного кодекса", "КоАП"),
    (r"УК|Уголовного кодекса", "УК"),
    (r"ГК|Гражданского кодекса", "ГК"),
    (r"ТК|Трудового кодекса", "ТК"),
    (r"НК|Налогового кодекса", "НК"),
    (r"ЖК|Жилищного кодекса", "ЖК"),
    (r"УПК|Уголовно-процессуального кодекса", "УПК"),
    (r"Конституции", "Конституции"),
)
_CODE = "|".join(form for form, _ in _CODES)
_ITEM = r"\d+(?:\.\d+)*"
_ITEMS = rf"{_ITEM}(?:(?:\s*,\s*|\s+и\s+){_ITEM}(?!\s*(?:%|тыс|млн|руб)))*"
_LAW = re.compile(
    rf"(?:(?:{_NO})?(?<![\d-])(?P<number>\d{{1,4}})\s?-\s?(?P<kind>ФКЗ|ФЗ|фз)|(?<![\w-])ФЗ\s?(?:-|№|N)\s?(?P<after>\d{{1,4}}))(?![\w-])(?:\s+{_DATE})?"
)
_LAW_DATED = re.compile(rf"(?:закон\w*|ФЗ)\s+{_DATE}\s+{_NO}(?P<number>\d{{1,4}})-(?P<kind>ФЗ|ФКЗ)")
_BILL = re.compile(
    rf"(?:законопроект\w*|проект\w* закона|инициатив\w*)(?:\s+под)?\s*\(?\s*(?:{_NO})?(?P<number>\d{{4,8}}-\d{{1,2}})(?!\d)", re.IGNORECASE
)
_ACT = re.compile(
    rf"(?P<kind>постановлени|распоряжени|приказ|указ|переч(?:ень|н[а-я]+)\s+поручени|поручени|(?<!\w)закон(?=[аоуе]?м?\s))(?:[а-яё]{{0,3}}){_ISSUER}(?:\s+{_DATE})?\s*(?:\(\s*|\s+под\s+)?{_NO}(?P<number>(?:[А-ЯЁ][а-яёА-ЯЁ]?(?:-[А-ЯЁ]\d+)?-)?\d{{1,5}}(?:-?[а-яё]{{1,2}}\b|-[IVX]+\b|-\d\b|/(?:\d+|пр\b))?)(?![\d-])(?:\s+{_DATE.replace('date', 'later')})?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    rf"(?:(?:[Чч]аст(?:ь|и|ью|ям|ями|ях)|[Чч]\.)\s*(?P<parts>{_ITEMS})\s*)?(?:(?<!\w)[Сс]тать(?:я|и|е|ей|ю|ям|ями|ях)|(?<![\w.])[Сс]т\.)\s*(?P<articles>{_ITEMS})"
    rf"(?:\s*(?P<code>{_CODE})(?!\w)|\s+(?P<law>закона\s+[«\"]Об?\s[^»\"]{{3,90}}[»\"]))?"
)
_BARE = re.compile(rf"(?<![\d.])(?P<articles>\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?)\s+(?P<code>{_CODE})(?![\w])")
_NAMED = re.compile(r"закон[а-яё]*\s+(?:РФ\s+)?[«\"](?P<name>Об?\s[^»\"]{3,90})[»\"]", re.IGNORECASE)

_WORD = r"[A-Z][\w’'-]*"
_ENGLISH = re.compile(
    rf"\b(?:(?P<section>(?:[Ss]ection|[Aa]rticle|Rule|Clause)s?\s+\d[\w.()]*)(?:\s+of\s+(?:the\s+)?(?:\w+(?:'s|’s)\s+)?))?"
    rf"(?P<act>(?:{_WORD}\s+)(?:(?:{_WORD}|of|and|on|for|&)\s+){{0,6}}?(?:Act|Directive|Regulation|Ordinance)|(?:{_WORD}\s+)(?:(?:{_WORD}|of|and|on|for|&)\s+){{1,6}}?(?:Code|Law|Rules|Bill)|IT (?:Act|Rules)|(?:Penal|Criminal|Civil) Code|Code of [A-Z]\w+(?: [A-Z]\w+)?)"
    rf"(?P<short>\s+\([A-Z]\w*\))?(?P<year>,?\s+(?:of\s+)?(?:19|20)\d\d)?(?P<later>,? (?:Section|Article) \d[\w.]*)?(?![\w-])"
)
_ENGLISH_KNOWN = re.compile(r"\b(?:GDPR|DSA|DMA|Chat Control)\b")
_ENGLISH_NUMBER = re.compile(
    r"\b(?:(?P<section>(?:[Ss]ection|[Aa]rticle)s?\s+\d+[\w.()]*)\s+of\s+(?:the\s+)?)?"
    r"(?P<act>(?:(?:Presidential|Cabinet|Government|Ministerial|Council|Senate|House|Assembly|Public)\s+)?(?:Federal Law|Law|Decree|Resolution|Order|Executive Order|Directive|Regulation|[Bb]ill)"
    r"\s+(?:\((?:EU|EC|UE)\)\s+)?(?:No\.?\s?|#\s?|№\s?)?(?:[CS]-\d{1,3}|\d+(?:[,.]\d{3})?(?:[/-]\d+)*(?:-FZ|(?:/[A-Z]{2,3}(?:-[A-Z]{2})?)\b)?))(?!\s*(?:million|billion|percent|%))\b"
)
_CONGRESS = re.compile(
    r"(?<![\w.])(?P<chamber>H\.\s?R\.|HR|HB|SB|AB|H\.B\.|S\.B\.|E\.O\.|EO|S\.)\s?(?P<number>\d{1,5})(?![\d.,]*\d|\s*(?:million|billion|%))"
)
_CHAMBERS = {"H.R.": "H.R.", "HR": "H.R.", "H.B.": "HB", "S.B.": "SB", "E.O.": "Executive Order", "EO": "Executive Order"}
_CONGRESSIONAL = re.compile(r"\b(?:bill|act|senate|house|congress|law|legislat\w+|lawmakers?|president|signed|order)\b", re.IGNORECASE)
"""Beside what a bare «S. 1748» is a bill."""
_SECTION = re.compile(r"\b(?:Section|Article)\s+\d+[\w.]*\b|\bsection\s+\d+[A-Z]+\b")
_NO_NAME = re.compile(
    r"^(?:\w+(?:'s|’s)|The|This|That|An?|Any|Each|Its|Their|Under|In|By|New|Draft|On|With|Russia|Russian|Putin|EU|India)\s+(?=\w)"
)
_FILLER = re.compile(r"^(?:(?:the|of|and|on|for)\s+)+")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or a sum and its sentence."""

    value: str
    sentence: Sentence


def documents(sentences: tuple[Sentence, ...]) -> list[Paper]:
    """Documents in one spelling: «41-ФЗ», «ч. 2 ст. 13.41 КоАП», «постановление правительства № 1963 от 28 декабря 2024», «законопроект № 1069303-8», "Online Safety Act".

    The fuller of two names of one document is kept; a kind without a number or a name («новый закон») is no document.
    """
    found: list[Paper] = []
    for sentence in sentences[:LOOKED_AT]:
        taken: list[tuple[int, int]] = []
        for find in _FINDERS:
            for start, stop, values in find(sentence):
                if any(start < last and first < stop for first, last in taken):
                    continue
                taken.append((start, stop))
                for value in values:
                    if not any(same(value, paper.value) and len(paper.value) >= len(value) for paper in found):
                        found = [*(paper for paper in found if not same(value, paper.value)), Paper(value, sentence)]
    return found


def same(a: str, b: str) -> bool:
    """True if two names mean one document: one is the other with more said of it, in either language."""
    one, other = _key(a), _key(b)
    return bool(one in other or other in one)


def _key(value: str) -> str:
    bare = re.sub(r"\s+от\s+\d.*$|,?\s+(?:of\s+)?(?:19|20)\d\d$|\s+\([A-Z]\w*\)", "", value)
    bare = re.sub(r"(?:Federal )?Law (?:No\. ?)?(?=\d+-FZ)|-FZ", lambda match: "-ФЗ" if match[0] == "-FZ" else "", bare)
    bare = re.sub(r"\bNo\.? ?(?=\d)", "", bare)
    if "№" in bare:
        bare = re.sub(r"^перечень поручений", "поручение", bare)
        bare = re.sub(
            r"(?<=ние|каз) (?:правительства|кабмина|президента|[А-ЯЁ]\w+)(?: (?:РФ|России|Российской Федерации))?(?= №)", "", bare
        )
    return " " + re.sub(r"[^\w.-]+", " ", bare.casefold()).strip() + " "


def _laws(sentence: Sentence) -> Iterator[tuple[int, int, list[str]]]:
    for match in (*_LAW_DATED.finditer(sentence.text), *_LAW.finditer(sentence.text)):
        groups = match.groupdict()
        number = groups["number"] or groups["after"]
        yield *match.span(), [f"{number}-{(groups['kind'] or 'ФЗ').upper()}" + (f" от {groups['date']}" if groups["date"] else "")]


def _bills(sentence: Sentence) -> Iterator[tuple[int, int, list[str]]]:
    for match in _BILL.finditer(sentence.text):
        yield *match.span(), [f"законопроект № {match['number']}"]


def _acts(sentence: Sentence) -> Iterator[tuple[int, int, list[str]]]:
    for match in _ACT.finditer(sentence.text):
        said = " ".join(match["kind"].lower().split())
        kind = next(name for stem, name in _KINDS if said.startswith(stem))
        when = match["date"] or match["later"]
        issuer = " ".join(match["issuer"].split())
        yield *match.span(), [f"{kind}{' ' + issuer if issuer else ''} № {match['number']}" + (f" от {when}" if when else "")]


def _articles(sentence: Sentence) -> Iterator[tuple[int, int, list[str]]]:
    for match in (*_ARTICLE.finditer(sentence.text), *_BARE.finditer(sentence.text)):
        groups = match.groupdict()
        parts, code = groups.get("parts"), groups["code"] or ""
        law = " ".join((groups.get("law") or "").split())
        if not (code or parts or law or "." in groups["articles"]):
            continue  # «в статье 15 советов» is no law
        whose = next((name for form, name in _CODES if re.fullmatch(form, code)), law)
        head = f"ч. {' '.join(parts.split())} " if parts else ""
        articles = re.split(r"\s*,\s*|\s+и\s+", groups["articles"])
        yield *match.span(), [f"{head}ст. {article} {whose}".strip() for article in articles]


def _named(sentence: Sentence) -> Iterator[tuple[int, int, list[str]]]:
    for match in _NAMED.finditer(sentence.text):
        yield *match.span(), [f"закон «{' '.join(match['name'].split())}»"]


def _english(sentence: Sentence) -> Iterator[tuple[int, int, list[str]]]:
    for match in _ENGLISH_NUMBER.finditer(sentence.text):
        act = " ".join(match["act"].split())
        yield *match.span(), [f"{_capital(match['section'])} of {act}" if match["section"] else act]
    for match in _CONGRESS.finditer(sentence.text):
        if _CONGRESSIONAL.search(sentence.text):
            chamber = "".join(match["chamber"].split())
            yield *match.span(), [f"{_CHAMBERS.get(chamber, chamber)} {match['number']}"]
    if sentence.number == 0 and _title_case(sentence.text):
        return
    for match in _ENGLISH.finditer(sentence.text):
        act = " ".join(match["act"].split())
        while lead := _NO_NAME.match(act) or _FILLER.match(act):
            act = act[lead.end() :]
        if " " not in act:
            continue
        value = act + (match["short"] or "") + (match["year"] or "")
        if match["section"]:
            value = f"{_capital(match['section'])} of the {value}"
        yield *match.span(), [" ".join((value + (match["later"] or "")).split())]
    for match in _ENGLISH_KNOWN.finditer(sentence.text):
        yield *match.span(), [match[0]]
    for match in _SECTION.finditer(sentence.text):
        yield *match.span(), [_capital(match[0])]


def _capital(text: str) -> str:
    return text[:1].upper() + " ".join(text[1:].split())


def _title_case(text: str) -> bool:
    """True if a headline writes its words with capitals, so that a capital shows no name."""
    words = [word for word in re.findall(r"[A-Za-z]+", text) if len(word) > 3]
    return bool(sum(word[0].isupper() for word in words) > 0.6 * len(words))


_FINDERS: tuple[Callable[[Sentence], Iterator[tuple[int, int, list[str]]]], ...] = (_laws, _bills, _acts, _articles, _named, _english)
