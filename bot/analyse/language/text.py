"""Sentences, words and lemmas of an article, its furniture left aside."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pymorphy3
import razdel
import snowballstemmer

from bot.analyse.language.lexicon import fold
from bot.model import Article

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FURNITURE = re.compile(
    r"^(?:горячие новости|читайте (?:также|еще)|по теме|смотрите также|материалы по теме|подпис\w+ на|реклама\b|фото:|источник фото|теги:|"
    r"заразились|умерли|выздоровели|поделиться|комментари|read (?:also|more)|related|subscribe|advertisement|share this|следите за|лента новостей)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^(?:горячие новости|материалы по теме|лента новостей|читайте (?:также|еще)|смотрите также|related (?:articles|stories))",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"^\W*[\d  ,.]+(?:\s*(?:млн|тыс|млрд)\.?)?\W*(?:/\s*сут.*)?$")
_BROKEN = re.compile(r"\A\s*\S.{38,200}[\w,»)]\s*\Z")
_GOES_ON = re.compile(r"\s*[a-zа-яё\d«(]?[a-zа-яё\d]")
_HANGS = re.compile(
    r"(?:,|\b(?:в|во|на|с|со|о|об|от|до|по|за|из|к|у|для|при|и|или|а|но|не|что|of|in|on|at|the|to|a|an|and|or|for|by|with))\s*\Z"
)
"""A line that is long and ends in mid-sentence; one that goes on with it; one that nothing can end with."""
TITLE, TEXT, SENTENCE = 500, 100_000, 1_000
"""Characters of a title, a text and a sentence that are looked at; no sentence of the labelled set has more than 260."""
_ANY_UNSEEN = "[\u00ad\u200b-\u200f\u2060\ufeff]*"
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+|(?<=[ \t\u00a0])[ \t\u00a0]+")
"""What does not show, and blanks after a blank."""
_SHORTENED = re.compile(
    r"\b((?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No)(?=\. \d)|(?:Sen|Rep|Gov|Gen)(?=\. [A-Z])|[ap]\.m(?=\. [A-Z][a-z]+ time))\."
)
"""Stops that end a word, not a sentence: «on Feb. 18», «Sen. Warner»."""
_END = re.compile(r"[.!?…:;»\")]\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in the article; `folded` is for matching. The title is number 0."""

    text: str
    folded: str
    number: int


@dataclass(frozen=True, slots=True)
class Page:
    """An article cut into the title and its sentences."""

    title: Sentence
    body: tuple[Sentence, ...]
    russian: bool

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The title, then the sentences of the text."""
        return (self.title, *self.body)

    @property
    def folded(self) -> str:
        """Title and text, folded."""
        return "\n".join(sentence.folded for sentence in self.sentences)


def is_russian(text: str) -> bool:
    """True if more letters are Cyrillic than Latin."""
    cyrillic = len(re.findall(r"[а-яё]", text[:2000], re.IGNORECASE))
    return cyrillic >= len(re.findall(r"[a-z]", text[:2000], re.IGNORECASE))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text; those that were broken to a width, in mid-sentence, as one, the breaks left as they are."""
    whole: list[str] = []
    for line in text.splitlines(keepends=True):
        if whole and not (_BROKEN.search(whole[-1]) and (_GOES_ON.match(line) or _HANGS.search(whole[-1]))):
            yield "".join(whole)
            whole = []
        whole.append(line)
    yield "".join(whole)


def paragraphs(text: str, title: str = "") -> list[str]:
    """The paragraphs that tell the news: counters, lists of headlines and calls to subscribe are left out."""
    kept: list[str] = []
    for line in _lines(text):
        stripped = line.strip()
        if not stripped or stripped == title.strip():
            continue
        if _STOP.match(stripped) and kept:
            break
        if (
            _FURNITURE.match(stripped)
            or _COUNTER.match(stripped)
            or (stripped.startswith(("- ", "• ", "— ")) and not _END.search(stripped))
        ):
            continue
        if kept and len(stripped) < 100 and not _END.search(stripped) and len(text) > 1500:
            continue
        kept.append(stripped)
    return kept or [line.strip() for line in text.splitlines() if line.strip()]


def page(article: Article, *, most: int = 60) -> Page:
    """Cuts an article; at most `most` sentences are looked at, for a story stands at its beginning."""
    pieces = (
        piece for paragraph in paragraphs(article.text, article.title) for span in sentences_of(paragraph) for piece in _cut(span.text)
    )
    body = [Sentence(piece, fold(piece), number) for number, piece in enumerate(itertools.islice(pieces, most), 1)]
    title = article.title.strip()
    return Page(Sentence(title, fold(title), 0), tuple(body), is_russian(f"{title} {article.text}"))


