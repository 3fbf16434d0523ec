"""The letters of pictures: three faces that come with the program, measured by their own tables, so that no host's fonts matter."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fontpkg_pt_sans
import fontpkg_pt_serif
from fontTools.ttLib import TTFont

from bot.digest.render.safe import clean

_ELLIPSIS: Final = "…"
_SPACE: Final = 0x20
_BREAK_AFTER: Final = "-–—/"
"""A word that is too long for a line is broken after one of these, if it has any."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """One font: what it is called in a picture, and how far each of its letters goes, in thousandths of its size."""

    family: str
    weight: int
    path: Path
    advances: dict[int, float]

    def width(self, text: str, size: float, *, spacing: float = 0.0) -> float:
        """How long a line is, in the units of `size`. Pairs of letters that stand closer are not counted: a line is never longer."""
        return sum(self.advances.get(ord(char), 0.0) for char in text) * size / 1000 + spacing * len(text)

    def drawable(self, text: str) -> str:
        """What the face can draw of a text, on one line: no markup of direction, no emoji, no script that it lacks."""
        said = unicodedata.normalize("NFC", clean(text))
        return " ".join("".join(char if ord(char) in self.advances else " " if char.isspace() else "" for char in said).split())

    def wrap(self, text: str, size: float, width: float, lines: int) -> tuple[str, ...]:
        """The text in at most so many lines; what does not fit is cut at a word, with an ellipsis."""
        words = [piece for word in self.drawable(text).split(" ") if word for piece in self._pieces(word, size, width)]
        found: list[str] = []
        while words and len(found) < lines:
            count = self._fitting(words, size, width)
            found.append("".join(words[:count]).rstrip())
            words = words[count:]
        if words:
            found[-1] = self._cut(found[-1], size, width)
        return tuple(found)

    def fit(self, text: str, size: float, width: float) -> str:
        """One line, cut if it has to be."""
        return "".join(self.wrap(text, size, width, 1))

    def _pieces(self, word: str, size: float, width: float) -> Iterable[str]:
        """A word with the space after it; one that is longer than a line in parts that are not."""
        while self.width(word, size) > width:
            count = next((at for at in range(len(word) - 1, 0, -1) if self.width(word[:at], size) <= width), 1)
            seam = max(word.rfind(char, 0, count) for char in _BREAK_AFTER) + 1
            count = seam if seam > count // 2 else count
            yield word[:count]
            word = word[count:]
        yield word + " "

    def _fitting(self, words: list[str], size: float, width: float) -> int:
        """How many of the words stand on one line, at least one; a short word at its end goes to the next."""
        line, count = "", 0
        for word in words:
            if count and self.width((line + word).rstrip(), size) > width:
                break
            line, count = line + word, count + 1
        if 1 < count < len(words) and len(words[count - 1].rstrip()) <= 2 and words[count - 1].endswith(" "):
            count -= 1
        return count

    def _cut(self, line: str, size: float, width: float) -> str:
        while line and self.width(line.rstrip(" ,;:—–-") + _ELLIPSIS, size) > width:
            shorter = line.rpartition(" ")[0]
            line = shorter or line[:-1]
        return line.rstrip(" ,;:—–-") + _ELLIPSIS


def _face(family: str, weight: int, path: Path) -> Face:
    with TTFont(path, lazy=True) as font:
        unit = 1000 / font["head"].unitsPerEm
        table, glyphs = font["hmtx"], font.getBestCmap()
        advances = {code: table[name][0] * unit for code, name in glyphs.items() if code >= _SPACE}
    return Face(family=family, weight=weight, path=path, advances=advances)


@functools.cache
def faces() -> tuple[Face, Face, Face]:
    """Serif bold, sans regular and sans bold, read once."""
    serif, sans = (Path(package.ROOT) / "files" for package in (fontpkg_pt_serif, fontpkg_pt_sans))
    return (
        _face("PT Serif", 700, serif / "PT_Serif-Web-Bold.ttf"),
        _face("PT Sans", 400, sans / "PT_Sans-Web-Regular.ttf"),
        _face("PT Sans", 700, sans / "PT_Sans-Web-Bold.ttf"),
    )
