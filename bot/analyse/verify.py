"""Whether a text says only what its sources say: every number, date, name and quotation must stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analyse import lexicon
from bot.analyse.dates import dates
from bot.analyse.lexicon import fold
from bot.analyse.text import WORD, lemma, sentences_of, stopwords

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTE = re.compile(r"[«“\"]([^«»“”\"]{3,400})[»”\"]")
_CAPITAL = re.compile(r"[A-ZА-ЯЁ][\w-]*")
_ADDRESS = re.compile(r"https?://|www\.|t\.me/|@\w|[<>{}`]|\]\(")


def refusal(text: str, sources: Sequence[str], *, limit: int = 900) -> str:
    """Why a text may not be published, as one line; empty if it may. `limit` is in characters."""
    if not text.strip():
        return "empty"
    if len(text) > limit:
        return f"longer than {limit} characters"
    if _ADDRESS.search(text):
        return "holds an address or markup"
    basis = "\n".join(sources)
    folded = fold(basis)
    if len(WORD.findall(text)) < 5 or not (lexicon.messengers().hold(fold(text)) or "any" in lexicon.generic().present(fold(text))):
        return "says nothing of a messenger"
    numbers = {_plain(number) for number in _NUMBER.findall(basis)}
    for number in _NUMBER.findall(text):
        if _plain(number) not in numbers:
            return f"number not in the sources: {number}"
    quoted = _words(folded)
    for match in _QUOTE.finditer(text):
        if _words(fold(match[1])) not in quoted:
            return f"quotation not in the sources: {match[1][:60]}"
    known = {date.value[5:] for date in dates(folded, None, year_hint=2000)}
    for date in dates(fold(text), None, year_hint=2000):
        if date.value[5:] not in known and not any(day.startswith(date.value[5:]) for day in known):
            return f"date not in the sources: {text[date.start : date.stop]}"
    return _names(text, folded)


def _names(text: str, folded: str) -> str:
    """The first name of a text that the sources do not hold."""
    lemmas = {lemma(word) for word in WORD.findall(folded)}
    for names in (lexicon.messengers(), lexicon.regulators()):
        held = {mention.name for mention in names.find(folded)}
        for mention in names.find(fold(text)):
            if mention.name not in held:
                return f"name not in the sources: {mention.name}"
    starts = {part.start for part in sentences_of(text)}
    for match in _CAPITAL.finditer(text):
        word = fold(match[0])
        if lemma(word) in lemmas or word in folded or word in stopwords():
            continue
        common = match.start() in starts and match[0][1:].islower()
        if not common:
            return f"name not in the sources: {match[0]}"
    return ""


def _plain(number: str) -> str:
    return number.replace(",", ".").rstrip("0").rstrip(".") if "." in number or "," in number else number


def _words(folded: str) -> str:
    return " ".join(WORD.findall(folded))
