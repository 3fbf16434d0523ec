"""One sentence that says who does what with whom from when, in the article's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.analyse import compose
from bot.analyse.clean import alone, clean, sentence_end, shorten, tie
from bot.analyse.features import ACTIONS, View
from bot.analyse.linear import Linear
from bot.analyse.text import Sentence, lemmas
from bot.model import Article, Evidence, Facts, Stage

LIMIT = 300


_SPOKEN: Final = re.compile(
    r"\b(?:назва|заяв|сообщ|рассказ|объясн|поясн|предупре|счита|сказа|ответ|призва|раскрит|оцен|прокоммент|опровер|допусти|напомн|высказ|увер|усомн)\w*",
    re.IGNORECASE,
)


def best_sentences(seen: View, count: int = 5) -> tuple[Sentence, ...]:
    """The sentences that say most of the measure, best first."""
    if not seen.page.body:
        return (seen.page.title,)
    title = set(lemmas(seen.page.title.folded))

    def worth(sentence: Sentence) -> float:
        number = sentence.number
        cues = seen.cues[number]
        words = set(lemmas(sentence.folded))
        value = 2.0 * len(words & title) / (1 + len(title)) + 1.2 / number
        value += 0.5 * seen.about(number) + 0.4 * bool(seen.regulators[number]) + 0.3 * bool(cues & set(ACTIONS))
        value -= 0.5 * tie(sentence.text) + 0.4 * ("earlier" in cues) + 0.5 * (len(sentence.text) > 280) + 0.6 * (len(words) < 5)
        return value

    return tuple(sorted(seen.page.body[:20], key=lambda sentence: (-worth(sentence), sentence.number))[:count])


def summarise(seen: View, best: Sequence[Sentence], facts: Facts, model: Linear) -> str:
    """At most 300 characters that stand alone: the best of the candidates, or the title."""
    found = compose.candidates(
        seen, facts, compose.when(seen, facts) if facts.stage in (Stage.PLANNED, Stage.ADOPTED, Stage.PASSING) else ""
    )
    if _SPOKEN.search(seen.page.title.text):
        # The title has a speaker of its own: an authority before it would be made to say what another said.
        found = [candidate for candidate in found if candidate.kind != "title-by"]
    if found:
        counts = compose.counted(seen)
        return max(found, key=lambda candidate: (model.scores(compose.features(seen, facts, candidate, counts))[0], candidate.text)).text
    for sentence in best:
        text = compose.resolve(cleaned(sentence), facts)
        if alone(text) and len(text) <= LIMIT:
            return text
    title = sentence_end(clean(seen.page.title.text))
    return shorten(title if len(title) > 20 else cleaned(best[0]), LIMIT)


def cleaned(sentence: Sentence) -> str:
    """A sentence fit to read."""
    return sentence_end(clean(sentence.text))


def origins(best: Sequence[Sentence], article_id: str) -> tuple[Evidence, ...]:
    """For each cleaned sentence the one it was made of, as evidence of the field `summary`."""
    return tuple(Evidence(field="summary", value=cleaned(sentence), sentence=sentence.text, article_id=article_id) for sentence in best)


def plain(article: Article) -> str:
    """The first sentences of an article that is not about the subject, for a reader who asks all the same."""
    beginning = " ".join(article.text.split())[:600]
    return shorten(sentence_end(clean(beginning)), LIMIT) if beginning else sentence_end(article.title)
