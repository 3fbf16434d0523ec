"""The one to three sentences that together cover what a story's articles agree on, none repeating the headline or another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analyse import lexicon
from bot.analyse.clean import alone, sentence_end
from bot.analyse.features import ACTIONS
from bot.analyse.lexicon import fold
from bot.analyse.text import WORD, lemmas
from bot.model import Reading, SummarySentence

LIMIT = 300
"""Characters of a sentence at most."""
MOST = 3
_LIKE = 0.4
"""The share of a sentence's words that may have been said in the one before it; less after two."""
_COPY = 0.7
"""The share of a sentence's words from which on it is a headline in other words."""
_CURBS = frozenset({"block", "access", "full", "restrict", "slow", "calls"})
_SAME = dict.fromkeys(_CURBS, "curb") | {"fined": "fine", "decided": "court", "preinstall": "national"}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_STEM = 5
"""Letters by which «увеличить» and «увеличение» are one."""
_RIDDLE = re.compile(
    r"\b(?:прокомментировал|ответил|высказал|объяснил|уточнил|назвал)\w* (?:слух|сообщени|услови|кому|как|почему|подробност)", re.IGNORECASE
)
_SIDE = ("earlier", "poll", "numbers", "market", "promo", "outage")
"""Cues of what stands beside the event."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may be told, the words that mean something in it, what it speaks of, and whether that is beside the event."""

    text: str
    reading: Reading
    rank: int
    words: frozenset[str]
    points: frozenset[str]
    aside: bool


def cover(own: Sequence[Reading], headline: str) -> tuple[SummarySentence, ...]:
    """The sentences for a story whose articles in the story's language are `own`; at least one."""
    found = _sentences(own)
    if not found:
        first = own[0]
        return (
            SummarySentence(text=sentence_end(first.summary or headline), article_id=first.article_id, source=first.summary or first.title),
        )
    titles = [_stems(reading.headline) for reading in own]
    spread: dict[str, int] = {}
    for reading in own:
        for word in {term.lstrip("^")[:_STEM] for term in reading.terms}:
            spread[word] = spread.get(word, 0) + 1
    told = [item for item in found if not _repeats_any(item, titles)] or found
    named = _stems(headline)
    chosen: list[_Sentence] = []
    while len(chosen) < (2 if len(own) == 1 else MOST):
        said = frozenset().union(*(item.words for item in chosen))
        points = frozenset().union(*(item.points for item in chosen))
        fresh = [
            item
            for item in told
            if item not in chosen and (not chosen or (_adds(item, said, points, spread, len(own), len(chosen)) and not _near(item, chosen)))
        ]
        if not fresh:
            break
        known = named if chosen else frozenset()  # the first tells the event itself, those after it what the headline left out
        chosen.append(max(fresh, key=lambda item: (_gain(item, said, known, spread, len(own)), item.text)))
    return tuple(SummarySentence(text=item.text, article_id=item.reading.article_id, source=_origin(item)) for item in chosen)


def _sentences(own: Sequence[Reading]) -> list[_Sentence]:
    found: dict[str, _Sentence] = {}
    for reading in own:
        for rank, sentence in enumerate((reading.summary, *reading.sentences)):
            text = sentence_end(sentence)
            folded = fold(text)
            if ". " in text[:-1] and rank == 0:
                continue  # a join of two sentences: each of them is judged for itself
            if text and len(text) <= LIMIT and alone(text) and len(WORD.findall(text)) >= 5 and not text.endswith("?"):
                cues = lexicon.cues().present(folded)
                points = {_SAME.get(name, name) for name in cues & frozenset(ACTIONS)}
                points |= {mention.name for mention in lexicon.regulators().find(folded)} | set(_NUMBER.findall(folded))
                found.setdefault(
                    text,
                    _Sentence(text, reading, rank, _stems(text), frozenset(points), bool(cues & frozenset(_SIDE)) or not _about(folded)),
                )
    return list(found.values())


def _about(folded: str) -> bool:
    return lexicon.messengers().hold(folded) or bool(lexicon.generic().present(folded))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in lemmas(fold(text)))


def _repeats_any(item: _Sentence, titles: Sequence[frozenset[str]]) -> bool:
    return any(len(item.words & title) >= _COPY * len(item.words) for title in titles)


def _adds(item: _Sentence, said: frozenset[str], points: frozenset[str], spread: dict[str, int], count: int, before: int) -> bool:
    """True if a sentence speaks of something new that, where there are several articles, more than one of them tells."""
    fresh = item.words - said
    agreed = sum(spread.get(word, 0) > 1 for word in fresh)
    return (
        len(item.words & said) <= _LIKE * len(item.words) and bool(item.points - points) and (agreed >= 2 if count > 2 else len(fresh) >= 4)
    )


def _near(item: _Sentence, chosen: Sequence[_Sentence]) -> bool:
    """True if a sentence tells the same act as one that was chosen, with nothing but other words."""
    return any(item.points <= other.points for other in chosen)


def _gain(item: _Sentence, said: frozenset[str], named: frozenset[str], spread: dict[str, int], count: int) -> float:
    agreed = sum(spread.get(word, 0) * (0.4 if word in named else 1.0) for word in item.words - said) / count
    value = agreed / float((6 + len(item.words)) ** 0.7)
    value -= 0.2 * bool(_RIDDLE.search(item.text)) + 0.2 * ("напротив" in item.text)
    return value + 0.3 * (item.rank == 0) + 0.15 * item.reading.official + 0.1 * bool(item.points) - 0.05 * item.rank - 0.4 * item.aside


def _origin(item: _Sentence) -> str:
    """The sentence as it stands in the article."""
    return next((row.sentence for row in item.reading.evidence if row.field == "summary" and row.value == item.text), item.text)