def bounded(article: Article) -> Article:
    """The article with no more of its title and text than is looked at, so that what is no article costs no more than one, and without what shows nothing."""
    title, body = _shown(article.title[:TITLE]), _shown(article.text[:TEXT])
    if title == article.title and body == article.text:
        return article
    return replace(article, title=title, text=body)


def _shown(text: str) -> str:
    """A text without soft hyphens, joiners and doubled blanks: «Tele\u00adgram» is Telegram."""
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text


def as_written(sentence: str, article: Article) -> str:
    """A sentence of a bounded article as it stands in the article itself, letter for letter."""
    if sentence in article.text or sentence in article.title:
        return sentence
    signs = (rf"{re.escape(sign)}[ \t\u00a0]*" if sign in " \t\u00a0" else re.escape(sign) for sign in sentence)
    found = re.search(_ANY_UNSEEN.join(signs), f"{article.title}\n{article.text}")
    return found[0] if found else sentence


def _cut(sentence: str) -> Iterator[str]:
    """A sentence, or what it is cut into at spaces where it is longer than any that is written; nothing where it holds no word."""
    while len(sentence) > SENTENCE:
        at = max(sentence.rfind(" ", 1, SENTENCE), 0) or SENTENCE
        if WORD.search(sentence, 0, at):
            yield sentence[:at].strip()
        sentence = sentence[at:]
    if WORD.search(sentence):
        yield sentence.strip()


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of a plain text and where it begins."""

    start: int
    text: str


def sentences_of(text: str) -> list[Span]:
    """The sentences of a plain text."""
    if not _SHORTENED.search(text):
        return [Span(part.start, part.text) for part in razdel.sentenize(text)]
    masked = _SHORTENED.sub(r"\1_", text)
    return [Span(part.start, text[part.start : part.stop]) for part in razdel.sentenize(masked)]


@functools.cache
def morphology() -> pymorphy3.MorphAnalyzer:
    """The dictionary of Russian forms, loaded once."""
    return pymorphy3.MorphAnalyzer()


@functools.cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of a folded word; English words are stemmed."""
    if word.isascii():
        return word if word.isdigit() else str(_stemmer().stemWord(word))
    return str(morphology().parse(word)[0].normal_form).replace("ё", "е")


@functools.lru_cache(maxsize=20_000)
def proper(word: str) -> bool:
    """True if a lower-case Russian word is most likely a name of a person, a place or an organisation."""
    tag = str(morphology().parse(word)[0].tag)
    return any(mark in tag for mark in ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"))


@functools.cache
def stopwords() -> frozenset[str]:
    """Words that say nothing of a story's subject."""
    return frozenset(
        [
            "и",
            "в",
            "во",
            "не",
            "что",
            "он",
            "на",
            "я",
            "с",
            "со",
            "как",
            "а",
            "то",
            "все",
            "она",
            "так",
            "его",
            "но",
            "да",
            "ты",
            "к",
            "у",
            "же",
            "вы",
            "за",
            "бы",
            "по",
            "только",
            "ее",
            "мне",
            "было",
            "вот",
            "от",
            "меня",
            "еще",
            "нет",
            "о",
            "из",
            "ему",
            "теперь",
            "когда",
            "даже",
            "ну",
            "ли",
            "если",
            "уже",
            "или",
            "ни",
            "быть",
            "был",
            "него",
            "до",
            "вас",
            "они",
            "мы",
            "этот",
            "тот",
            "этого",
            "который",
            "свой",
            "такой",
            "это",
            "этих",
            "для",
            "при",
            "об",
            "также",
            "весь",
            "мочь",
            "сам",
            "год",
            "после",
            "сообщить",
            "сообщать",
            "заявить",
            "рассказать",
            "писать",
            "передавать",
            "слово",
            "данные",
            "the",
            "a",
            "an",
            "of",
            "in",
            "to",
            "and",
            "for",
            "on",
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "with",
            "by",
            "at",
            "from",
            "as",
            "it",
            "its",
            "that",
            "this",
            "has",
            "have",
            "had",
            "will",
            "would",
            "said",
            "say",
            "not",
            "or",
            "but",
            "their",
            "they",
            "he",
            "she",
            "which",
            "who",
            "than",
            "also",
        ]
    )


def lemmas(folded: str) -> list[str]:
    """Lemmas of the words that mean something, in order."""
    stop = stopwords()
    return [
        found
        for word in WORD.findall(folded)
        if word not in stop and (found := lemma(word)) not in stop and (len(found) > 1 or found.isdigit())
    ]
