"""Who does a deed, and to whom, as far as the order of words, the voice and the cases tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.analyse.language.text import WORD, morphology
from bot.analyse.verify.actors import Name, nominative, tags

GOVERNS = re.compile(
    r"(?<!\w)(?:буд[еу]т|станет|станут|мо(?:жет|гут|г|гла|гло|гли)|смо(?:жет|гут)|нача(?:л|ла|ло|ли)|начн[еу]т|will|may|might|could|can|would|began|started|did|does|must)(?!\w)"
)
"""What makes an infinitive the deed of who stands before it."""
_PREPOSITION = re.compile(
    r"(?<!\w)(?:в|во|на|к|ко|у|с|со|от|из|для|по|о|об|за|против|при|через|из-за|между|без|под|до|среди|кроме|после|перед|согласно|during|after|before|by|in|on|at|to|for|of|against|from|with|about|via|under|over|into|like|without|between)"
    r"(?: (?:(?:законо)?проект\w*|данным|словам|мнению|инициатив\w|предложени\w|решени\w|требовани\w|указани\w|протокол\w*|иск\w|пресс-служб\w|мессенджер\w*|сервис\w*|приложени\w*|компани\w*|платформ\w*|the|its|a|app|messenger|messaging|service|\w+(?:ого|ому|ым|ом|ей|ой|ую|их|ых|'s)))* ?[«\"“]?$"
)
_HEADLINE = re.compile(
    r" (?:the |an? |its )?(?:messenger |app )?(?:telegram|whatsapp|signal|viber|max|discord|skype|meta|messengers|operators|providers)\b"
)
"""After an English word that may be a verb: «court fines WhatsApp»."""
_NOBODY = re.compile(r"have|has|нужно|необходимо|нельзя|придется|\w+ing")
_OBLIGED = re.compile(r"must|should|должн?(?:ен|на|но|ны)|обязан[аоы]?")
"""Words whose subject is the one whom a duty is laid on."""
"""Words whose subject is not the one that acts."""
_TO_SOMEBODY = frozenset({"block", "ban", "fine", "restrict", "slow", "arrest", "suspend", "register", "ease"})
_DONE_TO = re.compile(r"\W*$|[.,;:]| (?:in|from|by|over|for|after|until|on|across|nationwide|with|at|as|by)\b| [$€£\d]")
"""After a participle without its verb: «WhatsApp banned from devices»."""
_OF_WHOM = re.compile(
    r"'s?\b|[\w-]* (?:court|parliament|lawmakers?|authorit\w+|regulators?|watchdog|government|ministry|officials?|residents|users)\b"
)
"""After a name that only tells whose the one who acts is: «a Lagos court»."""
_AND = re.compile(r"\w*(?:, | и | and | or |, и )(?:в |на |in )?[«\"]?")
_AT = re.compile(r"(?<!\w)во? (?:\w+ )?$")
_BY = re.compile(r"(?<!\w)by (?:the |\w+'s |\w+ ){0,3}$")
_NEAR = 80
"""Characters before a name that are looked at."""


@dataclass(slots=True)
class _Places:
    """The names of a clause by where they stand: before the verb, after it, after «by», after «в», after any other preposition."""

    first: list[Name] = field(default_factory=list)
    after: list[Name] = field(default_factory=list)
    by: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)
    oblique: set[str] = field(default_factory=set)


def roles(
    folded: str, start: int, mark: tuple[int, int, str, str], form: str, names: Sequence[Name]
) -> tuple[frozenset[str], frozenset[str]]:
    """The agents and the patients of a deed among the names of its clause, which begins at `start`; `mark` is its place, kind and word."""
    at, end, kind, word = mark
    english = word.isascii()
    silent = form == "noun" and not (english and _HEADLINE.match(folded, end)) and not _OBLIGED.fullmatch(word)
    if silent or _NOBODY.fullmatch(word) or (form == "now" and tags(word)[0] != "VERB"):
        return frozenset(), frozenset()
    if form == "past" and english and kind in _TO_SOMEBODY and _DONE_TO.match(folded, end):
        form = "passive"
    stand = _places(folded, start, at, form, names)
    if (
        not english and kind in _TO_SOMEBODY and not stand.after and {"m"} < {name.kind for name in stand.first}
    ):  # «Telegram суд оштрафовал»
        stand.after = [name for name in stand.first if name.kind == "m"]
        stand.first = [name for name in stand.first if name.kind != "m"]
    first, after = ({name.name for name in some} for some in (stand.first, stand.after))
    if form == "passive" or _OBLIGED.fullmatch(word):
        return frozenset(stand.by), frozenset(first | stand.oblique | (set() if english else after))
    governor = word
    if form == "to":
        found = [one[0] for one in GOVERNS.finditer(folded, start, at)]
        if not found:
            return frozenset(stand.by), frozenset(after | stand.oblique)
        governor = found[-1]
    if _impersonal(governor, stand.first):
        return frozenset(stand.by | stand.within), frozenset(first | after | stand.oblique)
    if not first and form != "to" and not english:  # «сообщил Роскомнадзор»
        turned = {name.name for name in stand.after if nominative(folded, name)}
        return frozenset(stand.by | turned), frozenset((after | stand.oblique) - turned)
    return frozenset(first | stand.by), frozenset(after | stand.oblique)


def _impersonal(verb: str, first: Sequence[Name]) -> bool:
    """True for «WhatsApp оштрафовали»: a verb in the plural with nobody before it who could be many."""
    plural = not verb.isascii() and "plur" in tags(verb)[1]
    many = len(first) > 1 and any(name.kind != "m" for name in first)
    return plural and not many and not any(name.kind in ("r", "w") for name in first)


def _places(folded: str, start: int, at: int, form: str, names: Sequence[Name]) -> _Places:
    stand = _Places()
    last: Name | None = None
    for name in names:
        ahead = folded[max(start, name.start - _NEAR) : name.start]
        if last and _AND.fullmatch(folded, last.stop, name.start):
            stand.oblique.add(name.name)
            last = name
            continue
        last = None
        if name.kind == "a" or _OF_WHOM.match(folded, name.stop):
            continue
        if (form == "passive" and name.start > at and _BY.search(ahead)) or (
            form == "passive" and name.kind != "m" and _instrumental(folded, name.start)
        ):
            stand.by.add(name.name)
        elif name.kind == "r" and _AT.search(ahead):  # «в Кремле приняли»
            stand.within.add(name.name)
        elif _PREPOSITION.search(ahead):
            stand.oblique.add(name.name)
            last = name
        elif name.start >= at:
            stand.after.append(name)
        elif nominative(folded, name):
            stand.first.append(name)
        elif name.kind == "w":  # «банкам запретят»
            stand.oblique.add(name.name)
    return stand


def _instrumental(folded: str, start: int) -> bool:
    word = WORD.match(folded, start)
    return word is not None and not word[0].isascii() and any("ablt" in one.tag for one in morphology().parse(word[0]))
