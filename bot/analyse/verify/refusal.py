"""Whether a text says only what its sources say: every number, date, name and quotation must stand in them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from bot.analyse.facts.dates import dates
from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold
from bot.analyse.language.orders import orders, plain, without_orders
from bot.analyse.language.text import WORD, lemma, lemmas, morphology, proper, sentences_of, stopwords
from bot.analyse.verify.figures import Figure, figures
from bot.analyse.verify.support import unsupported

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTE = re.compile(r"[«“„\"]([^«»“”„\"]{3,400})[»”“\"]|(?<!\w)['‘]([^'‘’]{3,400})['’](?!\w)")
_CAPITAL = re.compile(r"(?<![\w-])[A-ZА-ЯЁ][\w-]*")
SENTENCES = 3
_SUPPORT = 0.6
"""The share of a sentence's words that its sources must hold."""
_OF_A_PLACE = ("ский", "ская", "ское", "ские", "ского", "ской", "скому", "ским", "ских", "ском", "скую")
_ADDRESS = re.compile(
    r"https?:|www\.|t\.me\b|@|[<>{}`\[\]|\\~*#^=]|(?<!\w)_|_(?!\w)|[^\W_]{2}\.[^\W\d_]{2,}|\d\.(?:[^\W\d_]{2,})|&\w+;", re.IGNORECASE
)
_ODD = re.compile(r"[^А-Яа-яЁёA-Za-z0-9\s.,;:?…—–\-«»“”„\"'’‘()%№§&/+$€£₹₽°]")
_TWO_SCRIPTS = re.compile(r"[a-z][а-яё]|[а-яё][a-z]", re.IGNORECASE)
_TELEPHONE = re.compile(r"\+\s?\d|\b\d(?:[\s()–-]*\d){9,14}\b")
_IN_THREES = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_WORDS = 2
"""Fewer tell nothing."""


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
    told = [without_orders(source) for source in sources]
    basis = "\n".join(told)
    folded = fold(basis)
    return (
        _no_summary(text, limit)
        or _signs(text, basis)
        or _addressed(text)
        or _figures(text, basis)
        or _unsupported(text, folded)
        or _quotations(text, folded)
        or _dates(text, folded)
        or _names(text, folded)
        or unsupported(text, told)
    )


def _no_summary(text: str, limit: int) -> str:
    """Why a text is no summary, whatever it is taken from."""
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
    if text.rstrip('»”")')[-1:] not in (".", "…"):
        return "breaks off"
    if len(list(sentences_of(text))) > SENTENCES:
        return f"more than {SENTENCES} sentences"
    if len(WORD.findall(text)) < _WORDS:
        return f"fewer than {_WORDS} words"
    if not (lexicon.messengers().hold(fold(text)) or "any" in lexicon.generic().present(fold(text))):
        return "says nothing of a messenger"
    return ""


def _quotations(text: str, folded: str) -> str:
    """The first quotation of a text that its sources do not hold."""
    quoted = _words(folded)
    for match in _QUOTE.finditer(text):
        said = match[1] or match[2]
        if f" {_words(fold(said))} " not in f" {quoted} ":
            return f"quotation not in the sources: {said[:60]}"
    return ""


def _signs(text: str, basis: str) -> str:
    """The first sign that no calm text in Russian or English has: markup, a picture, a letter of another script, letters of two in one word."""
    for sign in _ODD.findall(text):
        if not (sign.isalpha() and sign in basis):
            return f"holds a sign of no plain text: {unicodedata.name(sign, hex(ord(sign))).lower()}"
    for word in re.findall(r"[^\W\d_]+", text):
        if _TWO_SCRIPTS.search(word) and word not in basis:
            return f"letters of two scripts in a word: {word[:40]}"
    return ""


def _addressed(text: str) -> str:
    """What turns to the reader: a telephone number, a command, «вы»."""
    if any(not _IN_THREES.fullmatch(match[0]) for match in _TELEPHONE.finditer(text)):
        return "holds a telephone number"
    unquoted = _QUOTE.sub(" ", text)
    for match in WORD.finditer(unquoted):
        word = fold(match[0])
        if word in _words_of("reader"):
            return f"turns to the reader: {word}"
        if not word.isascii() and word.endswith(("те", "тесь")) and "impr" in morphology().parse(word)[0].tag:
            return f"turns to the reader: {word}"
    for part in sentences_of(unquoted):
        for chunk in re.split(r"[,;:—–]", part.text):
            first = WORD.search(chunk)
            if first and fold(first[0]) in _words_of("commands"):
                return f"turns to the reader: {first[0]}"
    return ""


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
    """The first number or sum of a text that its sources do not hold, in figures or in words; «пять миллионов» is «5 млн»."""
    folded, known = fold(text), fold(basis)
    told = figures(known)
    given = [figure for figure in figures(folded) if any(figure.same(other) for other in told)]
    numbers = {_plain(number) for number in _NUMBER.findall(basis)}
    for match in _NUMBER.finditer(text):
        if _plain(match[0]) not in numbers and not _among(match, given):
            return f"number not in the sources: {match[0]}"
    for figure in figures(folded, [(date.start, date.stop) for date in dates(folded, None, year_hint=2000)]):
        if figure.money and not any(figure.same(other) for other in told):
            return f"sum not in the sources: {text[figure.start : figure.stop + 12].strip()}"
    held = {lemma(word) for word in WORD.findall(known)} | set(WORD.findall(known))
    for match in WORD.finditer(folded):
        word = match[0]
        if (_counts(word) or {word, lemma(word)} & _words_of("measured")) and not {word, lemma(word)} & held and not _among(match, given):
            return f"number not in the sources: {word}"
    return ""


def _among(match: re.Match[str], given: Sequence[Figure]) -> bool:
    return any(figure.start <= match.start() < figure.stop for figure in given)


def _counts(word: str) -> bool:
    """True if a word is a numeral, cardinal or ordinal, in either language."""
    if word.isascii():
        return word in _counted()
    tag = morphology().parse(word)[0].tag
    return tag.POS == "NUMR" or "Anum" in tag or lemma(word) in _counted()


def _unsupported(text: str, folded: str) -> str:
    """The first sentence of a text most of whose words its sources do not hold."""
    held = {lemma(word) for word in WORD.findall(folded)}
    for part in sentences_of(text):
        meant = lemmas(fold(part.text))
        if sum(word in held for word in meant) < _SUPPORT * len(meant):
            return f"sentence not in the sources: {part.text[:60]}"
    return ""


def _names(text: str, folded: str) -> str:
    """The first name of a text that the sources do not hold."""
    held = {lemma(word) for word in WORD.findall(folded)}
    for names in (lexicon.messengers(), lexicon.regulators()):
        found = {mention.name for mention in names.find(folded)}
        for mention in names.find(fold(text)):
            if mention.name not in found:
                return f"name not in the sources: {mention.name}"
    places = [one for one in WORD.findall(folded) if proper(one)]
    starts = {part.start for part in sentences_of(text)}
    for match in _CAPITAL.finditer(text):
        word = fold(match[0])
        if lemma(word) in held or f" {word} " in f" {_words(folded)} " or word in stopwords():
            continue
        if word.endswith(_OF_A_PLACE) and any(one[:4] == word[:4] for one in places):
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
