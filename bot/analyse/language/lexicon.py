"""Names and cues: the data tables, read once and compiled."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from bot.analyse.language.index import Index


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a folded text at [start, stop)."""

    name: str
    start: int
    stop: int


@functools.cache
def table(name: str) -> dict[str, Any]:
    """Reads one of the shipped TOML tables."""
    return tomllib.loads(resources.files("bot.analyse").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


_ADDRESS = re.compile(r"(?:https?://|\bt\.me/|\bwww\.)[^\s)\]»>]+|[\w.]+@[\w.]+\.\w+")


_SPACES = "\t\n\r\xa0\u2009\u202f"


def fold(text: str) -> str:
    """Lower case, ё as е, one kind of apostrophe and of space, addresses blank; the length stays the same, so positions hold."""
    if "/" in text or "@" in text or "www." in text:
        text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    folded = text.lower().replace("ё", "е").replace("’", "'").replace("‑", "-")
    for space in _SPACES:
        folded = folded.replace(space, " ")
    return folded if len(folded) == len(text) else "".join(char.lower()[0] if char.lower() else char for char in text)


def union(forms: list[str]) -> re.Pattern[str]:
    """One expression for many, each from a word's beginning."""
    return re.compile("|".join(form if form.startswith((r"\b", "(?<", "«")) else rf"(?<!\w){form}" for form in forms))


class Names:
    """Canonical names with the expressions of their surface forms."""

    def __init__(self, forms: Mapping[str, Sequence[str]]) -> None:
        self._index = Index(forms)

    def find(self, folded: str) -> list[Mention]:
        """All mentions, in the order of the text; where two overlap the longer one wins."""
        found = [Mention(*span) for span in self._index.spans(folded)]
        found.sort(key=lambda mention: (mention.start, mention.start - mention.stop))
        kept: list[Mention] = []
        for mention in found:
            if not kept or mention.start >= kept[-1].stop:
                kept.append(mention)
            elif mention.stop - mention.start > kept[-1].stop - kept[-1].start:
                kept[-1] = mention
        return kept

    def hold(self, folded: str) -> bool:
        """True if any name stands in a text."""
        return self._index.holds(folded)


class Cues(Mapping[str, re.Pattern[str]]):
    """Named groups of expressions; a group's own expression is compiled when it is first asked for."""

    def __init__(self, forms: Mapping[str, list[str]]) -> None:
        self._forms = forms
        self._index = Index(forms)
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        if name not in self._compiled:
            self._compiled[name] = union(self._forms[name])
        return self._compiled[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)

    def present(self, folded: str) -> frozenset[str]:
        """The groups with an expression that stands in a text."""
        return self._index.present(folded)


@functools.cache
def messengers() -> Names:
    """The messengers by canonical name."""
    return Names(table("messengers")["messengers"])


@functools.cache
def generic() -> Cues:
    """Words for messengers in general: `any`, `foreign`, `national`."""
    return Cues(table("messengers")["generic"])


@functools.cache
def regulators() -> Names:
    """The authorities by canonical name."""
    return Names({row["name"]: row["forms"] for row in table("regulators")["regulator"]})


@functools.cache
def implied() -> Names:
    """Russian authorities by what they are called where no name is given: the regulator is Roskomnadzor, a reading is the Duma's."""
    return Names({row["name"]: row["implied"] for row in table("regulators")["regulator"] if "implied" in row})


@functools.cache
def countries() -> Mapping[str, str]:
    """Authority → the code of its country."""
    return {row["name"]: row["country"] for row in table("regulators")["regulator"]}


@functools.cache
def cues() -> Cues:
    """Groups of expressions that speak for a measure, a stage, an audience, or against relevance."""
    return Cues(table("cues")["cues"])
