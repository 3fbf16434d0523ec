"""Tells Russian, Ukrainian, Belarusian and English texts apart by their letters."""

from __future__ import annotations

import re
from typing import Final

_CYRILLIC: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN: Final = re.compile(r"[a-z]", re.IGNORECASE)


def language_of(text: str) -> str:
    """`ru`, `uk`, `be`, `kk` or `en`; empty if there is too little to go by."""
    sample = text[:5000]
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    if cyrillic + latin < 20:
        return ""
    if latin > cyrillic:
        return "en"
    lower = sample.lower()
    if lower.count("ў") > cyrillic / 400:
        return "be"
    if sum(lower.count(char) for char in "әғқңөұүһ") > cyrillic / 100:
        return "kk"
    if sum(lower.count(char) for char in "іїєґ") > cyrillic / 100:
        return "uk"
    return "ru"
