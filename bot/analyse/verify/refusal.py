"""Whether a text says only what its sources say: every number, date, name and quotation must stand in them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from bot.analyse.facts.amounts import currency
from bot.analyse.facts.dates import dates
from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold
from bot.analyse.language.orders import orders, plain, without_orders
from bot.analyse.language.text import WORD, lemma, lemmas, morphology, sentences_of, stopwords

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTE = re.compile(r"[«“„\"]([^«»“”„\"]{3,400})[»”“\"]|(?<!\w)['‘]([^'‘’]{3,400})['’](?!\w)")
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
_MONEY = re.compile(
    r"(?P<before>(?:[A-Z]{1,2})?[$€£₹]|\b(?:Rs|RUB)\b\.?)?\s?(?P<number>\d[\d \u00a0\u202f]*(?:[.,]\d+)*)\s*(?P<unit>тыс\w*\.?|млн|миллион\w*|млрд|миллиард\w*|thousand|million|billion|bn|m|k)?\s*"
    r"(?P<after>руб\w*|₽|долл\w*|евро|фунт\w*|rubles?|roubles?|dollars?|euros?|pounds?|rupees?|[$€£])?",
    re.IGNORECASE,
)
SENTENCES = 3
_SUPPORT = 0.6
"""The share of a sentence's words that its sources must hold."""
_TIMES = {
    "тыс": 10**3,
    "tho": 10**3,
    "k": 10**3,
    "млн": 10**6,
    "мил": 10**6,
    "mil": 10**6,
    "m": 10**6,
    "млр": 10**9,
    "bil": 10**9,
    "bn": 10**9,
}
_ADDRESS = re.compile(r"https?://|www\.|t\.me/|@\w|[<>{}`]|\]\(")


@functools.cache
def _words_of(name: str) -> frozenset[str]:
    """A list of data/verify.toml."""
    return frozenset(str(lexicon.table("verify")[name]).split())


@functools.cache
def _counted() -> dict[str, str]:
    """What a number in words is in figures."""
    return {word: figures for figures, words in lexicon.table("verify")["counted"].items() for word in words.split()}


def refusal(text: str, sources: Sequence[str], *, limit: int = 900) -> str:
    """Why a text may not be published, as one line; empty if it may. `limit` is in characters."""
    if not text.strip():
        return "empty"
    if len(text) > limit:
        return f"longer than {limit} characters"
    if _ADDRESS.search(text):
        return "holds an address or markup"
    if plain(text) != unicodedata.normalize("NFKC", text):
        return "holds signs that do not show"
    if orders(text):
        return "speaks to a machine"
    if text.rstrip('»”")')[-1:] not in (".", "!", "…"):
        return "breaks off"
    if len(list(sentences_of(text))) > SENTENCES:
        return f"more than {SENTENCES} sentences"
    basis = "\n".join(without_orders(source) for source in sources)
    folded = fold(basis)
    if len(WORD.findall(text)) < 5 or not (lexicon.messengers().hold(fold(text)) or "any" in lexicon.generic().present(fold(text))):
        return "says nothing of a messenger"
    if invented := _figures(text, basis) or _unsupported(text, folded):
        return invented
    quoted = _words(folded)
    for match in _QUOTE.finditer(text):
        said = match[1] or match[2]
        if f" {_words(fold(said))} " not in f" {quoted} ":
            return f"quotation not in the sources: {said[:60]}"
    return _dates(text, folded) or _names(text, folded)


def _dates(text: str, folded: str) -> str:
    """The first date of a text that its sources do not hold: a day with its year as they pair them, a day of the week, «завтра»."""
    held = dates(folded, None, year_hint=2000)
    days = {date.value[5:] for date in held}
    whole = {date.value for date in held if date.explicit}
    for date in dates(fold(text), None, year_hint=2000):
        part = date.value[5:]
        known = part in days or any(day.startswith(part) for day in days)
        if not known or (date.explicit and not any(one.startswith(date.value) for one in whole)):
            return f"date not in the sources: {text[date.start : date.stop]}"
    said = {lemma(word) for word in WORD.findall(folded)}
    for word in WORD.findall(fold(text)):
        if {word, lemma(word)} & _words_of("when") and lemma(word) not in said:
            return f"date not in the sources: {word}"
    return ""


