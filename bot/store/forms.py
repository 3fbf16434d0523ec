"""The words that a story is filed under and those of a question: dictionary forms, names as people say them, the other language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bot.model import Measure, Story

Lemmas = Callable[[str], Iterable[str]]

MOST_ALSO: Final = 60
"""Words in the other language, and those of the labels, by which one story is found."""


def dictionary_forms(text: str) -> list[str]:
    """The dictionary forms of a text's words, the parts of a compound apart: «антифрод-закон» is found as «антифрод закон».

    Loads the dictionaries when it is first called.
    """
    from bot.analyse.language.lexicon import fold  # they take a quarter of a second that most commands need not spend
    from bot.analyse.language.text import lemmas

    return lemmas(fold(text).replace("-", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The words of a question as they are looked for."""

    names: tuple[str, ...] = ()
    """Those of messengers, by their canonical names: never guessed at."""
    said: tuple[tuple[str, str], ...] = ()
    """The other words: dictionary form, and as it was typed."""
    authorities: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    """Each as it was said, and by its canonical name."""


def question(text: str) -> Question:
    """Reads the words of a question. Takes a millisecond, half a second when it is first called."""
    from bot.analyse.language import text as analysed  # as above
    from bot.analyse.language.lexicon import fold, messengers
    from bot.analyse.language.tongues import authorities

    folded, names = fold(text), []
    for mention in reversed(messengers().find(folded)):
        names.append(mention.name)
        folded = folded[: mention.start] + " " + folded[mention.stop :]
    folded, named = authorities(folded)
    tokens = dict.fromkeys(analysed.WORD.findall(folded.replace("-", " ")))
    return Question(
        names=tuple(dict.fromkeys(form for name in reversed(names) for form in dictionary_forms(name))),
        said=tuple((form, token) for token in tokens for form in analysed.lemmas(token)),
        authorities=tuple((tuple(dictionary_forms(said)), tuple(dictionary_forms(name))) for said, name in named),
    )


def authority(word: str) -> tuple[str, ...]:
    """The words of the canonical name of an authority that a word stands for: «ркн»; else none."""
    from bot.analyse.language.lexicon import regulators  # as above

    found = regulators().find(word)
    return tuple(dictionary_forms(found[0].name)) if found and found[0].stop - found[0].start == len(word) else ()


def in_other_language(text: str) -> list[str]:
    """The words of the subject in a text, in the other language, sorted."""
    from bot.analyse.language.lexicon import fold  # as above
    from bot.analyse.language.text import lemmas
    from bot.analyse.language.tongues import rendered

    return sorted(rendered([*lemmas(fold(text)), *dictionary_forms(text)]))


def words_besides(story: Story, lemmas: Lemmas) -> set[str]:
    """What a story is found by besides its own words, in either language: its headline's notions, its measure, stage and audiences."""
    from bot.locales.words import LANGUAGES, words

    facts = story.facts
    labels = [f"group-{group}" for group in facts.audiences]
    labels += [f"measure-{facts.measure}"] if facts.measure not in (None, Measure.OTHER) else []
    labels += [f"status-{facts.status}"] if facts.status else []
    labels += [f"stage-{facts.stage}"] if facts.stage else []
    said = (words(language).say(label) for label in labels for language in LANGUAGES)
    found = dict.fromkeys(word for text in said for word in lemmas(text))
    return set([*found, *in_other_language(story.headline)][:MOST_ALSO])


def load_dictionaries() -> None:
    """Loads now what the first search would wait for, about half a second."""
    question("штрафы Роскомнадзора")
    authority("ркн")
