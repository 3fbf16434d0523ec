"""Who is named in a sentence: messengers, authorities, people of a kind, and any other name."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import WORD, lemma, morphology, stopwords

_CAPITAL = re.compile(r"(?<!\w)[A-ZА-ЯЁ][\w-]*")
_SURNAME = re.compile(r"\w+(?:[иоеы]н|[оеё]в|ский|ской|ко|ян|дзе|швили|ова|ева|ина|ая)")
_BEGINS = re.compile(r"'s\b| (?:will|has|have|had|may|could|would|is|was|did|does|said|says|[a-z]+ed)\b")
"""After a name that begins an English sentence."""
_OF_WHOM = re.compile(
    r"(?:'s)? (?:[a-z-]+ ){0,2}(?:court|parliament|lawmakers?|authorit\w+|regulators?|watchdog|government|ministry|officials?|residents|users|judge)\b"
)
"""After the name of a place that tells whose somebody is: «a Lagos court»."""
_NEXT_TO = re.compile(r"\w* [«\"]?")
"""Between a word for somebody and his name: «депутат Орлов»."""
_MONTHS = "january february march april may june july august september october november december"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: `kind` is `m` for a messenger, `r` for an authority, `w` for people of a kind, `a` for whose they are, `p` for any other."""

    kind: str
    name: str
    start: int
    stop: int


@functools.cache
def listed(name: str) -> frozenset[str]:
    """A list of words of data/verify.toml."""
    return frozenset(str(lexicon.table("verify")[name]).split())


@functools.lru_cache(maxsize=50_000)
def tags(word: str) -> tuple[str, frozenset[str]]:
    """The part of speech of a Russian word with its grammemes."""
    tag = morphology().parse(word)[0].tag
    return str(tag.POS or ""), frozenset(tag.grammemes)


def named(text: str, folded: str) -> list[Name]:
    """The names of a sentence; the word that begins it counts only where the dictionary knows it as no other."""
    found = [
        Name(kind, one.name, one.start, one.stop)
        for kind, names in (("m", lexicon.messengers()), ("r", lexicon.regulators()))
        for one in names.find(folded)
    ]
    found = [name for name in found if name.name != "Facebook Messenger" or not text[name.start].islower()]
    for match in _CAPITAL.finditer(text):
        word = fold(match[0]).removesuffix("'s")
        if word in listed("when") or word in _MONTHS.split() or lemma(word) in _who():
            continue
        if any(name.start < match.end() and match.start() < name.stop for name in found) or word in stopwords():
            continue
        begins = not re.search(r"\w", text[: match.start()])
        if (
            begins
            and word.isascii()
            and _BEGINS.match(text, match.end())
            and word not in listed("openers")
            and not match[0].endswith("ing")
        ):
            begins = False
        if begins and word not in listed("firms") and (word.isascii() or not _proper(word)) and not match[0][1:].isupper():
            continue
        if word in listed("plain"):
            continue
        attribute = _OF_WHOM.match(folded, match.end())
        found.append(Name("a" if attribute else "p", lemma(word), match.start(), match.end()))
    for match in WORD.finditer(folded):
        group = _who().get(match[0]) or _who().get(lemma(match[0]))
        if group and not any(name.start < match.end() and match.start() < name.stop for name in found):
            found.append(Name("w", group, match.start(), match.end()))
    return sorted(found, key=lambda name: name.start)


@functools.cache
def _who() -> dict[str, str]:
    """Lemma → the group of those who do something."""
    groups = lexicon.table("verify")["who"].items()
    return {form: f"+{group}" for group, words in groups for word in words.split() for form in (word, lemma(word))} | {
        word: f"+{group}" for group, words in lexicon.table("verify")["who_as_written"].items() for word in words.split()
    }


def titled(folded: str, who: Name, name: Name) -> bool:
    """True if a word for somebody stands before his name: «депутат Орлов», not «власти Москвы»."""
    if who.kind != "w" or name.kind != "p" or not _NEXT_TO.fullmatch(folded, who.stop, name.start):
        return False
    word = WORD.match(folded, name.start)
    return word is None or word[0].isascii() or "Geox" not in tags(word[0])[1]


def _proper(word: str) -> bool:
    return bool(tags(word)[1] & {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"})


def nominative(folded: str, name: Name) -> bool:
    """True if a name can be what a sentence is told of: a Russian one in the nominative."""
    word = WORD.match(folded, name.start)
    if word is None or word[0].isascii():
        return True
    if name.kind == "w":
        return "nomn" in tags(word[0])[1] and not word[0].endswith(("ам", "ям"))
    if name.kind == "p" and _SURNAME.fullmatch(word[0]):
        return True
    cases = [one.tag.case for one in morphology().parse(word[0])]
    return "nomn" in cases or not any(cases)
