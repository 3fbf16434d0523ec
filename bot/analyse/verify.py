"""Whether a text says only what its sources say: every number, date, name and quotation must stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analyse import lexicon
from bot.analyse.dates import dates
from bot.analyse.lexicon import fold
from bot.analyse.text import WORD, lemma, lemmas, sentences_of, stopwords

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTE = re.compile(r"[«“\"]([^«»“”\"]{3,400})[»”\"]")
_CAPITAL = re.compile(r"[A-ZА-ЯЁ][\w-]*")
_AMOUNT = re.compile(
    r"(?P<number>\d[\d  ]*(?:[.,]\d+)?)\s*(?P<unit>тыс|млн|миллион|млрд|миллиард|трлн|thousand|million|billion|bn\b|%|процент|percent|₽|руб|долл|евро|rubles?|dollars?|euros?|\$|€)",
    re.IGNORECASE,
)
_UNITS = {
    "миллион": "млн",
    "million": "млн",
    "миллиард": "млрд",
    "billion": "млрд",
    "bn": "млрд",
    "thousand": "тыс",
    "процент": "%",
    "percent": "%",
    "₽": "руб",
    "ruble": "руб",
    "rubles": "руб",
    "dollar": "долл",
    "dollars": "долл",
    "$": "долл",
    "euro": "евро",
    "euros": "евро",
    "€": "евро",
}
_NUMERALS = {
    **dict.fromkeys(("один", "one"), "1"),
    **dict.fromkeys(("два", "двое", "two"), "2"),
    **dict.fromkeys(("три", "трое", "three"), "3"),
    **dict.fromkeys(("четыре", "четверо", "four"), "4"),
    **dict.fromkeys(("пять", "five"), "5"),
    **dict.fromkeys(("шесть", "six"), "6"),
    **dict.fromkeys(("семь", "seven"), "7"),
    **dict.fromkeys(("восемь", "eight"), "8"),
    **dict.fromkeys(("девять", "nine"), "9"),
    **dict.fromkeys(("десять", "ten"), "10"),
    **dict.fromkeys(("двенадцать", "twelve"), "12"),
    **dict.fromkeys(("пятнадцать", "fifteen"), "15"),
    **dict.fromkeys(("двадцать", "twenty"), "20"),
    **dict.fromkeys(("тридцать", "thirty"), "30"),
    **dict.fromkeys(("пятьдесят", "fifty"), "50"),
    **dict.fromkeys(("сто", "hundred"), "100"),
}
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all|any|the|your|previous|prior|above)|system prompt|\bas an ai\b|you are (?:now )?(?:an?|the) (?:ai|assistant|model)|(?:in|for) (?:the|your) summary|"
    r"(?:write|say|output|reply|respond|answer) (?:only|exactly|that|with|the following)|language model|"
    r"(?:про)?игнорируй|забудь|не обращай внимания на (?:правила|инструкц)|(?:напиши|ответь|выведи|перескажи|скажи)(?:те)?\b|(?:предыдущ|прежн|системн)\w+ (?:инструкц|указани|правил|подсказ)\w*|"
    r"языков\w+ модел|нейросет\w+,|ассистент,|в (?:пересказе|своём ответе|своем ответе)",
    re.IGNORECASE,
)
"""How an article speaks that is not written for people."""
_SUPPORT = 0.6
"""The share of a sentence's words that its sources must hold."""
_ADDRESS = re.compile(r"https?://|www\.|t\.me/|@\w|[<>{}`]|\]\(")


def refusal(text: str, sources: Sequence[str], *, limit: int = 900) -> str:
    """Why a text may not be published, as one line; empty if it may. `limit` is in characters."""
    if not text.strip():
        return "empty"
    if len(text) > limit:
        return f"longer than {limit} characters"
    if _ADDRESS.search(text):
        return "holds an address or markup"
    basis = "\n".join(without_orders(source) for source in sources)
    folded = fold(basis)
    if len(WORD.findall(text)) < 5 or not (lexicon.messengers().hold(fold(text)) or "any" in lexicon.generic().present(fold(text))):
        return "says nothing of a messenger"
    if invented := _figures(text, basis) or _unsupported(text, folded):
        return invented
    quoted = _words(folded)
    for match in _QUOTE.finditer(text):
        if _words(fold(match[1])) not in quoted:
            return f"quotation not in the sources: {match[1][:60]}"
    known = {date.value[5:] for date in dates(folded, None, year_hint=2000)}
    for date in dates(fold(text), None, year_hint=2000):
        if date.value[5:] not in known and not any(day.startswith(date.value[5:]) for day in known):
            return f"date not in the sources: {text[date.start : date.stop]}"
    return _names(text, folded)


def _figures(text: str, basis: str) -> str:
    """The first number or sum of a text that its sources do not hold, in figures or in words."""
    numbers = {_plain(number) for number in _NUMBER.findall(basis)}
    for number in _NUMBER.findall(text):
        if _plain(number) not in numbers:
            return f"number not in the sources: {number}"
    for amount in sorted(_amounts(text) - _amounts(basis)):
        return f"sum not in the sources: {' '.join(amount)}"
    held = {lemma(word) for word in WORD.findall(fold(basis))}
    for word in WORD.findall(fold(text)):
        digits = _NUMERALS.get(lemma(word)) or _NUMERALS.get(word)
        if digits and digits not in numbers and lemma(word) not in held:
            return f"number not in the sources: {word}"
    return ""


def _unsupported(text: str, folded: str) -> str:
    """The first sentence of a text most of whose words its sources do not hold."""
    held = {lemma(word) for word in WORD.findall(folded)}
    for part in sentences_of(text):
        meant = lemmas(fold(part.text))
        if sum(word in held for word in meant) < _SUPPORT * len(meant):
            return f"sentence not in the sources: {part.text[:60]}"
    return ""


def without_orders(text: str) -> str:
    """The text without the sentences that give orders to a machine: what stands in them is no source."""
    if not _ORDER.search(text):
        return text
    lines = (" ".join(part.text for part in sentences_of(line) if not _ORDER.search(part.text)) for line in text.splitlines())
    return "\n".join(lines)


def _amounts(text: str) -> set[tuple[str, str]]:
    """Numbers with what they count, in one spelling."""
    found = set()
    for match in _AMOUNT.finditer(text):
        unit = match["unit"].lower()
        found.add((_plain(re.sub(r"\s", "", match["number"])), _UNITS.get(unit, unit)))
    return found


def _names(text: str, folded: str) -> str:
    """The first name of a text that the sources do not hold."""
    held = {lemma(word) for word in WORD.findall(folded)}
    for names in (lexicon.messengers(), lexicon.regulators()):
        found = {mention.name for mention in names.find(folded)}
        for mention in names.find(fold(text)):
            if mention.name not in found:
                return f"name not in the sources: {mention.name}"
    starts = {part.start for part in sentences_of(text)}
    for match in _CAPITAL.finditer(text):
        word = fold(match[0])
        if lemma(word) in held or word in folded or word in stopwords():
            continue
        common = match.start() in starts and match[0][1:].islower()
        if not common:
            return f"name not in the sources: {match[0]}"
    return ""


def _plain(number: str) -> str:
    return number.replace(",", ".").rstrip("0").rstrip(".") if "." in number or "," in number else number


def _words(folded: str) -> str:
    return " ".join(WORD.findall(folded))
