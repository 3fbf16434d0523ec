"""How much of an ideal summary a text is expected to hold, from how likely each of its words and pairs of words is to stand in one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.analyse.features import View
from bot.analyse.language.lexicon import Mention, fold
from bot.analyse.language.text import lemma, stopwords
from bot.analyse.linear import Linear
from bot.analyse.summaries.compose import MONTHS, Candidate
from bot.analyse.summaries.wording import tags
from bot.model import Facts

IDEAL = 9.0
"""Words of an ideal summary that a text is measured by; that they number fourteen on average makes the choice a little shorter than them."""
IDEAL_ENGLISH = 20.0
"""English needs more words for the same."""
HEADLINESE = 0.12
"""What an English headline costs: it is told in the present and without articles, a sentence of the text is not."""
PAIRS = 0.2
"""What a pair of words counts for beside a word."""
LENGTH = 0.1 / 20
"""What a word costs."""
SECOND = 0.07
"""What a second sentence costs."""
BEYOND = 0.1
"""What a text costs that names no messenger: a reaction is told only with what it is a reaction to."""
UNNAMED = 0.03
"""What a text costs that does not name who acts, where the article does."""
RIDDLE = 0.03
"""What a headline costs that promises to tell rather than tells."""
_RIDDLE = re.compile(
    r"\b(?:назвал\w*|уточнил\w*|объяснил\w*|рассказал\w*|раскрыл\w*|ответил\w*|прокомментировал\w*|придумал\w*|высказал\w*|оценил\w*|что известно|подробност\w+|услови[яйею]\w*|мнени\w+)\b|[:?]",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"20[12]\d")
_SMALL = frozenset(
    [
        "в",
        "с",
        "за",
        "на",
        "и",
        "по",
        "из",
        "о",
        "от",
        "для",
        "не",
        "к",
        "до",
        "без",
        "что",
        "а",
        "при",
        "the",
        "of",
        "to",
        "a",
        "in",
        "for",
        "and",
        "on",
    ]
)
LOOKED_AT = 8
"""Sentences of an article that count, the title among them."""


def words(text: str) -> list[str]:
    """The words of a text as they are counted."""
    return _WORD.findall(fold(text))


class Draft:
    """What is known of an article's words, found once for all candidates."""

    def __init__(self, seen: View, facts: Facts) -> None:
        sentences = seen.sentences[:LOOKED_AT]
        rows = [_WORD.findall(sentence.folded) for sentence in sentences]
        self.about = [seen.about(number) for number in range(len(seen.sentences))]
        self.forms = [frozenset(row) for row in rows]
        self.pairs = [frozenset(pairwise(row)) for row in rows]
        bases = [frozenset(lemma(word) for word in row) for row in self.forms]
        self._title, self._lead = bases[0], bases[1] if len(bases) > 1 else frozenset()
        rest = frozenset().union(*bases[1:]) if len(bases) > 1 else frozenset()
        meant = [base for base in self._title if base not in stopwords() and len(base) > 2]
        self.english = not seen.page.russian
        self.ideal = IDEAL if seen.page.russian else IDEAL_ENGLISH
        self._backed = sum(base in rest for base in meant) / len(meant) if meant else 0.0
        """The share of the headline's words that the text repeats: little, where the headline is a play on words."""
        self._body = rest
        self._often = Counter(base for row in bases for base in row)
        self._first: dict[str, int] = {}
        for number, row in enumerate(bases):
            for base in row:
                self._first.setdefault(base, number)
        self._place: dict[str, int] = {}
        for index, word in enumerate(rows[1] if len(rows) > 1 else ()):
            self._place.setdefault(lemma(word), index)
        self._early = frozenset(lemma(word) for word in rows[0][:2])
        texts = [sentence.folded for sentence in sentences]
        self._messengers = _named(texts, seen.messengers, facts.messengers)
        self._regulators = _named(texts, seen.regulators, facts.regulators)
        self._acting = frozenset(base for base, ours in self._regulators.items() if ours)
        year, *days = (facts.effective_date or "").split("-")
        self._dated = frozenset([year] if year else ()) | frozenset(str(int(day)) for day in days[1:])
        self._month = MONTHS[int(days[0]) - 1] if days else ""
        self._features: dict[str, dict[str, float]] = {}

    def unnamed(self, row: Iterable[str]) -> bool:
        """True if an authority acts and some words name none that does."""
        return bool(self._acting) and self._acting.isdisjoint(lemma(word) for word in row)

    def word(self, word: str) -> dict[str, float]:
        """What speaks for a word of a summary."""
        if word in self._features:
            return self._features[word]
        base = lemma(word)
        titled, leading, small, digits = base in self._title, base in self._lead, word in stopwords(), word.isdigit()
        given: dict[str, float] = {
            "title": titled,
            "lead": leading,
            "title-only": titled and base not in self._body,
            "title-backed": titled * self._backed,
            "title-form-backed": (word in self.forms[0]) * self._backed,
            "lead-backed": leading * self._backed,
            "both": titled and leading,
            "title-form": word in self.forms[0],
            "lead-form": len(self.forms) > 1 and word in self.forms[1],
            "often": min(self._often[base], 4) / 4,
            "nowhere": not self._often[base],
            "first": min(self._first.get(base, 8), 6) / 6,
            "place": 1 - min(self._place.get(base, 30), 30) / 30,
            "early": base in self._early,
            "messenger": self._messengers.get(base) is True,
            "messenger-other": self._messengers.get(base) is False,
            "regulator": self._regulators.get(base) is True,
            "regulator-other": self._regulators.get(base) is False,
            "regulator-title": self._regulators.get(base) is True and titled,
            "digits": digits,
            "digits-title": digits and titled,
            "digits-lead": digits and leading,
            "year": bool(_YEAR.fullmatch(word)),
            "length": min(len(word), 10) / 10,
            "small": small,
            "small-title": small and titled,
            "dated": word in self._dated,
            "month": word == self._month,
        }
        if word in _SMALL:
            given[f"is:{word}"] = 1.0
        elif len(word) > 2 and not digits:
            given[f"base:{base}"] = 1.0
        if word.isascii():
            given["latin"] = not digits
        else:
            tag = tags(word)[0]
            part = re.split("[, ]", tag, maxsplit=1)[0]
            given[f"part:{part}"] = 1.0
            given[f"part-title:{part}"] = titled
            given["surname"] = "Surn" in tag
            given["first-name"] = "Name" in tag
            given["place-name"] = "Geox" in tag
        self._features[word] = {name: float(value) for name, value in given.items() if value}
        return self._features[word]

    def pair(self, first: str, second: str, chance: dict[str, float]) -> dict[str, float]:
        """What speaks for two words side by side, given the chance of each."""
        both = (first, second)
        a, b = chance[first], chance[second]
        titled, leading = both in self.pairs[0], len(self.pairs) > 1 and both in self.pairs[1]
        times = sum(both in row for row in self.pairs[:6])
        given: dict[str, float] = {
            "product": a * b,
            "least": min(a, b),
            "most": max(a, b),
            "title": titled,
            "lead": leading,
            "any": any(both in row for row in self.pairs),
            "title-product": titled * a * b,
            "title-backed": titled * self._backed,
            "lead-product": leading * a * b,
            "times": times / 3,
        }
        return {name: float(value) for name, value in given.items() if value}


