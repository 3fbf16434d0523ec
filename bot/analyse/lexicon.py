"""Names and cues: the data tables, read once and compiled."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a folded text at [start, stop)."""

    name: str
    start: int
    stop: int


def table(name: str) -> dict[str, Any]:
    """Reads one of the shipped TOML tables."""
    return tomllib.loads(resources.files("bot.analyse").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


_ADDRESS = re.compile(r"(?:https?://|\bt\.me/|\bwww\.)[^\s)\]»>]+|[\w.]+@[\w.]+\.\w+")


def fold(text: str) -> str:
    """Lower case, ё as е, one kind of apostrophe, addresses blank; the length stays the same, so positions hold."""
    if "/" in text or "@" in text or "www." in text:
        text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    folded = text.lower().replace("ё", "е").replace("’", "'").replace("‑", "-").replace("\xa0", " ")
    return folded if len(folded) == len(text) else "".join(char.lower()[0] if char.lower() else char for char in text)


def union(forms: list[str]) -> re.Pattern[str]:
    """One expression for many, each from a word's beginning."""
    return re.compile("|".join(form if form.startswith((r"\b", "(?<", "«")) else rf"(?<!\w){form}" for form in forms))


@dataclass(frozen=True, slots=True)
class Names:
    """Canonical names with the expressions of their surface forms, and one that tells whether any stands in a text."""

    forms: Mapping[str, re.Pattern[str]]
    any: re.Pattern[str]

    def find(self, folded: str, among: frozenset[str] | None = None) -> list[Mention]:
        """All mentions (`among` the given names, or all), in the order of the text; where two overlap the longer one wins."""
        if not self.any.search(folded):
            return []
        found = [
            Mention(name, *match.span())
            for name, form in self.forms.items()
            if among is None or name in among
            for match in form.finditer(folded)
        ]
        found.sort(key=lambda mention: (mention.start, mention.start - mention.stop))
        kept: list[Mention] = []
        for mention in found:
            if not kept or mention.start >= kept[-1].stop:
                kept.append(mention)
            elif mention.stop - mention.start > kept[-1].stop - kept[-1].start:
                kept[-1] = mention
        return kept


def _names(forms: Mapping[str, list[str]]) -> Names:
    given = {name: list(patterns) for name, patterns in forms.items() if patterns}
    return Names(
        {name: union(patterns) for name, patterns in given.items()}, union([form for patterns in given.values() for form in patterns])
    )


@functools.cache
def messengers() -> Names:
    """The messengers by canonical name."""
    return _names(table("messengers")["messengers"])


@functools.cache
def generic() -> Mapping[str, re.Pattern[str]]:
    """Words for messengers in general: `any`, `foreign`, `national`."""
    return {key: union(forms) for key, forms in table("messengers")["generic"].items()}


@functools.cache
def regulators() -> Names:
    """The authorities by canonical name."""
    return _names({row["name"]: row["forms"] for row in table("regulators")["regulator"]})


@functools.cache
def countries() -> Mapping[str, str]:
    """Authority → the code of its country."""
    return {row["name"]: row["country"] for row in table("regulators")["regulator"]}


@functools.cache
def cues() -> Mapping[str, re.Pattern[str]]:
    """Groups of expressions that speak for a measure, a stage, an audience, or against relevance."""
    return {name: union(forms) for name, forms in table("cues")["cues"].items()}
