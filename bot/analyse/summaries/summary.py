"""What an article says in at most 300 characters, in its own words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analyse.features import ACTIONS, View
from bot.analyse.language.clean import alone, clean, sentence_end, shorten, tie
from bot.analyse.language.text import Sentence, lemmas, sentences_of
from bot.analyse.linear import Models
from bot.analyse.summaries import compose, weighing, wording
from bot.model import Article, Evidence, Facts

LIMIT = 300
_PLAIN = 120
"""Characters from which on a beginning says enough."""


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


def summarise(seen: View, best: Sequence[Sentence], facts: Facts, models: Models) -> tuple[str, tuple[Sentence, ...]]:
    """At most 300 characters that stand alone, and the sentences they were made of: the best of the candidates, or the title."""
    found = compose.candidates(seen, facts)
    if found:
        draft = weighing.Draft(seen, facts)
        worths = weighing.worths(draft, found, models["summary-word"], models["summary-pair"])
        chosen = max(zip(worths, found, strict=True), key=lambda pair: (pair[0], pair[1].text))[1]
        return chosen.text, tuple(seen.sentences[number] for number in chosen.parts)
    for sentence in best:
        text = cleaned(sentence, seen)
        if alone(text) and len(text) <= LIMIT:
            return text, (sentence,)
    title = sentence_end(clean(seen.page.title.text))
    if len(title) > 20:
        return shorten(title, LIMIT), (seen.page.title,)
    return shorten(cleaned(best[0]), LIMIT), (best[0],)


def cleaned(sentence: Sentence, seen: View | None = None) -> str:
    """A sentence fit to read; with the article given, names stand in place of «ведомство» where only one can be meant."""
    text = clean(sentence.text)
    return sentence_end(wording.resolve(text, seen, sentence.number) if seen is not None and sentence.number else text)


def origins(seen: View, summary: str, parts: Sequence[Sentence], best: Sequence[Sentence], article_id: str) -> tuple[Evidence, ...]:
    """The sentences the summary was made of, then for each cleaned sentence the one it was: evidence of the field `summary`."""
    told = [(summary, sentence) for sentence in parts] + [(cleaned(sentence, seen), sentence) for sentence in best]
    return tuple(
        Evidence(field="summary", value=value, sentence=sentence.text, article_id=article_id) for value, sentence in told if sentence.text
    )


def plain(article: Article) -> str:
    """The first sentence of an article that is not about the subject, and the next while they are short, for a reader who asks all the same."""
    told = ""
    for part in sentences_of(" ".join(article.text.split())[:1200]):
        if told and len(told) + len(part.text) > _PLAIN:
            break
        told = f"{told} {part.text}".strip()
    return shorten(sentence_end(clean(told)), LIMIT) if told else sentence_end(article.title)