def _figures(text: str, basis: str) -> str:
    """The first number or sum of a text that its sources do not hold, in figures or in words."""
    numbers = {_plain(number) for number in _NUMBER.findall(basis)}
    for number in _NUMBER.findall(text):
        if _plain(number) not in numbers:
            return f"number not in the sources: {number}"
    for amount in sorted(_amounts(text) - _amounts(basis)):
        return f"sum not in the sources: {' '.join(amount)}"
    if other := sorted(_money(text) - _money(basis)):
        return f"sum not in the sources: {' '.join(other[0])}"
    held = {lemma(word) for word in WORD.findall(fold(basis))} | set(WORD.findall(fold(basis)))
    for word in WORD.findall(fold(_AMOUNT.sub(" ", text))):
        if (_counts(word) or {word, lemma(word)} & _words_of("measured")) and not {word, lemma(word)} & held:
            digits = _counted().get(lemma(word)) or _counted().get(word) or ""
            if digits not in numbers:
                return f"number not in the sources: {word}"
    return ""


def _counts(word: str) -> bool:
    """True if a word is a numeral, cardinal or ordinal, in either language."""
    if word.isascii():
        return word in _counted()
    tag = morphology().parse(word)[0].tag
    return tag.POS == "NUMR" or "Anum" in tag or lemma(word) in _counted()


def _money(text: str) -> set[tuple[str, str]]:
    """Sums with their currencies, in one spelling: five million dollars are not five million euros."""
    found = set()
    for match in _MONEY.finditer(text):
        kind = currency(f"{match['before'] or ''}{match['after'] or ''}")
        if kind:
            times = _TIMES.get((match["unit"] or "")[:3].lower().rstrip("."), 1)
            found.add((f"{float(_plain(re.sub(r'[^0-9.,]', '', match['number'])).replace(',', '')) * times:.6g}", kind))
    return found


def _unsupported(text: str, folded: str) -> str:
    """The first sentence of a text most of whose words its sources do not hold."""
    held = {lemma(word) for word in WORD.findall(folded)}
    for part in sentences_of(text):
        meant = lemmas(fold(part.text))
        if sum(word in held for word in meant) < _SUPPORT * len(meant):
            return f"sentence not in the sources: {part.text[:60]}"
    return ""


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
        if lemma(word) in held or f" {word} " in f" {_words(folded)} " or word in stopwords():
            continue
        if not (match.start() in starts and match[0][1:].islower() and _common(word)):
            return f"name not in the sources: {match[0]}"
    return ""


def _common(word: str) -> bool:
    """True if a word that begins a sentence is no name: known to the dictionary, and never as a name; in English, one of a few."""
    if word.isascii():
        return word in _words_of("openers")
    return morphology().word_is_known(word) and not any(
        mark in one.tag for one in morphology().parse(word) for mark in ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad")
    )


def _plain(number: str) -> str:
    return number.replace(",", ".").rstrip("0").rstrip(".") if "." in number or "," in number else number


def _words(folded: str) -> str:
    return " ".join(WORD.findall(folded))


def origins(text: str, sources: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """For each sentence of a text the source and the sentence in it that hold most of its words; `sources` are (id, text)."""
    known = [
        (name, part.text, set(lemmas(fold(part.text))))
        for name, source in sources
        for line in source.splitlines()
        for part in sentences_of(line)
    ]
    found = []
    for part in sentences_of(text):
        words = set(lemmas(fold(part.text)))
        name, sentence, _ = max(known, key=lambda row: len(words & row[2]) / (4 + len(row[2])) ** 0.5, default=("", "", set()))
        found.append((part.text, name, sentence))
    return found
