"""What a word that no story has was meant for: another alphabet, layout or language, a slip of the finger, the beginning of a word."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final

from bot.store.forms import authority, dictionary_forms, in_other_language, question
from bot.store.vocabulary import Vocabulary

Sizes = Callable[[Iterable[str]], Awaitable[Mapping[str, int]]]
"""How many stories have each word."""

_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
"""What was typed when the keyboard was left in the other language."""
_ALIKE: Final = ("аеосрухктмнв", "aeocpyxktmhb")
_AS_LATIN: Final = str.maketrans(*_ALIKE)
_AS_CYRILLIC: Final = str.maketrans(*reversed(_ALIKE))
"""Letters that look the same: «МАХ» in Cyrillic is what people write for MAX."""
_STUCK: Final = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
"""Between a number and what it counts: «64млн»."""
_SPOKEN: Final = {"макс": "max", "максе": "max", "макса": "max", "максу": "max", "максом": "max"}
"""Names of messengers that are names of people too: they are messengers where no story has the person."""


def retyped(text: str) -> str:
    """The same keys in the other layout: «inhfa» is «штраф», «ьфч» is «max»; unchanged if both alphabets are in it, or neither."""
    low = text.lower()
    latin = any("a" <= letter <= "z" for letter in low)
    cyrillic = any("а" <= letter <= "ё" for letter in low)
    if latin == cyrillic:
        return text
    return low.translate(_TO_CYRILLIC if latin else _TO_LATIN)


def forms_of(text: str) -> tuple[str, ...]:
    """All words of a text as they are looked for, names by their canonical ones."""
    asked = question(text)
    named = (form for _, canonical in asked.authorities for form in canonical)
    return tuple(dict.fromkeys([*asked.names, *named, *(form for form, _ in asked.said)]))


async def meant(form: str, typed: str, sizes: Sizes, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words, all of which stories have, that one which none has stands for; none if nobody can tell. Raises StoreUnavailable."""
    for words in await asyncio.to_thread(_spellings, form, typed):
        if words and all((await sizes(words)).values()):
            return words
    if told := await _commonest(dict.fromkeys(await asyncio.to_thread(in_other_language, typed), 0.0), sizes):
        return (told,)
    other = dictionary_forms(retyped(typed))
    for word in (form, *(other if retyped(typed) != typed else ())):
        if near := await _commonest(await vocabulary.near(word), sizes):
            return (near,)
    begun = await vocabulary.beginning(typed.lower().replace("ё", "е"))
    found = await _commonest(dict.fromkeys(begun, 0.0), sizes)
    return (found,) if found else ()


def _spellings(form: str, typed: str) -> Sequence[tuple[str, ...]]:
    """The same word by another name, in another alphabet or layout, the surest first."""
    low = typed.lower()
    others = (_SPOKEN.get(low, low), low.translate(_AS_LATIN), low.translate(_AS_CYRILLIC), retyped(low), _STUCK.sub(" ", low))
    return [authority(form), *(forms_of(other) for other in others if other != low)]


async def _commonest(near: Mapping[str, float], sizes: Sizes) -> str:
    """Of the nearest words that stories have, the one that most of them have; empty if none has any."""
    counts = await sizes(near)
    held = [word for word in near if counts[word]]
    return min(held, key=lambda word: (near[word], -counts[word], word)) if held else ""