def _named(texts: list[str], found: tuple[tuple[Mention, ...], ...], ours: tuple[str, ...]) -> dict[str, bool]:
    """The words of names → whether the name is one of `ours`."""
    held: dict[str, bool] = {}
    for text, row in zip(texts, found, strict=False):
        for mention in row:
            for word in _WORD.findall(text[mention.start : mention.stop]):
                base = lemma(word)
                held[base] = held.get(base, False) or mention.name in ours
    return held


def chances(draft: Draft, texts: Iterable[list[str]], model: Linear) -> dict[str, float]:
    """How likely each word of some texts is to stand in the ideal summary."""
    return {word: model.probability(draft.word(word)) for word in {word for text in texts for word in text}}


def worths(draft: Draft, found: Sequence[Candidate], single: Linear, double: Linear) -> list[float]:
    """The expected overlap of each candidate with the ideal summary, less what its length costs; only comparable within an article."""
    rows = [words(candidate.text) for candidate in found]
    chance = chances(draft, rows, single)
    pairs: dict[tuple[str, str], float] = {}
    values = []
    for candidate, row in zip(found, rows, strict=True):
        beside = set(pairwise(row))
        for pair in beside:
            if pair not in pairs:
                pairs[pair] = double.probability(draft.pair(*pair, chance))
        size = len(row)
        value = 2 * sum(chance[word] for word in set(row)) / (size + draft.ideal)
        value += PAIRS * 2 * sum(pairs[pair] for pair in beside) / (size + draft.ideal - 2)
        if draft.english and candidate.parts[0] == 0:
            value -= HEADLINESE
        riddle = candidate.parts == (0,) and _RIDDLE.search(candidate.text)
        beyond = not any(draft.about[number] for number in candidate.parts)
        values.append(
            value
            - BEYOND * beyond
            - UNNAMED * draft.unnamed(row)
            - LENGTH * size
            - SECOND * (". " in candidate.text)
            - RIDDLE * bool(riddle)
        )
    return values
